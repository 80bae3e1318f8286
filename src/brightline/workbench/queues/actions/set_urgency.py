"""Change how urgent waiting tasks are, within the four degrees that everyone can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.routing import URGENCIES


def set_urgency(
    tasks: Collection[int], market: str, queue: str, urgency: int, by: User, why: str
) -> Event | None:
    """Give those of the tasks that still wait another degree; None where none changes.

    The event keeps what each was before. Raises `ValueError` on a degree that there is not, and
    without a reason.
    """
    if urgency not in URGENCIES or not why.strip():
        raise ValueError("a degree from 0 to 3, and a reason")
    with transaction.atomic():
        waiting = Task.objects.select_for_update().filter(
            pk__in=tasks, market=market, queue=queue, status=Task.Status.OPEN
        ).exclude(urgency=urgency)  # fmt: skip
        before: dict[int, list[int]] = defaultdict(list)
        for pk, was in waiting.values_list("pk", "urgency").order_by("pk"):
            before[was].append(pk)
        changed = sorted(pk for some in before.values() for pk in some)
        if not changed:
            return None
        Task.objects.filter(pk__in=changed).update(urgency=urgency)
        return record(
            EventKind.TASK_URGENCY, by, ("queue", f"{market}/{queue}"), why=why.strip(),
            before={f"urgency_{was}": some for was, some in sorted(before.items())},
            after={"urgency": urgency, "tasks": changed},
        )  # fmt: skip
