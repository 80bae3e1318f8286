"""Free tasks that someone has in hand and does not get on with."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.take_back import take_back
from brightline.workbench.cases.models import Task


def put_back(tasks: Collection[int], market: str, queue: str, by: User, why: str) -> int:
    """Put those of the tasks that are in someone's hands back into the queue; how many.

    One event a task, since each takes something from a person. Raises `ValueError` without a
    reason.
    """
    if not why.strip():
        raise ValueError("a task is taken back for a reason")
    with transaction.atomic():
        held = Task.objects.filter(
            pk__in=tasks, market=market, queue=queue, status=Task.Status.CLAIMED
        ).order_by("pk")
        return sum(take_back(task, by, why.strip()) for task in held)
