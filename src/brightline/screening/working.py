"""Chunks decided in order: in this process, or side by side in several.

The text signals run in Python, so threads would wait for one another: large files are given to
processes. A worker that dies ends the screening cleanly, and when this process dies so do they.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from brightline.i18n import _, language, set_language
from brightline.screening.batches import BatchDecider, Decided, Job
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import Chunk

_AHEAD = 2
"""Chunks that wait for each worker."""


def decided_here(job: Job, chunks: Iterator[Chunk]) -> Generator[Decided]:
    """Every chunk decided, in this process."""
    decider = BatchDecider(job)
    for chunk in chunks:
        yield decider.decide(chunk)


def decided_by_workers(job: Job, chunks: Iterator[Chunk], workers: int) -> Generator[Decided]:
    """Every chunk decided, in order, by so many processes. Raises `UnusableCases` if one dies."""
    pool = ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_begin, initargs=(job, language())
    )
    waiting: deque[Future[Decided]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_decide, chunk))
            if len(waiting) >= workers * (1 + _AHEAD):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise UnusableCases(
            _("a worker process was ended from outside, perhaps for want of memory"),
            _("try again with --workers 1"),
        ) from None
    finally:
        for future in waiting:
            future.cancel()
        pool.shutdown(wait=True, cancel_futures=True)


_deciders: list[BatchDecider] = []
"""The one of a worker process."""


def _begin(job: Job, lang: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    set_language(lang)
    _deciders.append(BatchDecider(job))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _decide(chunk: Chunk) -> Decided:
    return _deciders[0].decide(chunk)
