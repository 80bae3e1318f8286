"""Take a claimed task back from the person who has it, for anyone: their account was closed, or
someone who manages the queue frees it."""

from __future__ import annotations

from typing import Any

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Task


def take_back(task: Task, by: User | None, why: str) -> bool:
    """Put one claimed task back into its queue; False where it is not claimed any more.

    Call it in a transaction. The answers given so far go: the next person begins afresh.
    """
    held = Task.objects.filter(pk=task.pk, status=Task.Status.CLAIMED, claimed_by=task.claimed_by)
    opened = held.update(
        status=Task.Status.OPEN, claimed_by=None, claimed_at=None, lease_until=None
    )
    if not opened:
        return False
    task.answers.all().delete()
    record(
        EventKind.TASK_RELEASED, by, ("task", task.pk), case_id=task.case_id,
        before={"person": task.claimed_by_id}, why=why,
    )  # fmt: skip
    return True


def take_back_all(person: User, by: User, **_more: Any) -> None:
    """Take back whatever a person has in hand, in the transaction that closes their account."""
    for task in Task.objects.filter(claimed_by=person, status=Task.Status.CLAIMED):
        take_back(task, by, "account closed")
