"""Taking rows of an outbox, and when to try again: the same for calls and mails.

Several processes may take at once: each gets other rows. A row is lent for a minute; one whose
process died is taken again then, so that everything is sent at least once.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from brightline.workbench.delivery.models import Outgoing

LEASE = timedelta(seconds=60)
WAITS = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""Before each further try; after the last, about three days, it is given up."""
SAID = 500
"""Characters that are kept of an answer."""

Row = TypeVar("Row", bound=Outgoing)


def taken(rows: QuerySet[Row], most: int) -> list[Row]:
    """Rows that are due, lent to this process; the longest due first."""
    now = timezone.now()
    due = rows.filter(status=Outgoing.Status.WAITING, next_at__lte=now).filter(
        Q(lease_until=None) | Q(lease_until__lt=now)
    )
    if not due.exists():
        return []  # most of the time: no lock is taken for nothing
    with transaction.atomic():
        locked = due.order_by("next_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            locked = locked.select_for_update(skip_locked=True, of=("self",))
        found = list(locked[:most])
        until = now + LEASE
        rows.model._default_manager.filter(pk__in=[row.pk for row in found]).update(
            lease_until=until
        )
        for row in found:
            row.lease_until = until
    return found


def succeeded(row: Outgoing, said: str = "") -> None:
    """Note that a row is sent; whoever holds its lease by now."""
    row.status, row.sent_at = Outgoing.Status.SENT, timezone.now()
    _noted(row, said)


def failed(row: Outgoing, said: str, for_good: bool = False) -> None:
    """Note that a try failed: again later, or given up."""
    wait = None if for_good else after(row.attempts + 1)
    if wait is None:
        row.status = Outgoing.Status.GIVEN_UP
    else:
        row.next_at = timezone.now() + wait
    _noted(row, said)


def after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries, give or take a fifth; None: no longer."""
    if attempts > len(WAITS):
        return None
    return WAITS[attempts - 1] * random.uniform(0.8, 1.2)


def _noted(row: Outgoing, said: str) -> None:
    row.attempts += 1
    row.said = cut(said)
    row.lease_until = None
    row.save()


def cut(said: str) -> str:
    """The beginning of what was said, without what no database keeps."""
    return said.replace("\x00", "")[:SAID]


def again(row: Outgoing, now: datetime | None = None) -> None:
    """Try a row again at once, as if it were new; a person asked for it."""
    row.status, row.attempts, row.lease_until = Outgoing.Status.WAITING, 0, None
    row.next_at, row.sent_at = now or timezone.now(), None
    row.save()
