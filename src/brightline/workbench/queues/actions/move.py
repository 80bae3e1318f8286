"""Move waiting tasks to another queue of their market. Their clocks run on."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Task


def move(
    tasks: Collection[int], market: str, source: str, target: str, by: User, why: str
) -> Event | None:
    """Move those of the tasks that still wait in `source`; None where none does.

    One event tells which were moved. Raises `ValueError` without a reason.
    """
    if not why.strip():
        raise ValueError("a move has a reason")
    with transaction.atomic():
        waiting = Task.objects.select_for_update().filter(
            pk__in=tasks, market=market, queue=source, status=Task.Status.OPEN
        )
        moved = sorted(waiting.values_list("pk", flat=True))
        if not moved:
            return None
        Task.objects.filter(pk__in=moved).update(queue=target)
        return record(
            EventKind.TASK_MOVED, by, ("queue", f"{market}/{source}"), why=why.strip(),
            before={"queue": source}, after={"queue": target, "tasks": moved},
        )  # fmt: skip
