"""`brightline backtest`: a file of past cases under two versions, as a report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from brightline.backtesting.counting import Tables
from brightline.backtesting.grouping import By
from brightline.backtesting.pair import Pair
from brightline.backtesting.possible import MOST_ACTIONS
from brightline.backtesting.reading import CaseReader, files_of
from brightline.backtesting.results import Backtest, Refused, Version
from brightline.backtesting.sampling import Keeper
from brightline.backtesting.states import States, joint_actions
from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping, read_mapping

MOST_REFUSALS = 20
"""Refused rows that are told with their reasons."""


class Progress(NamedTuple):
    """How far a back-test is: rows seen, and the share of the cases that is read (0 to 1)."""

    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class Names:
    """What the caller calls the two versions."""

    old: str
    new: str


def backtest(
    old: Rulebook,
    new: Rulebook,
    cases_path: Path,
    *,
    names: Names,
    mapping: CaseMapping | Path | None = None,
    by: By | None = None,
    as_of: date | None = None,
    assume_suggestions: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Backtest:
    """Put every case of a file, or of a folder of Parquet files, to both versions.

    Both are taken as they stand on `as_of` (default: today), whenever the cases were. Rows that
    cannot be read are counted and told. Memory does not grow with the number of rows. Raises
    `UnusableCases`.
    """
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    started, on = time.perf_counter(), as_of or date.today()
    states = States(joint_actions(old, new))
    if len(states.actions) > MOST_ACTIONS:
        raise UnusableCases(
            _("the versions have {n} actions between them, more than {most}").format(
                n=len(states.actions), most=MOST_ACTIONS
            )
        )
    pairs = {
        subject: Pair(old, new, subject, on, states)
        for subject in new.subjects
        if subject in old.subjects
    }
    reader = CaseReader(
        old,
        new,
        {subject: pair.match for subject, pair in pairs.items()},
        mapping=mapping,
        by=by,
        as_of=on,
        assume_suggestions=assume_suggestions,
    )
    keeper = Keeper(pairs)
    tables = Tables(
        old, new, states, list(pairs.values()), {n: of.all for n, of in reader.names.items()}
    )
    rows, refused, refusals = 0, 0, list[Refused]()
    files = files_of(Path(cases_path))
    for number, file in enumerate(files):
        for step in reader.steps(file):
            for part in step.parts:
                keeper.add(part, pairs[part.subject], tables)
            refused += len(step.refused)
            refusals += [Refused(rows + one.row, one.reason) for one in step.refused]
            del refusals[MOST_REFUSALS:]
            if progress is not None:
                progress(Progress(rows + keeper.cases, (number + step.share) / len(files)))
            rows += 0
    tables.sum_up()
    return Backtest(
        old=Version(names.old, old.sha, old.title),
        new=Version(names.new, new.sha, new.title),
        as_of=on.isoformat(),
        rows=tables.cases + refused,
        cases=tables.cases,
        refused=refused,
        refusals=tuple(refusals),
        subjects={s: pair.tally.cases for s, pair in pairs.items() if pair.tally.cases},
        actions=tables.actions(),
        kinds=tables.kinds(),
        open_old=tables.open_cases(new=False),
        open_new=tables.open_cases(new=True),
        person_old=tables.person_cases(new=False),
        person_new=tables.person_cases(new=True),
        flows=tables.flows(),
        bounds=tables.bounds(),
        sops=tables.sops(),
        clauses=tables.clauses(),
        groups=tables.groups(),
        missing=tables.missing(),
        agreement=tables.agreement(),
        effort=keeper.effort(tables.cases),
        telling=keeper.telling(),
        seconds=round(time.perf_counter() - started, 3),
    )
