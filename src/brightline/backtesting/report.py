"""The parts of a back-test put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brightline.backtesting.counting import Tables
from brightline.backtesting.reported import clause_lines, sop_lines
from brightline.backtesting.results import Backtest, Effort, Refused, TellingCase, Version


@dataclass(frozen=True, slots=True)
class VersionNames:
    """What the caller calls the two versions."""

    old: str
    new: str


def report(
    tables: Tables,
    names: VersionNames,
    on: date,
    effort: Effort | None,
    telling: Sequence[TellingCase],
    seconds: float,
    refused: int = 0,
    refusals: Sequence[Refused] = (),
) -> Backtest:
    """The report of what was counted."""
    old, new = tables.old, tables.new
    tables.sum_up()
    tallies = {pair.subject: pair.tally.cases for pair in tables.pairs}
    return Backtest(
        old=Version(names.old, old.sha, old.title),
        new=Version(names.new, new.sha, new.title),
        as_of=on.isoformat(),
        rows=tables.cases + refused,
        cases=tables.cases,
        refused=refused,
        refusals=tuple(refusals),
        subjects={subject: cases for subject, cases in tallies.items() if cases},
        actions=tables.actions(),
        kinds=tables.kinds(),
        open_old=tables.open_cases(new=False),
        open_new=tables.open_cases(new=True),
        person_old=tables.person_cases(new=False),
        person_new=tables.person_cases(new=True),
        flows=tables.flows(),
        bounds=tables.bounds(),
        sops=sop_lines(tables.pairs),
        clauses=clause_lines(tables.pairs),
        groups=tables.groups(),
        missing=tables.missing(),
        agreement=tables.agreement(),
        effort=effort,
        telling=tuple(telling),
        seconds=round(seconds, 3),
    )
