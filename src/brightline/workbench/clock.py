"""What time it is, for every act; and acts at another time, for made-up histories and tests.

The workbench has one clock: `django.utils.timezone.now`, called through its module. The actions,
`auto_now_add`, sessions and leases all read it. Here it can be set, for this thread alone; nothing
else may put a time of its own in an act's place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_real = timezone.now
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The time as it is told here: that of the innermost `at`, else the real one."""
    return _told.get() or _real()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block, in this thread, it is `moment` for everything that asks for the time.

    Raises `ValueError` on a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    timezone.now = now
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
