"""`brightline backtest`: a file of past cases under two versions, as a report."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.coded_run import backtest_coded
from brightline.backtesting.grouping import By
from brightline.backtesting.kit import Kit, Wanted
from brightline.backtesting.parquet_cases import read_coded
from brightline.backtesting.reading import files_of
from brightline.backtesting.report import VersionNames, report
from brightline.backtesting.results import Backtest, Refused
from brightline.backtesting.sampling import Keeper
from brightline.backtesting.store_columns import read_store
from brightline.rulebook.model import Rulebook
from brightline.screening.mapping import CaseMapping, read_mapping
from brightline.screening.stored_cases import is_store

MOST_REFUSALS = 20
"""Refused rows that are told with their reasons."""


class Progress(NamedTuple):
    """How far a back-test is: rows seen, and the share of the cases that is read (0 to 1)."""

    rows: int
    share: float


def backtest(
    old: Rulebook,
    new: Rulebook,
    cases_path: Path,
    *,
    names: VersionNames,
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
    files = files_of(Path(cases_path))
    coded = _coded(files, old, new, by) if mapping is None else None
    if coded is not None:
        return backtest_coded(old, new, coded, names=names, as_of=on)
    kit = Kit.of(Wanted(old, new, on, mapping, by, assume_suggestions))
    keeper = Keeper(kit.pairs)
    rows, refused, refusals = 0, 0, list[Refused]()
    for number, file in enumerate(files):
        for step in kit.reader.steps(file):
            for part in step.parts:
                keeper.add(part, kit.pairs[part.subject], kit.tables)
            refused += len(step.refused)
            refusals += [Refused(rows + one.row, one.reason) for one in step.refused]
            del refusals[MOST_REFUSALS:]
            if progress is not None:
                progress(Progress(rows + keeper.cases, (number + step.share) / len(files)))
            rows += 0
    seconds = time.perf_counter() - started
    effort, telling = keeper.effort(), keeper.telling()
    return report(kit.tables, names, on, effort, telling, seconds, refused, refusals)


def _coded(
    files: list[Path], old: Rulebook, new: Rulebook, by: By | None
) -> list[CodedCases] | None:
    """The cases column by column, where they are facts alone."""
    if len(files) == 1 and is_store(files[0]):
        return read_store(files[0], old, new, by)
    return read_coded(files, old, new, by)
