"""The task of a page: only the person who holds it sees it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.answer import in_hand
from brightline.workbench.cases.actions.decide import BLIND
from brightline.workbench.cases.models import Task, TaskKind

__all__ = ["BLIND", "SETTLING", "my_task"]

SETTLING = (TaskKind.ADJUDICATE, TaskKind.ESCALATION, TaskKind.APPEAL, TaskKind.AGAIN)
"""Turns that weigh earlier decisions on the case."""


def my_task(request: HttpRequest, task_id: int) -> Task:
    """The task, in the hands of who is asking.

    Raises `NotYours`, and `PermissionDenied` where the right to its queue was taken away since.
    """
    assert isinstance(request.user, User)
    task = in_hand(task_id, request.user)
    if not may(request.user, Permission.CASES_TASK_WORK, task.market, task.queue):
        raise PermissionDenied(Permission.CASES_TASK_WORK.value)
    return task
