"""Parquet in, decisions out, on the executors of Spark: the same decisions as on one machine.

One job reads, decides and writes into a folder beside the output. Spark commits what each partition
wrote once. Then what was written is counted against the footers of what was to be read, and only
when both agree is the folder given its name.
"""

from __future__ import annotations

import io
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from brightline.i18n import _, language
from brightline.rulebook.model import Rulebook
from brightline.screening.batches import Job
from brightline.screening.counting import Counts
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping, read_mapping
from brightline.screening.planning import plan_of
from brightline.screening.reading import FORMATS
from brightline.screening.results import schema_of
from brightline.screening.screen import Progress, ended_by_term
from brightline.screening.spark.files import Files
from brightline.screening.spark.rejecting import write_rejected
from brightline.screening.spark.running import run_job
from brightline.screening.spark.session import spark_session
from brightline.screening.spark.source import Source, frame_of, source_of
from brightline.screening.spark.tallies import Tally, added_up
from brightline.screening.spark.task import (
    DECIDED,
    KIND,
    REJECTED,
    TALLY,
    Task,
    output_schema,
    work_on,
)
from brightline.screening.spark.types import spark_schema
from brightline.screening.spark.written import rows_in, texts_in
from brightline.screening.summary import Summary

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def screen_with_spark(
    rulebook: Rulebook,
    cases: str,
    out: str,
    *,
    mapping: CaseMapping | Path | None = None,
    as_of: date | None = None,
    assume_suggestions: bool = False,
    facts: bool = False,
    settings: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Decide every case of a Parquet file, or of a folder of them, and write a folder of Parquet.

    `cases` and `out` are paths or URIs that Spark can reach from every machine. `settings` are
    Spark's. The rest is as in `screening.screen.screen`: the same decisions, the same summary, and
    `OUT.rejected.jsonl`. Raises `UnusableCases`; SIGTERM becomes `SystemExit`.
    """
    _check_names(cases, out)
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    started = time.perf_counter()
    with spark_session(settings or {}) as session, ended_by_term():
        files = Files(session)
        target = files.full(out).rstrip("/")
        if files.exists(target):
            raise _there_already(out)
        source = source_of(session, files, cases)
        plan = plan_of(rulebook, mapping, source.columns)
        day = as_of or date.today()
        job = Job(rulebook, plan, source.columns, day, assume_suggestions, facts)
        with _aside(files, target) as place:
            _decide_all(session, source, job, place, progress)
            counts = _counted(files, source, place)
            _complete(files, job, f"{place}/{KIND}={DECIDED}")
            _name_all(session, files, source, place, target, counts.rejected)
    seconds = time.perf_counter() - started
    return Summary.of(rulebook, counts, seconds, out, rejects_of(out) if counts.rejected else None)


def _check_names(cases: str, out: str) -> None:
    for name in (cases, out):
        suffix = Path(name.rstrip("/")).suffix.lower()
        if FORMATS.get(suffix, "parquet") != "parquet":
            raise UnusableCases(
                _("{path}: with --engine spark cases and decisions are Parquet").format(path=name),
                _("name a file or a folder of Parquet, or leave out --engine spark"),
            )


@contextmanager
def _aside(files: Files, target: str) -> Iterator[str]:
    """A folder beside the output that is gone afterwards, however the work ends."""
    above, _slash, name = target.rpartition("/")
    place = f"{above}/.{name}.{secrets.token_hex(4)}.part"
    try:
        yield place
    finally:
        files.delete(place)


def _decide_all(
    session: SparkSession,
    source: Source,
    job: Job,
    place: str,
    progress: Callable[[Progress], None] | None,
) -> None:
    columns = source.needed(job.plan.columns)
    task = Task(secrets.token_hex(8), job, columns, language())
    broadcast = session.sparkContext.broadcast(task)

    def told(share: float) -> None:
        if progress is not None:
            progress(Progress(round(share * source.rows), share))

    def write() -> None:
        frame = frame_of(session, source, columns)
        schema = spark_schema(output_schema(job), frozenset())
        decided = frame.mapInArrow(work_on(broadcast), schema)
        decided.write.partitionBy(KIND).parquet(place)

    try:
        run_job(session, write, told)
    finally:
        broadcast.unpersist()


def _counted(files: Files, source: Source, place: str) -> Counts:
    """The counts of all partitions. Raises `UnusableCases` where a row was lost or doubled."""
    tallies = [Tally.of_text(line) for line in texts_in(files, f"{place}/{KIND}={TALLY}")]
    counts = added_up(sorted(tallies, key=lambda tally: tally.first or 0))
    decided, rejected = (rows_in(files, f"{place}/{KIND}={kind}") for kind in (DECIDED, REJECTED))
    counted = counts.decided + counts.rejected
    if (decided, rejected, source.rows) != (counts.decided, counts.rejected, counted):
        message = _("of {rows} rows {counted} were decided and {written} written: none is kept")
        raise UnusableCases(
            message.format(rows=source.rows, counted=counted, written=decided + rejected),
            _("were the files changed meanwhile? Try again"),
        )
    return counts


def _complete(files: Files, job: Job, folder: str) -> None:
    """Mark the folder as whole; where no row is in it, it has a file that tells the columns."""
    if not files.exists(folder):
        none = io.BytesIO()
        pq.write_table(schema_of(job.rulebook, job.facts).empty_table(), none)
        files.write(f"{folder}/part-00000.parquet", [none.getvalue()])
    files.write(f"{folder}/_SUCCESS", [])


def _name_all(
    session: SparkSession, files: Files, source: Source, place: str, target: str, rejected: int
) -> None:
    """Give the output its names."""
    if rejected:
        folder = f"{place}/{KIND}={REJECTED}"
        write_rejected(session, files, source, folder, rejects_of(target), rejected)
    else:
        files.delete(rejects_of(target))  # of an earlier screening
    if files.exists(target):  # to rename into it would be no error
        raise _there_already(target)
    files.rename(f"{place}/{KIND}={DECIDED}", target)


def _there_already(out: str) -> UnusableCases:
    return UnusableCases(
        _("{path} is there already").format(path=out), _("choose another name, or remove it first")
    )


def rejects_of(out: str) -> str:
    """The name of the file of rejected rows."""
    return f"{out.rstrip('/')}.rejected.jsonl"
