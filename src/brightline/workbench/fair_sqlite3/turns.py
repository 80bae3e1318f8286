"""Whose turn it is to write to a SQLite file: first come, first served.

SQLite itself lets writers sleep and try again, each longer than before, so that under load some
wait for a second while others pass them by. Here the threads of a process queue up at a lock, and
the first of each process at a file lock. A process that dies lets go of both.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such locks on this system: SQLite's own way is left alone
    _LOCKS = False
else:
    _LOCKS = True

_PAUSE = 0.0005
_turns: dict[tuple[int, str], Turns] = {}
_made = threading.Lock()


class Turns:
    """The writers' turns at one file, in this process."""

    def __init__(self, database: str) -> None:
        self._mine = threading.Lock()
        self._file = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, patience: float) -> bool:
        """Wait for the turn, at most so many seconds; whether it came."""
        until = time.monotonic() + patience
        if not self._mine.acquire(timeout=patience):
            return False
        try:
            while True:
                try:
                    fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > until:
                        break
                    time.sleep(_PAUSE)
                else:
                    return True
        except BaseException:
            self._mine.release()
            raise
        self._mine.release()
        return False

    def leave(self) -> None:
        """The turn is over."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._mine.release()


def turns_at(database: str) -> Turns | None:
    """The turns at a database file; None where there is no file, or no locks."""
    if not _LOCKS or not database or ":memory:" in database or "mode=memory" in database:
        return None
    key = os.getpid(), str(Path(database).absolute())
    with _made:
        if key not in _turns:
            _turns[key] = Turns(key[1])
        return _turns[key]
