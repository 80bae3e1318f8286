"""Which notice holds for each queue: the newest in force, and those still ahead.

What is read at every claim is remembered for a moment; who has passed is remembered for good.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from brightline.workbench.cases.gates import Pair
from brightline.workbench.understanding.models import Notice, Recipient

_FRESH = 2.0
"""Seconds for which the notices are remembered: a new one takes hold this much later."""
_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice as the gate knows it."""

    notice: int
    pair: Pair
    effective_at: datetime
    expires_at: datetime | None
    sent: bool
    binds_at: datetime | None


_kept: dict[str, tuple[float, list[Standing]]] = {}
_passed: set[tuple[int, int]] = set()


def forget() -> None:
    """Read everything anew: after an act here, and between tests."""
    _kept.clear()
    _passed.clear()


def standings() -> list[Standing]:
    """Every notice that is not withdrawn, nor its release called off, the newest release first; a
    moment old at most."""
    known = _kept.get(connection.alias)
    if known is not None and time.monotonic() - known[0] < _FRESH:
        return known[1]
    rows = (
        Notice.objects.exclude(state=Notice.State.WITHDRAWN)
        .filter(briefing__release__cancellation=None)
        .order_by("-briefing__release__effective_at", "-briefing__release__number")
        .values_list(
            "pk", "market", "queue", "briefing__release__effective_at",
            "briefing__release__expires_at", "state", "binds_at",
        )
    )  # fmt: skip
    found = [
        Standing(pk, (market, queue), at, until, state == Notice.State.SENT, binds)
        for pk, market, queue, at, until, state, binds in rows
    ]
    _kept[connection.alias] = time.monotonic(), found
    return found


def in_force(now: datetime | None = None) -> dict[Pair, Standing]:
    """Queue → the notice of the newest release in force that touched it, sent or not."""
    at, found = now or timezone.now(), dict[Pair, Standing]()
    for one in standings():
        if one.effective_at <= at and (one.expires_at is None or one.expires_at > at):
            found.setdefault(one.pair, one)
    return found


def binding(pairs: Collection[Pair], now: datetime | None = None) -> dict[Pair, Standing]:
    """Those of some queues whose notice keeps out who has not passed it, by now."""
    at, wanted = now or timezone.now(), set(pairs)
    return {
        pair: one
        for pair, one in in_force(at).items()
        if pair in wanted and one.sent and one.binds_at is not None and one.binds_at <= at
    }


def waiting_for(person: int, notices: Collection[int], now: datetime | None = None) -> set[int]:
    """Those of some notices that a person has neither passed nor is excused from."""
    open_ = {one for one in notices if (one, person) not in _passed}
    if not open_:
        return set()
    free = dict(
        Recipient.objects.filter(
            Q(passed_at__isnull=False) | Q(excused_until__gt=now or timezone.now()),
            notice__in=open_, person=person,
        ).values_list("notice", "passed_at")
    )  # fmt: skip
    if len(_passed) > _MOST:
        _passed.clear()
    _passed.update((notice, person) for notice, passed in free.items() if passed is not None)
    return open_ - set(free)
