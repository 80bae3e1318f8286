"""Undo a move or a change of urgency, as far as the tasks still wait where it put them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Task

HOURS = 1


def can_undo(event: Event) -> bool:
    """Whether an event is one that can be undone, and young enough."""
    young = timezone.now() - event.at < timedelta(hours=HOURS)
    return event.kind in (EventKind.TASK_MOVED, EventKind.TASK_URGENCY) and young


def undo(event: Event, by: User) -> int:
    """Put the tasks of an event back to what they were; how many still could be.

    Raises `ValueError` on an event that cannot be undone.
    """
    if not can_undo(event) or not event.after or not event.before:
        raise ValueError("this cannot be undone any more")
    market, _slash, queue = event.on_id.partition("/")
    done: list[int] = []
    earlier: dict[str, Any]
    later: dict[str, Any]
    with transaction.atomic():
        if event.kind == EventKind.TASK_MOVED:
            done = _back(event.after["tasks"], {"market": market, "queue": event.after["queue"]},
                         {"queue": event.before["queue"]})  # fmt: skip
            before, after = event.after["queue"], event.before["queue"]
            earlier, later = {"queue": before}, {"queue": after, "tasks": done}
        else:
            for name, tasks in event.before.items():
                was = {"urgency": int(name.rpartition("_")[2])}
                now = {"market": market, "queue": queue, "urgency": event.after["urgency"]}
                done += _back(tasks, now, was)
            earlier, later = {"urgency": event.after["urgency"]}, {"tasks": done}
        if done:
            record(
                EventKind(event.kind), by, (event.on_type, event.on_id),
                before=earlier, after={**later, "undoes": event.seq},
            )  # fmt: skip
    return len(done)


def _back(tasks: list[int], now: Mapping[str, Any], was: Mapping[str, Any]) -> list[int]:
    found = Task.objects.select_for_update().filter(pk__in=tasks, status=Task.Status.OPEN, **now)
    back = sorted(found.values_list("pk", flat=True))
    Task.objects.filter(pk__in=back).update(**was)
    return back
