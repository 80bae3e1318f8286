"""Chunks decided in order: in this process, or side by side in several.

The text signals run in Python, so threads would wait for one another: large files are given to
processes. A worker that dies ends the screening cleanly, and when this process dies so do they.
`ProcessPoolExecutor` does not keep the first promise: its workers share one pipe and its lock, and
one that dies while it sends a result leaves the rest waiting for ever. Here each has its own pipe.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue

from brightline.i18n import _, language, set_language
from brightline.screening.batches import BatchDecider, Decided, Job
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import Chunk

_AHEAD = 2
"""Chunks that wait at each worker."""


def decided_here(job: Job, chunks: Iterator[Chunk]) -> Generator[Decided]:
    """Every chunk decided, in this process."""
    decider = BatchDecider(job)
    for chunk in chunks:
        yield decider.decide(chunk)


def decided_by_workers(job: Job, chunks: Iterator[Chunk], workers: int) -> Generator[Decided]:
    """Every chunk decided, in order, by so many processes. Raises `UnusableCases` if one dies."""
    pool = [_Worker(job) for _nth in range(workers)]
    waiting: deque[_Worker] = deque()
    try:
        for number, chunk in enumerate(chunks):
            if len(waiting) >= workers * (1 + _AHEAD):
                yield waiting.popleft().result()
            worker = pool[number % workers]
            worker.begin(chunk)
            waiting.append(worker)
        while waiting:
            yield waiting.popleft().result()
    finally:
        for worker in pool:
            worker.end()


class _Worker:
    """A process that decides the chunks it is given, one after the other."""

    def __init__(self, job: Job) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, job, language()), daemon=True)
        self._process.start()
        theirs.close()  # the process alone holds its end: when it dies, ours says so

    def begin(self, chunk: Chunk) -> None:
        try:
            self._pipe.send(chunk)
        except OSError:
            raise _died() from None

    def result(self) -> Decided:
        """What became of the chunk begun first of those that have no result yet."""
        try:
            told: Decided | Exception = self._pipe.recv()
        except (EOFError, OSError):
            raise _died() from None
        if isinstance(told, Exception):
            raise told
        return told

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self._pipe.close()


def _died() -> UnusableCases:
    return UnusableCases(
        _("a worker process was ended from outside, perhaps for want of memory"),
        _("try again with --workers 1"),
    )


def _work(pipe: Connection, job: Job, lang: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    chunks: SimpleQueue[Chunk] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, chunks), daemon=True).start()
    set_language(lang)
    decider = BatchDecider(job)
    while True:
        try:
            told: Decided | Exception = decider.decide(chunks.get())
        except Exception as error:  # noqa: BLE001 - the parent raises it
            told = error
        pipe.send(told)


def _receive(pipe: Connection, chunks: SimpleQueue[Chunk]) -> None:
    """Take in what is sent, so that the parent never waits; end with it."""
    try:
        while True:
            chunks.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)
