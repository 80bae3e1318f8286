"""What runs on an executor: the rows of one partition in, decisions, rejected rows and a tally out.

All three leave in one stream of rows of one schema and are told apart by their `kind`, so that
Spark commits them together, once for each partition, however often the partition was tried. That is
why the counts travel as rows: Spark adds an accumulator up again where a task is tried again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

import brightline
from brightline.i18n import _, set_language
from brightline.screening.batches import BatchDecider, Job
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import Chunk, Rejected
from brightline.screening.results import schema_of
from brightline.screening.spark.failing import Failed
from brightline.screening.spark.tallies import Tally
from brightline.screening.spark.types import as_in_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark import Broadcast

KIND = "kind"
DECIDED, REJECTED, TALLY = range(3)
"""A decision, as it stands in the output; a rejected row; a tally. The last two as JSON in `id`."""
NUMBER = "number"
"""The column with the number of the row, from 1, all files together."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every executor has to know. Pickled once, broadcast. `columns`: as the files have them.

    `name` tells one screening from another in a worker process that serves both.
    """

    name: str
    job: Job
    columns: pa.Schema
    language: str
    version: str = brightline.__version__


def work_on(
    task: Broadcast[Task],
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function for `mapInArrow`."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return decided(task.value, batches)

    return work


_kept: dict[str, BatchDecider] = {}


def decided(task: Task, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Decide a partition. Raises `Failed`, which the driver understands."""
    try:
        decider = _decider(task)
        tally = Tally(attempt=_attempt())
        for batch in batches:
            chunk = chunk_of(batch, task.columns)
            if len(chunk) == 0:
                continue
            found = decider.decide(chunk)
            tally.add(chunk.numbers[0], found.counts)
            if found.batch.num_rows:
                yield _marked(found.batch, DECIDED)
            if found.rejected:
                lines = [line_of(row) for row in found.rejected]
                yield _marked(_told(lines, decider.schema), REJECTED)
        yield _marked(_told([tally.to_text()], decider.schema), TALLY)
    except UnusableCases as error:
        raise Failed.of(error) from None


def chunk_of(batch: pa.RecordBatch, columns: pa.Schema) -> Chunk:
    """A batch from Spark as the chunk that reading the file itself would give."""
    numbers = batch.column(NUMBER).to_numpy(zero_copy_only=False)
    arrays = [
        as_in_file(batch.column(column_name(at)), field.type)
        if column_name(at) in batch.schema.names
        else pa.nulls(batch.num_rows)
        for at, field in enumerate(columns)
    ]
    # Not from_arrays with the schema: lists and texts keep the form in which Spark sends them.
    as_read = pa.RecordBatch.from_arrays(arrays, names=columns.names)
    return Chunk(_numbers(numbers), batch=as_read)


def column_name(at: int) -> str:
    """The name under which a column travels: its own may hold dots, fields to Spark."""
    return f"c{at}"


def output_schema(job: Job) -> pa.Schema:
    """The columns that `decided` gives: those of the output, and the kind."""
    return schema_of(job.rulebook, job.facts).append(pa.field(KIND, pa.int8()))


def _numbers(numbers: Any) -> list[int] | range:
    if len(numbers) == 0:
        return []
    first, last = int(numbers[0]), int(numbers[-1])
    if last - first + 1 == len(numbers) and bool(np.all(np.diff(numbers) == 1)):
        return range(first, last + 1)
    found: list[int] = numbers.tolist()
    return found


def as_the_driver(version: str, lang: str) -> None:
    """Speak as the driver does. Raises `UnusableCases` where it is of another version."""
    if version != brightline.__version__:
        message = _("the executors have Brightline {theirs}, the driver has {ours}")
        raise UnusableCases(
            message.format(theirs=brightline.__version__, ours=version),
            _("install the same version everywhere"),
        )
    set_language(lang)


def _decider(task: Task) -> BatchDecider:
    as_the_driver(task.version, task.language)
    if task.name not in _kept:
        _kept.clear()  # a worker process is used again; what an earlier screening left may go
        _kept[task.name] = BatchDecider(task.job)
    return _kept[task.name]


def _attempt() -> int:
    from pyspark import TaskContext

    context = TaskContext.get()
    return 0 if context is None else context.attemptNumber()


def line_of(row: Rejected) -> str:
    """A rejected row as it travels."""
    # ASCII: half a character in a raw row would be no text to Arrow
    return json.dumps({"row": row.row, "reason": row.reason, "raw": row.raw})


def _told(lines: list[str], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of the output's schema that hold a text in `id` and nothing else."""
    rest = [pa.nulls(len(lines), field.type) for field in list(schema)[1:]]
    return pa.RecordBatch.from_arrays([pa.array(lines, pa.string()), *rest], schema=schema)


def _marked(batch: pa.RecordBatch, kind: int) -> pa.RecordBatch:
    kinds = pa.array(np.full(batch.num_rows, kind, np.int8))
    return batch.append_column(KIND, kinds)
