"""The signal `papers`: what the number of a paper comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind, Rulebook
from brightline.signals.days import day_in
from brightline.signals.options import did_you_mean, quoted
from brightline.signals.papers.finding import (
    is_nothing,
    numbers_in,
    rows_with_something,
    rows_worth_reading,
)
from brightline.signals.papers.judging import OUTCOMES, Finding, Judge
from brightline.signals.papers.kinds import KINDS
from brightline.signals.papers.register import read_register
from brightline.signals.parameters import (
    attribute_problems,
    mapping,
    option_problems,
    value_problem,
    words,
)
from brightline.signals.raw import labelled_texts
from brightline.signals.spec import Evidence, Reading, Request
from brightline.signals.tables import UnusableTable, rows_missing, table_problems

if TYPE_CHECKING:
    import pyarrow as pa

    from brightline.signals.columns import Column

MOST_YEARS = 100
MOST_EVIDENCE = 20


class Papers:
    """Reads the numbers of papers and looks them up in the register that the team uploads."""

    name = "papers"
    parameters = (
        "paper", "number", "in", "register", "complete", "years", "on", "product",
        "values", "finds", "absent",
    )  # fmt: skip

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        found = value_problem("paper", given.get("paper"), tuple(KINDS), None)
        found += _attribute_problems(request, rulebook)
        found += value_problem("complete", given.get("complete"), (YES, NO), NO)
        found += value_problem("absent", given.get("absent"), ("unknown", NO), "unknown")
        kind = KINDS.get(str(given.get("paper")))
        if kind is not None and kind.mark is None and given.get("in") is not None:
            found.append(
                _("a {paper} is read in an attribute of its own only: number").format(
                    paper=kind.name
                )
            )
        if given.get("years") is not None and _years(given.get("years")) is None:
            found.append(
                _("years cannot be {value}; it is a number up to {most}").format(
                    value=quoted(given.get("years")), most=MOST_YEARS
                )
            )
        if given.get("register") is not None:
            found += table_problems(given.get("register"), rulebook)
            table = rulebook.data.get(str(given.get("register")))
            if kind is not None and table is not None:
                try:
                    read_register(table, kind)
                except UnusableTable as error:
                    found += error.faults
        return found + _outcome_problems(request)

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> PapersReader:
        return PapersReader([_Question(request, rulebook) for request in requests])


def _attribute_problems(request: Request, rulebook: Rulebook) -> list[str]:
    given = request.supply.parameters
    if given.get("number") is None and given.get("in") is None:
        return [_("number or in is missing: say which attribute to read")]
    found: list[str] = []
    for parameter in ("number", "in", "on", "product"):
        if given.get(parameter) is not None:
            found += attribute_problems(words(given.get(parameter)), request, rulebook, parameter)
    return found


def _outcome_problems(request: Request) -> list[str]:
    """What is wrong with values, or with finds of a fact of kind yes_no."""
    given = request.supply.parameters
    yes_no = request.kind.kind is Kind.YES_NO
    if request.kind.kind is Kind.NUMBER:
        return [_("the signal papers supplies no number")]
    named = words(given.get("finds")) if yes_no else tuple(mapping(given.get("values")))
    parameter = "finds" if yes_no else "values"
    if not named:
        return [
            _("{parameter} is missing; it names outcomes: {names}").format(
                parameter=parameter, names=", ".join(OUTCOMES)
            )
        ]
    found = [
        _("no outcome named {value}; {hint}").format(
            value=quoted(name), hint=did_you_mean(name, OUTCOMES)
        )
        for name in named
        if name not in OUTCOMES
    ]
    if not yes_no:
        found += option_problems(mapping(given.get("values")).values(), request)
    return found


class PapersReader:
    """Answers all the `papers` requests of one subject."""

    def __init__(self, questions: Sequence[_Question]) -> None:
        self._questions = questions

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request: the numbers found, and why they come to what they do."""
        return [question.reading(attributes) for question in self._questions]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request: the values of `read`, without evidence."""
        worth = {
            name: rows_worth_reading(columns[name])
            for name in {name for question in self._questions for name in question.texts}
            if name in columns
        }
        return [question.column(columns, worth, rows) for question in self._questions]


class _Question:
    """One request: which kind of number, where, and what each outcome means for the fact."""

    def __init__(self, request: Request, rulebook: Rulebook) -> None:
        given = request.supply.parameters
        self.request = request
        self.own, self.texts = (
            tuple(dict.fromkeys(words(given.get(name)))) for name in ("number", "in")
        )
        self.on, self.product = (
            next(iter(words(given.get(name))), "") for name in ("on", "product")
        )
        self.values = mapping(given.get("values"))
        self.finds = frozenset(words(given.get("finds")))
        self.absent = NO if given.get("absent") == NO else None
        self.source = f"papers:{given.get('paper')}"
        self.refused = ""
        kind = KINDS.get(str(given.get("paper")))
        if kind is None:
            self.refused = value_problem("paper", given.get("paper"), tuple(KINDS), None)[0]
            return
        name = given.get("register")
        table = rulebook.data.get(str(name)) if name is not None else None
        self.without_register = rows_missing(str(name)) if name is not None and not table else ""
        register = None
        if table is not None:
            self.source += f"@{table.dated}"
            try:
                register = read_register(table, kind)
            except UnusableTable as error:
                self.refused = str(error)
        self.kind = kind
        self.judge = Judge(
            kind,
            register,
            table.day if table else None,
            given.get("complete") == YES,
            _years(given.get("years")),
        )

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute it looks at."""
        return tuple(n for n in (*self.own, *self.texts, self.on, self.product) if n)

    def reading(self, attributes: Mapping[str, object]) -> Reading:
        """What the gravest of the numbers comes to."""
        if self.refused:
            return self.request.reading(None, self.source, reason=self.refused)
        found = self._found(attributes)
        if not found:
            reason = _("no number is given")
            if any(_is_number(attributes.get(name)) for name in self.own):
                reason = _("it came as a number, which has no zeros before it: send it as text")
            return self.request.reading(None, self.source, reason=reason)
        worst = min((finding for finding, _seen in found), key=lambda f: OUTCOMES.index(f.outcome))
        evidence = tuple(
            seen for finding, seen in found if seen is not None and finding.outcome == worst.outcome
        )
        told = worst.told
        if worst.outcome == "unchecked" and self.without_register:
            told = self.without_register
        value = self._value(worst.outcome)
        return self.request.reading(value, self.source, evidence[:MOST_EVIDENCE], told)

    def column(
        self, columns: Mapping[str, pa.Array[Any]], worth: Mapping[str, Sequence[int]], rows: int
    ) -> Column:
        """The values of `reading`, row by row. `worth`: the rows whose text may name a paper."""
        from brightline.signals.columns import of_values, rows_of, unknown

        looked_at = {row for name in self.texts for row in worth.get(name, ())}
        for name in self.own:
            if name in columns:
                looked_at.update(rows_with_something(columns[name]))
        if not looked_at:
            return unknown(self.request.kind, rows)
        places = sorted(looked_at)
        mine = {n: columns[n].take(places) for n in self.attributes if n in columns}
        values: list[str | float | None] = [None] * rows
        for row, attributes in zip(places, rows_of(mine, len(places)), strict=True):
            values[row] = self.reading(attributes).value
        return of_values(self.request.kind, values)

    def _value(self, outcome: str) -> str | None:
        if self.request.kind.kind is Kind.YES_NO:
            return YES if outcome in self.finds else self.absent
        return self.values.get(outcome)

    def _found(self, attributes: Mapping[str, object]) -> list[tuple[Finding, Evidence | None]]:
        """Every number of the case with what it comes to; what is missing or malformed too."""
        on = _day(attributes.get(self.on)) if self.on else None
        raw = attributes.get(self.product) if self.product else None
        product = raw if isinstance(raw, str) else ""
        found: list[tuple[Finding, Evidence | None]] = []
        judged: dict[tuple[str, str], Finding] = {}
        for name in (*self.own, *self.texts):
            for label, text in labelled_texts(name, attributes.get(name)):
                numbers, marks = numbers_in(text, self.kind)
                for number in numbers:
                    seen = Evidence(
                        label, number.start, number.end, text[number.start : number.end]
                    )
                    which = number.key, number.serial
                    if which not in judged:
                        judged[which] = self.judge.of(number, on, product)
                    found.append((judged[which], seen))
                if name in self.own and not numbers:
                    found.append(self._without_number(label, text))
                else:
                    malformed = self._malformed()
                    found += [
                        (malformed, Evidence(label, start, end, text[start:end]))
                        for start, end in marks
                    ]
        if len(found) > 1:  # a field left empty does not matter where the text has a number
            found = [pair for pair in found if pair[0].outcome != "missing"] or found
        return found

    def _without_number(self, label: str, text: str) -> tuple[Finding, Evidence | None]:
        """What a field that should hold a number and does not comes to."""
        if is_nothing(text):
            return Finding("missing", _("the field holds no number")), None
        return self._malformed(), Evidence(label, 0, len(text), text)

    def _malformed(self) -> Finding:
        return Finding(
            "malformed", _("it does not read like {example}").format(example=self.kind.example)
        )


def _day(raw: object) -> date | None:
    """A day as a case may carry it; None where it is none."""
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day)  # of a time of day too
    return day_in(raw.strip()) if isinstance(raw, str) else None


def _is_number(raw: object) -> bool:
    return isinstance(raw, (int, float)) and not isinstance(raw, bool)


def _years(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    return float(given) if 0 < given <= MOST_YEARS else None
