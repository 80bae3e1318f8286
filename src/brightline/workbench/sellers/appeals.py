"""Appeals as staff meet them: on a task, in a list, and who may read them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from brightline.workbench.accounts.may import may, reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Task, TaskKind
from brightline.workbench.sellers.models import Appeal

PANEL = "sellers/_appeal.html"
"""The seller's words, their papers and the decision they are about, to be included beside a case
under the name `appeal`."""


def appeal_of(task: Task) -> Appeal | None:
    """The appeal that a task is about; None where it is not one."""
    if task.kind != TaskKind.APPEAL:
        return None
    return (
        Appeal.objects.filter(task=task)
        .select_related("statement__decision", "seller", "case", "task")
        .prefetch_related("papers")
        .first()
    )


def readable(person: User) -> QuerySet[Appeal]:
    """The appeals that a person may read, by market and queue."""
    mine = Q(pk__in=[])
    for market, queue in reach(person, Permission.APPEALS_APPEAL_READ):
        where = {"task__market": market} if market else {}
        where |= {"task__queue": queue} if queue else {}
        mine |= Q(**where) if where else ~Q(pk__in=[])
    return Appeal.objects.filter(mine).select_related("statement", "seller", "case", "task")


def may_read(person: User, appeal: Appeal) -> bool:
    """Whether a person may read an appeal and its papers."""
    task = appeal.task
    return may(person, Permission.APPEALS_APPEAL_READ, task.market, task.queue)
