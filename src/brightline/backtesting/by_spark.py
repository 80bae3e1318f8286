"""A back-test on the executors of Spark: each partition counts its cases, the driver adds up.

An executor gives one row for its partition, and Spark takes that of one try of each: what is added
up is counted once, however often a machine died.
"""

from __future__ import annotations

import pickle
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

import brightline
from brightline.backtesting.grouping import By
from brightline.backtesting.kit import Kit, Wanted
from brightline.backtesting.report import VersionNames, report
from brightline.backtesting.results import Backtest, Refused
from brightline.backtesting.run import MOST_REFUSALS, Progress
from brightline.backtesting.sampling import Keeper
from brightline.backtesting.shares import Share, add_share, fresh, subject_share
from brightline.i18n import _, language
from brightline.rulebook.model import Rulebook
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping, read_mapping
from brightline.screening.reading import Chunk
from brightline.screening.screen import ended_by_term
from brightline.screening.spark.failing import Failed
from brightline.screening.spark.files import Files
from brightline.screening.spark.running import run_job
from brightline.screening.spark.session import spark_session
from brightline.screening.spark.source import frame_of, source_of
from brightline.screening.spark.task import NUMBER, as_the_driver, chunk_of

if TYPE_CHECKING:
    from pyspark import Broadcast


@dataclass(frozen=True, slots=True)
class Task:
    """What every executor has to know. `columns`: as the files have them; `known`: all names."""

    name: str
    wanted: Wanted
    columns: pa.Schema
    known: tuple[str, ...]
    language: str
    version: str = brightline.__version__


def backtest_with_spark(
    old: Rulebook,
    new: Rulebook,
    cases: str,
    *,
    names: VersionNames,
    mapping: CaseMapping | Path | None = None,
    by: By | None = None,
    as_of: date | None = None,
    assume_suggestions: bool = False,
    settings: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Backtest:
    """Put every case of a Parquet file, or of a folder of them, to both versions.

    As `backtesting.run.backtest`, with the same figures; `cases` is a path or URI that Spark can
    reach from every machine, `settings` are Spark's. Raises `UnusableCases`.
    """
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    started, on = time.perf_counter(), as_of or date.today()
    wanted = Wanted(old, new, on, mapping, by, assume_suggestions)
    kit = Kit.of(wanted)
    with spark_session(settings or {}) as session, ended_by_term():
        source = source_of(session, Files(session), cases)
        columns = source.needed(kit.reader.columns(source.columns))
        task = Task(secrets.token_hex(8), wanted, columns, source.columns, language())
        broadcast = session.sparkContext.broadcast(task)
        shares: list[Share] = []

        def count() -> None:
            frame = frame_of(session, source, columns)
            rows = frame.mapInArrow(_work_on(broadcast), "share binary").collect()
            shares.extend(pickle.loads(row["share"]) for row in rows)

        def told(share: float) -> None:
            if progress is not None:
                progress(Progress(round(share * source.rows), share))

        run_job(session, count, told)
    counted = sum(share.rows for share in shares)
    if counted != source.rows:
        message = _("of {rows} rows {counted} were counted: the report would be wrong")
        raise UnusableCases(
            message.format(rows=source.rows, counted=counted),
            _("were the files changed meanwhile? Try again"),
        )
    keeper = Keeper(kit.pairs)
    refusals: list[Refused] = []
    for share in sorted(shares, key=lambda share: share.first):
        add_share(share, kit.pairs, kit.states, kit.reader.names, keeper)
        refusals += share.refusals
    refused = sum(share.refused for share in shares)
    seconds = time.perf_counter() - started
    kit.tables.sum_up()
    effort, telling = keeper.effort(), keeper.telling()
    del refusals[MOST_REFUSALS:]
    return report(kit.tables, names, on, effort, telling, seconds, refused, refusals)


def _work_on(
    task: Broadcast[Task],
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        share = counted(task.value, batches)
        yield pa.RecordBatch.from_arrays([pa.array([pickle.dumps(share)])], names=["share"])

    return work


_kept: dict[str, Kit] = {}


def counted(task: Task, batches: Iterator[pa.RecordBatch]) -> Share:
    """What came of a partition. Raises `Failed`, which the driver understands."""
    try:
        as_the_driver(task.version, task.language)
        if task.name not in _kept:
            _kept.clear()
            _kept[task.name] = Kit.of(task.wanted)
        kit = _kept[task.name]
        keeper = fresh(kit.pairs, kit.states)
        cases = _Batches(task, batches)
        share = Share(0)
        for step in kit.reader.steps_of(cases):
            share.first = min(share.first or cases.first, cases.first)
            share.rows += step.rows
            keeper.cases = cases.first - 1  # cases go by the numbers of their rows
            for part in step.parts:
                keeper.add(part, kit.pairs[part.subject], kit.tables)
            share.refused += len(step.refused)
            share.refusals += [Refused(one.row, one.reason) for one in step.refused]
            del share.refusals[MOST_REFUSALS:]
    except UnusableCases as error:
        raise Failed.of(error) from None
    names = kit.reader.names
    for subject, pair in kit.pairs.items():
        if pair.tally.cases:
            share.subjects[subject] = subject_share(pair, kit.states, names)
    share.seen, share.drawn = keeper.seen(), keeper.drawn()
    return share


class _Batches:
    """The rows of a partition as cases that are open. `first`: the first row of this chunk."""

    size = 0

    def __init__(self, task: Task, batches: Iterator[pa.RecordBatch]) -> None:
        self.columns = task.known
        self._schema, self._batches = task.columns, batches
        self.first = 0

    def chunks(self, _columns: Sequence[str]) -> Iterator[Chunk]:
        """The rows, in chunks whose numbers follow each other: a batch may hold several files'."""
        for batch in self._batches:
            numbers = batch.column(NUMBER).to_numpy(zero_copy_only=False)
            breaks = (np.flatnonzero(np.diff(numbers) != 1) + 1).tolist()
            ends = [0, *breaks, batch.num_rows]
            for start, end in pairwise(ends):
                if end > start:
                    chunk = chunk_of(batch.slice(start, end - start), self._schema)
                    self.first = chunk.numbers[0]
                    yield chunk
