"""What came of a screening: plain data that a person or a program reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from brightline.rulebook.model import Rulebook
from brightline.screening.counting import Counts

TOP = 10


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """The cases of one subject; denominators: `cases`."""

    subject: str
    cases: int
    automatic: int
    person: int


@dataclass(frozen=True, slots=True)
class SopLine:
    """Cases in which an SOP reported a clause with this action (denominator: decided cases)."""

    sop: str
    action: str
    cases: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """Cases that report a clause; `violation` says whether it finds fault."""

    sop: str
    clause: str
    action: str
    violation: bool
    cases: int


@dataclass(frozen=True, slots=True)
class FactLine:
    """Undetermined cases that hang on an unknown fact (denominator: `undetermined`)."""

    fact: str
    cases: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A screening in figures.

    `rows` = `decided` + `rejected`. `decided` = `automatic` + `person`; `person` = `undetermined`
    (an unknown fact still matters) + `handed_over` (a clause hands the case to a person).
    `contradicted` cases (their facts cannot go together) are among the undetermined.
    """

    rulebook: str
    rows: int
    decided: int
    rejected: int
    automatic: int
    person: int
    undetermined: int
    handed_over: int
    contradicted: int
    actions: dict[str, int]
    subjects: tuple[SubjectLine, ...]
    sops: tuple[SopLine, ...]
    clauses: tuple[ClauseLine, ...]
    unknown: tuple[FactLine, ...]
    seconds: float
    rows_per_second: float
    output: str
    rejected_output: str | None

    @classmethod
    def of(
        cls, rulebook: Rulebook, counts: Counts, seconds: float, output: str, rejects: str | None
    ) -> Summary:
        """From the counts of a screening."""
        rows = counts.decided + counts.rejected
        automatic = counts.determined - counts.to_person
        subjects = sorted({subject for subject, _auto in counts.by_subject})
        return cls(
            rulebook.sha,
            rows,
            counts.decided,
            counts.rejected,
            automatic,
            counts.decided - automatic,
            counts.decided - counts.determined,
            counts.to_person,
            counts.contradicted,
            dict(_most_first(counts.by_action)),
            tuple(_subject(counts, subject) for subject in subjects),
            tuple(SopLine(*key, n) for key, n in sorted(counts.by_sop.items())),
            tuple(_clauses(rulebook, counts)),
            tuple(FactLine(fact, n) for fact, n in _most_first(counts.blocking)[:TOP]),
            round(seconds, 3),
            round(rows / seconds, 1) if seconds else 0.0,
            output,
            rejects,
        )

    def to_json(self) -> dict[str, Any]:
        """As plain data, ready for `json.dumps`."""
        return asdict(self)


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    """By number, then by name: the order in which cases came decides nothing."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _subject(counts: Counts, subject: str) -> SubjectLine:
    automatic, person = counts.by_subject[subject, True], counts.by_subject[subject, False]
    return SubjectLine(subject, automatic + person, automatic, person)


def _clauses(rulebook: Rulebook, counts: Counts) -> list[ClauseLine]:
    """The clauses met most often, those that find fault first."""
    lines = [
        ClauseLine(sop, clause, action, rulebook.actions[action].violation, n)
        for (sop, clause, action), n in counts.by_clause.items()
    ]
    lines.sort(key=lambda line: (not line.violation, -line.cases, line.sop, line.clause))
    return lines[: 2 * TOP]
