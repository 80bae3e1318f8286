"""A mapping fitted to a rulebook and the columns of a file: where every part of a case stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from brightline.i18n import _
from brightline.rulebook.columns import Column, FactError, fact_names
from brightline.rulebook.model import Fact, Rulebook
from brightline.rulebook.tests import did_you_mean
from brightline.screening.days import TIME_ATTRIBUTE, day_of
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping
from brightline.screening.one import names_of_facts
from brightline.screening.rows import Source


@dataclass(frozen=True, slots=True)
class SubjectPlan:
    """For one subject: attribute or fact → where it stands, or the value it has in every row.

    `facts` is None where facts go by their own names. `fact_names` are all names of its facts,
    in force or not. Constant facts go by their names in JSON.
    """

    attributes: Mapping[str, Source]
    facts: Mapping[str, Source] | None
    fact_names: Mapping[str, str]
    constant_attributes: Mapping[str, object]
    constant_facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the parts of a case stand. Can be pickled.

    `subject` holds in every row where it is set, likewise `day`. `columns` are those of a file
    that need to be read.
    """

    subject: str | None
    subject_source: Source | None
    id: Source | None
    time: Source | None
    day: date | None
    subjects: Mapping[str, SubjectPlan]
    mapped: bool
    columns: tuple[str, ...]


def plan_of(rulebook: Rulebook, mapping: CaseMapping | None, columns: Sequence[str]) -> Plan:
    """Fit a mapping to a file with these columns; None: columns go by their own names.

    No columns: the rows name their own. Raises `UnusableCases` where the mapping names a column,
    subject, attribute or fact that is not there, or a value that cannot be.
    """
    known = tuple(columns)
    return _by_name(rulebook, known) if mapping is None else _mapped(rulebook, mapping, known)


def _by_name(rulebook: Rulebook, known: tuple[str, ...]) -> Plan:
    several = len(rulebook.subjects) > 1
    if known and "subject" not in known and several:
        raise UnusableCases(
            _("no column says what the cases are about"),
            _("add a column subject, or a mapping (--map) with subject: one of {names}").format(
                names=", ".join(rulebook.subjects)
            ),
        )
    every = {name: None for of in rulebook.subjects.values() for name in of.attributes}
    subjects = {}
    for subject, of in rulebook.subjects.items():
        own = {*of.attributes, TIME_ATTRIBUTE}
        # A shared fact may be read from another subject's attribute, if a case carries it.
        attributes = {n: Source(n, "attributes", n in own) for n in [*every, TIME_ATTRIBUTE]}
        names = names_of_facts(rulebook, subject)
        subjects[subject] = SubjectPlan(attributes, None, names, {}, {})
    inside = [path.removeprefix("facts.") for path in known if path.startswith("facts.")]
    _check_facts(rulebook, inside, list(rulebook.subjects))
    time = Source(TIME_ATTRIBUTE, "attributes")
    wanted = {"subject", "id", "attributes", "facts", TIME_ATTRIBUTE}
    for plan in subjects.values():
        wanted |= {*plan.attributes, *plan.fact_names}
    columns = tuple(name for name in known if name in wanted)
    return Plan(None, Source("subject"), Source("id"), time, None, subjects, False, columns)


def _mapped(rulebook: Rulebook, mapping: CaseMapping, known: tuple[str, ...]) -> Plan:
    for column in mapping.columns:
        if known and column not in known:
            raise UnusableCases(
                _("the mapping names a column {name}, which the file does not have").format(
                    name=column[:80]
                ),
                did_you_mean(column[:80], known),
            )
    wanted = list(rulebook.subjects)
    if mapping.subject is not None:
        if mapping.subject not in wanted:
            raise UnusableCases(
                _("no subject named {name}").format(name=mapping.subject[:80]),
                did_you_mean(mapping.subject[:80], wanted),
            )
        wanted = [mapping.subject]
    elif mapping.subject_column is None and len(wanted) > 1:
        raise UnusableCases(
            _("the mapping does not say what the cases are about"),
            _("add subject: with one of {names}").format(names=", ".join(wanted)),
        )
    attributes = dict(mapping.attributes)
    if mapping.time is not None:
        attributes[TIME_ATTRIBUTE] = mapping.time
    _check_names(rulebook, mapping, wanted)
    time = attributes.get(TIME_ATTRIBUTE)
    subjects = {name: _subject_plan(rulebook, name, mapping, attributes) for name in wanted}
    return Plan(
        mapping.subject,
        _source(mapping.subject_column),
        _source(mapping.id),
        _source(time),
        _constant_day(mapping) if time is None else None,
        subjects,
        True,
        tuple(dict.fromkeys(mapping.columns)),
    )


def _source(column: str | None) -> Source | None:
    return None if column is None else Source(column)


def _constant_day(mapping: CaseMapping) -> date | None:
    raw = mapping.constants.get(TIME_ATTRIBUTE)
    try:
        return None if raw is None else day_of(raw)
    except ValueError:
        raise UnusableCases(
            _("{name} is no date: {value}").format(name=TIME_ATTRIBUTE, value=str(raw)[:60])
        ) from None


def _check_names(rulebook: Rulebook, mapping: CaseMapping, subjects: list[str]) -> None:
    attributes = {a for s in subjects for a in rulebook.subjects[s].attributes} | {TIME_ATTRIBUTE}
    for name in mapping.attributes:
        if name not in attributes:
            raise UnusableCases(
                _("the mapping names an attribute {name}, which the rulebook does not have").format(
                    name=name[:80]
                ),
                did_you_mean(name[:80], sorted(attributes)),
            )
    constants = [name for name in mapping.constants if name not in attributes]
    _check_facts(rulebook, [*mapping.facts, *constants], subjects)


def _check_facts(rulebook: Rulebook, names: Sequence[str], subjects: Sequence[str]) -> None:
    known = {name for subject in subjects for name in names_of_facts(rulebook, subject)}
    for name in names:
        if name not in known:
            raise UnusableCases(
                _("no fact named {name}").format(name=name[:80]),
                did_you_mean(name[:80], sorted(known)),
            )


def _subject_plan(
    rulebook: Rulebook, subject: str, mapping: CaseMapping, attributes: Mapping[str, str]
) -> SubjectPlan:
    own = {*rulebook.subjects[subject].attributes, TIME_ATTRIBUTE}
    names = names_of_facts(rulebook, subject)
    facts = {name: column for name, column in mapping.facts.items() if name in names}
    if len({names[name] for name in facts}) < len(facts):
        raise UnusableCases(_("the mapping names a fact twice, under two of its names"))
    constant_facts = {names[n]: v for n, v in mapping.constants.items() if n in names}
    for name in mapping.constants:
        if name in attributes or names.get(name) in {names[fact] for fact in facts}:
            raise UnusableCases(
                _("the mapping gives {name} a column and a constant value").format(name=name[:80])
            )
    _check_constants(rulebook, constant_facts)
    constants = {n: v for n, v in mapping.constants.items() if n in own and n not in names}
    return SubjectPlan(
        {name: Source(column) for name, column in attributes.items() if name in own},
        {name: Source(column) for name, column in facts.items()},
        names,
        {n: v.isoformat() if isinstance(v, date) else v for n, v in constants.items()},
        constant_facts,
    )


def _check_constants(rulebook: Rulebook, constants: Mapping[str, object]) -> None:
    facts: dict[str, tuple[tuple[str | None, str], Fact]] = {}
    for key, name in fact_names(rulebook).items():
        sop, bare = key
        of = rulebook.facts if sop is None else rulebook.sop_named(sop).facts
        facts[name] = key, of[bare]
    for name, value in constants.items():
        key, fact = facts[name]
        try:
            Column.of(name, key, fact, ()).code(value)
        except FactError as error:
            raise UnusableCases(error.message, error.hint) from None
