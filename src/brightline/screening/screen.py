"""A file of cases in, a file of decisions out."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.screening.batches import Decided, Job
from brightline.screening.counting import Counts
from brightline.screening.errors import UnusableCases
from brightline.screening.mapping import CaseMapping, read_mapping
from brightline.screening.planning import plan_of
from brightline.screening.reading import Cases
from brightline.screening.results import schema_of
from brightline.screening.stored_cases import open_cases
from brightline.screening.summary import Summary
from brightline.screening.working import decided_by_workers, decided_here
from brightline.screening.writing import AtomicFile, RejectedOut, writer_for

_LARGE_BYTES = 24 << 20
_LARGE_ROWS = 50_000
"""Files larger than this are worth the start of worker processes."""


class Progress(NamedTuple):
    """How far a screening is: rows seen, and the share of the file that is read (0 to 1)."""

    rows: int
    share: float


def screen(
    rulebook: Rulebook,
    cases_path: Path,
    out_path: Path,
    *,
    mapping: CaseMapping | Path | None = None,
    as_of: date | None = None,
    assume_suggestions: bool = False,
    facts: bool = False,
    workers: int = 2,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Decide every case of a file; csv, jsonl or parquet by the names of the files.

    Rows that cannot be read go to `OUT.rejected.jsonl`, the rest goes on. A case is judged by the
    rules of its own day where it has one, else of `as_of`, else of today. Memory does not grow with
    the number of rows. `workers` is how many processes decide a large file side by side. Nothing is
    left under the final names unless all is done. Raises `UnusableCases`; SIGTERM becomes
    `SystemExit`.
    """
    cases_path, out_path = Path(cases_path), Path(out_path)
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    started = time.perf_counter()
    with open_cases(cases_path, [rulebook]) as cases, ended_by_term():
        rejects = RejectedOut(out_path)
        _check_places(cases_path, out_path, rejects.path)
        plan = plan_of(rulebook, mapping, cases.columns)
        day = as_of or date.today()
        job = Job(rulebook, plan, cases.columns, day, assume_suggestions, facts)
        counts = Counts()
        with (
            AtomicFile(out_path) as out,
            rejects,
            writer_for(out_path, out.file, schema_of(rulebook, facts)) as writer,
            closing(_decided(job, cases, workers)) as parts,
        ):
            for part in parts:
                if part.batch.num_rows:
                    writer.write(part.batch)
                rejects.write(part.rejected)
                counts.merge(part.counts)
                if progress is not None:
                    share = min(1.0, part.bytes_read / cases.size) if cases.size else 1.0
                    progress(Progress(counts.decided + counts.rejected, share))
            writer.end()
            out.settle()
            rejected_path = rejects.finish()
            out.finish()
    seconds = time.perf_counter() - started
    where = str(rejected_path) if rejected_path is not None else None
    return Summary.of(rulebook, counts, seconds, str(out_path), where)


def _decided(job: Job, cases: Cases, workers: int) -> Generator[Decided]:
    """The file chunk by chunk, in the order of its rows."""
    chunks = cases.chunks(job.plan.columns)
    large = cases.size > _LARGE_BYTES or (cases.rows or 0) > _LARGE_ROWS
    if workers > 1 and large:
        return decided_by_workers(job, chunks, workers)
    return decided_here(job, chunks)


def _check_places(cases: Path, *outs: Path) -> None:
    if any(out.exists() and out.samefile(cases) for out in outs):
        raise UnusableCases(_("the decisions would be written over the cases"))


@contextmanager
def ended_by_term() -> Iterator[None]:
    """Let SIGTERM end the work as an error would, so that temporary files go."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(143)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
