"""What was announced to a person, and whether it keeps them from a queue until they have read it.

What is read at every claim is remembered for a moment; who has read what, for good.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.gates import Pair
from brightline.workbench.understanding.models import Announcement, Told

_FRESH = 2.0
BINDS = timedelta(days=14)
"""For so long an announcement keeps out who has not read it; then it is no news any more."""
_kept: dict[str, tuple[float, dict[Pair, list[tuple[int, datetime]]]]] = {}
_read: set[tuple[str, int]] = set()


def forget() -> None:
    """Read everything anew: after an act here, and between tests."""
    _kept.clear()
    _read.clear()


def to_read(person: User) -> list[Announcement]:
    """What a person has not read yet, the first to happen in front."""
    rows = Told.objects.filter(person=person, read_at=None, announcement__withdrawn_at=None)
    found = [one.announcement for one in rows.select_related("announcement")]
    return sorted(found, key=lambda one: (one.at, one.pk))


def unread(key: str, person: int) -> bool:
    """Whether a person was told of something and has not read it."""
    if (key, person) in _read:
        return False
    row = Told.objects.filter(announcement__key=key, person=person).values_list("read_at").first()
    if row is not None and row[0] is None:
        return True
    _read.add((key, person))
    return False


def closed_to(person: int, pairs: Collection[Pair], now: datetime | None = None) -> dict[Pair, int]:
    """Those of some queues whose announcement keeps a person out by now, and which it is."""
    at, binding = now or timezone.now(), _binding()
    wanted = {
        pk: pair
        for pair in pairs
        for pk, since in binding.get(pair, ())
        if since <= at < since + BINDS
    }
    if not wanted:
        return {}
    open_ = Told.objects.filter(
        announcement__in=wanted, person=person, read_at=None, works=True
    ).values_list("announcement", flat=True)
    return {wanted[pk]: pk for pk in open_}


def _binding() -> dict[Pair, list[tuple[int, datetime]]]:
    known = _kept.get(connection.alias)
    if known is not None and time.monotonic() - known[0] < _FRESH:
        return known[1]
    found: dict[Pair, list[tuple[int, datetime]]] = {}
    rows = Announcement.objects.filter(
        withdrawn_at=None, binds_at__gt=timezone.now() - BINDS
    ).values_list("market", "queue", "pk", "binds_at")
    for market, queue, pk, since in rows:
        if since is not None:
            found.setdefault((market, queue), []).append((pk, since))
    _kept[connection.alias] = time.monotonic(), found
    return found
