"""How the queues of a market stand: what waits, since when, what is late, what was done today."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from brightline.workbench.cases.models import Decision, QueueState, Task

_FRESH = 5.0
"""Seconds for which the figures are remembered: pages ask again every 15."""
_kept: dict[str, tuple[float, dict[str, Standing]]] = {}


@dataclass
class Standing:
    """One queue. `within` of `decided` decisions today came before the task was due."""

    waiting: int = 0
    claimed: int = 0
    oldest: datetime | None = None
    next_due: datetime | None = None
    overdue: int = 0
    decided: int = 0
    within: int = 0


def standings(market: str) -> dict[str, Standing]:
    """Queue → how it stands, for every queue in which anything is; a few seconds old at most."""
    kept = _kept.get(market)
    if kept is not None and time.monotonic() - kept[0] < _FRESH:
        return kept[1]
    found = _counted(market)
    _kept[market] = time.monotonic(), found
    return found


def forget() -> None:
    """Count anew: after an act of one's own, and between tests."""
    _kept.clear()


def _counted(market: str) -> dict[str, Standing]:
    now, found = timezone.now(), dict[str, Standing]()
    unfinished = (Task.Status.OPEN, Task.Status.CLAIMED)
    rows = (
        Task.objects.filter(market=market, status__in=unfinished)
        .values("queue", "status")
        .annotate(n=Count("pk"), oldest=Min("created_at"), due=Min("due_at"),
                  late=Count("pk", filter=Q(due_at__lt=now)))
    )  # fmt: skip
    for row in rows:
        one = found.setdefault(row["queue"], Standing())
        if row["status"] == Task.Status.OPEN:
            one.waiting, one.oldest = row["n"], row["oldest"]
        else:
            one.claimed = row["n"]
        one.overdue += row["late"]
        one.next_due = min(one.next_due or row["due"], row["due"])
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    done = (
        Decision.objects.filter(at__gte=midnight, task__market=market)
        .values("task__queue")
        .annotate(n=Count("pk"), within=Count("pk", filter=Q(at__lte=F("task__due_at"))))
    )
    for today in done:
        one = found.setdefault(today["task__queue"], Standing())
        one.decided, one.within = today["n"], today["within"]
    return found


def paused(market: str) -> dict[str, QueueState]:
    """The paused queues of a market, with who paused them and why."""
    states = QueueState.objects.filter(market=market, paused=True).select_related("by")
    return {state.queue: state for state in states}
