"""The background jobs as a process beside the server: it ends with the server, kill -9 included."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

_PARENT = "BRIGHTLINE_JOBS_OF"
"""Names the process that started the jobs: they end when it is gone."""


class JobsBeside:
    """The process of the jobs; started again, after a while, where it ends by itself."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._process = self._started()
        threading.Thread(target=self._watch, daemon=True).start()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "brightline", "admin", "jobs"],
            env={**os.environ, _PARENT: str(os.getpid())},
            start_new_session=True,  # Ctrl+C is told to the server, which ends it in good order
        )

    def _watch(self) -> None:
        while not self._over.is_set():
            self._process.wait()
            if not self._over.wait(2.0):
                self._process = self._started()

    def end(self) -> None:
        """End the process; what it had in hand is taken up by the next."""
        self._over.set()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def run_jobs() -> None:
    """Run the jobs in this process until it is told to stop, or the server that started it died."""
    from brightline.workbench.jobs import run

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: stop.set())
    parent = os.environ.get(_PARENT)
    if parent:
        threading.Thread(target=_end_with, args=(int(parent), stop), daemon=True).start()
    run(stop)


def _end_with(parent: int, stop: threading.Event) -> None:
    """Stop when the parent is gone, kill -9 included: another process is our parent then."""
    while os.getppid() == parent:
        time.sleep(0.5)
    stop.set()
