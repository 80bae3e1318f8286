"""One chunk of cases decided: rows in, decisions, rejected rows and counts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from brightline.rulebook.deciding import Decider
from brightline.rulebook.model import Rulebook
from brightline.screening.arrays import taken
from brightline.screening.counting import Counts
from brightline.screening.fact_output import fact_columns
from brightline.screening.grouping import Group, Grouper, Positions
from brightline.screening.ids import ids_of
from brightline.screening.kernel import Kernel
from brightline.screening.planning import Plan
from brightline.screening.reading import Chunk, Rejected
from brightline.screening.results import decision_columns, schema_of
from brightline.screening.rows import Rows, rows_of
from brightline.screening.supplied import FactReader, Supplied


@dataclass(frozen=True, slots=True)
class Job:
    """What stays the same from chunk to chunk. Can be pickled. `columns`: the header of a CSV."""

    rulebook: Rulebook
    plan: Plan
    columns: tuple[str, ...]
    as_of: date
    assume_suggestions: bool = False
    facts: bool = False


@dataclass(slots=True)
class Decided:
    """A chunk decided. `rejected` is in the order of the rows."""

    batch: pa.RecordBatch
    rejected: list[Rejected]
    counts: Counts
    bytes_read: int


@dataclass(slots=True)
class _Part:
    """The decisions of one group as columns, and where its cases stand in the chunk."""

    at: Positions
    columns: list[pa.Array[Any]]


class BatchDecider:
    """Decides chunk after chunk; keeps what is compiled. Not for several threads at once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.schema = schema_of(job.rulebook, job.facts)
        self._grouper = Grouper(job.rulebook, job.plan, job.as_of)
        self._kernels: dict[int, Kernel] = {}
        self._readers: dict[str, FactReader] = {}

    def decide(self, chunk: Chunk) -> Decided:
        """Decide a chunk. Raises `UnusableCases` where a column cannot be used at all."""
        counts = Counts()
        rows = rows_of(chunk, self.job.columns, self.job.plan.mapped)
        ids = ids_of(rows, self.job.plan.id, chunk.numbers)
        groups = self._grouper.groups(rows)
        # All are read before any is decided: reading one group may reject rows of another.
        supplied = [self._reader(group.subject).read(rows, group) for group in groups]
        parts = [
            self._decided(rows, group, facts, counts)
            for group, facts in zip(groups, supplied, strict=True)
        ]
        rejected = chunk.rejected + [
            Rejected(
                chunk.numbers[at],
                reason,
                rows.raw(at),
                chunk.lines_at[at] if chunk.lines_at is not None else None,
            )
            for at, reason in rows.rejects.items()
        ]
        rejected.sort(key=lambda row: row.row)
        counts.rejected = len(rejected)
        return Decided(self._joined(parts, ids), rejected, counts, chunk.bytes_read)

    def _decided(self, rows: Rows, group: Group, supplied: Supplied, counts: Counts) -> _Part:
        job, table = self.job, group.decider.table
        kept = np.ones(len(group.at), dtype=np.bool_)
        if rows.rejects:
            kept = ~np.isin(group.at, np.array(list(rows.rejects), np.intp))
        codes = supplied.codes(table, len(group.at), job.assume_suggestions)
        answers = self._kernel(group.decider).decide([of[kept] for of in codes], int(kept.sum()))
        counts.add(table, answers)
        columns = decision_columns(table, answers)
        if job.facts:
            columns += fact_columns(job.rulebook, table, supplied, kept, job.assume_suggestions)
        return _Part(group.at[kept], columns)

    def _kernel(self, decider: Decider) -> Kernel:
        if id(decider) not in self._kernels:
            self._kernels[id(decider)] = Kernel(decider)
        return self._kernels[id(decider)]

    def _reader(self, subject: str) -> FactReader:
        if subject not in self._readers:
            plan = self.job.plan.subjects[subject]
            self._readers[subject] = FactReader(self.job.rulebook, subject, plan)
        return self._readers[subject]

    def _joined(self, parts: Sequence[_Part], ids: pa.Array[Any]) -> pa.RecordBatch:
        """The groups together, in the order of the rows, with the ids before them."""
        if not parts:
            return pa.RecordBatch.from_pylist([], schema=self.schema)
        at = np.concatenate([part.at for part in parts])
        order = np.argsort(at, kind="stable")
        columns = [ids if len(at) == len(ids) else taken(ids, at[order])]
        for same in zip(*(part.columns for part in parts), strict=True):
            one = same[0] if len(same) == 1 else taken(pa.concat_arrays(same), order)
            columns.append(one)
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)
