"""One raw case → its decision: signals read the attributes, given facts override them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.rulebook.columns import FactError, fact_names
from brightline.rulebook.deciding import Decider, Deciders, Decision, Supplied
from brightline.rulebook.model import Rulebook
from brightline.rulebook.tests import did_you_mean
from brightline.screening.days import TIME_ATTRIBUTE, day_of

if TYPE_CHECKING:
    from brightline.signals.spec import Reading
    from brightline.signals.supplying import Supplier

GIVEN = "given"
"""The source of a fact that came with the case itself."""
SUGGESTS = "suggests"


class CaseError(ValueError):
    """A case that cannot be decided. `message` says why, `hint` what could be meant."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def decide_case(
    rulebook: Rulebook,
    case: Mapping[str, object],
    as_of: date | None = None,
    assume_suggestions: bool = False,
) -> Decision:
    """Decide one raw case: `{"id"?, "subject", "attributes"?: {…}, "facts"?: {…}}`.

    `subject` may be missing where the rulebook has only one. The rules are those in force on the
    day of the attribute `created_at`, else on `as_of`, else today. Raises `CaseError` on a case
    of the wrong shape and `FactError` on a given fact that cannot be; both carry `message`, `hint`.
    """
    return CaseDecider(rulebook).decide(case, as_of, assume_suggestions)


class CaseDecider:
    """Decides raw cases one by one; keeps what is compiled between them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._deciders = Deciders(rulebook)
        self._suppliers: dict[str, Supplier] = {}

    def decide(
        self,
        case: Mapping[str, object],
        as_of: date | None = None,
        assume_suggestions: bool = False,
    ) -> Decision:
        """Decide a case; see `decide_case`."""
        subject = self.subject_of(case)
        told = self.supplier(subject).supply(part(case, "attributes"))
        return self._decided(case, told, as_of, assume_suggestions)

    def decide_many(
        self, cases: Sequence[tuple[Mapping[str, object], date | None]]
    ) -> list[Decision | CaseError | FactError]:
        """For each case and its `as_of` what `decide` gives or raises; signals read them together.

        A few hundred at once: memory grows with their number.
        """
        found: list[Decision | CaseError | FactError | None] = [None] * len(cases)
        by_subject: dict[str, list[tuple[int, Mapping[str, object]]]] = {}
        for at, (case, _as_of) in enumerate(cases):
            try:
                of = by_subject.setdefault(self.subject_of(case), [])
                of.append((at, part(case, "attributes")))
            except CaseError as error:
                found[at] = error
        for subject, rows in by_subject.items():
            readings = self.supplier(subject).supply_many([attributes for _at, attributes in rows])
            for (at, _attributes), told in zip(rows, readings, strict=True):
                case, as_of = cases[at]
                try:
                    found[at] = self._decided(case, told, as_of, False)
                except (CaseError, FactError) as error:
                    found[at] = error
        return [one for one in found if one is not None]

    def _decided(
        self,
        case: Mapping[str, object],
        told: Mapping[str, Reading],
        as_of: date | None,
        assume_suggestions: bool,
    ) -> Decision:
        day = _day(part(case, "attributes"), as_of)
        decider = self._deciders.decider(self.subject_of(case), day)
        facts = self._supplied(decider, told, assume_suggestions)
        facts |= self._given(decider, part(case, "facts"))
        return decider.decide(facts)

    def subject_of(self, case: Mapping[str, object]) -> str:
        """What the case is about. Raises `CaseError` where that is not known."""
        return subject_named(self.rulebook, case.get("subject"))

    def supplier(self, subject: str) -> Supplier:
        """The signals of a subject, made ready when first needed."""
        from brightline.signals.supplying import Supplier

        if subject not in self._suppliers:
            self._suppliers[subject] = Supplier(self.rulebook, subject)
        return self._suppliers[subject]

    def _supplied(
        self, decider: Decider, told: Mapping[str, Reading], assume_suggestions: bool
    ) -> dict[str, Supplied]:
        facts = {}
        for name, reading in told.items():
            place = decider.table.places.get(name)
            if place is None or reading.value is None:
                continue
            column = decider.table.columns[place]
            try:
                column.code(reading.value)
            except FactError:
                continue  # what a signal reads outside the fact's range is not known
            relied_on = assume_suggestions or reading.trust != SUGGESTS
            facts[column.name] = Supplied(
                reading.value, reading.source, relied_on, _detail(reading)
            )
        return facts

    def _given(self, decider: Decider, given: Mapping[str, object]) -> dict[str, Supplied]:
        table = decider.table
        given = {
            name: value
            for name, value in given.items()
            if value is not None and (name in table.places or name not in self._asleep(decider))
        }
        named = table.named(given)
        if len(named) < len(given):
            raise CaseError(_("a fact is given twice, under two of its names"))
        return {name: Supplied(value, GIVEN) for name, value in named.items()}

    def _asleep(self, decider: Decider) -> frozenset[str]:
        """Names of facts of the subject whose SOP is not in force that day: they do not matter."""
        return self._names_by_subject[decider.table.subject]

    @cached_property
    def _names_by_subject(self) -> dict[str, frozenset[str]]:
        return {
            subject: frozenset(names_of_facts(self.rulebook, subject))
            for subject in self.rulebook.subjects
        }


def names_of_facts(rulebook: Rulebook, subject: str) -> dict[str, str]:
    """Every name that a fact of the subject goes by, and its name in JSON, in force or not."""
    names = fact_names(rulebook)
    of_sops = [(s.sop, name) for s in rulebook.sops if s.subject == subject for name in s.facts]
    found = {names[key]: names[key] for key in [*((None, n) for n in rulebook.facts), *of_sops]}
    for sop, name in of_sops:
        found.setdefault(f"{sop}.{name}", names[sop, name])
    bare = [name for _sop, name in of_sops]
    for sop, name in of_sops:
        if bare.count(name) == 1:
            found.setdefault(name, names[sop, name])
    return found


def subject_named(rulebook: Rulebook, raw: object) -> str:
    """The subject of that name; the only one where none is named. Raises `CaseError`."""
    known = list(rulebook.subjects)
    if raw is None or raw == "":
        if len(known) == 1:
            return known[0]
        raise CaseError(
            _("the case does not say its subject"),
            _("the subjects are: {names}").format(names=", ".join(known)),
        )
    if not isinstance(raw, str) or raw not in known:
        shown = str(raw)[:60]
        raise CaseError(_("no subject named {name}").format(name=shown), did_you_mean(shown, known))
    return raw


def part(case: Mapping[str, object], name: str) -> Mapping[str, object]:
    """`attributes` or `facts` of a case; an empty one where it is missing. Raises `CaseError`."""
    found = case.get(name)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise CaseError(_("{part} is not an object of names and values").format(part=name))
    return found


def _day(attributes: Mapping[str, object], as_of: date | None) -> date:
    raw = attributes.get(TIME_ATTRIBUTE)
    if raw is not None and raw != "":
        try:
            return day_of(raw)
        except ValueError:
            raise CaseError(
                _("{name} is no date: {value}").format(name=TIME_ATTRIBUTE, value=str(raw)[:60]),
                _("write 2026-06-30 or 2026-06-30T12:00:00+07:00"),
            ) from None
    return as_of or date.today()


def _detail(reading: Reading) -> dict[str, object]:
    detail: dict[str, object] = {"trust": reading.trust}
    if reading.evidence:
        detail["evidence"] = [
            {k: v for k, v in asdict(found).items() if v is not None} for found in reading.evidence
        ]
    if reading.reason:
        detail["reason"] = reading.reason
    return detail
