"""Reading one task with its case, by statements that are ready: every request of a turn does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.leases import lease_minutes
from brightline.workbench.cases.models import Task
from brightline.workbench.ready import Ready, ReadyUpdate

_ONE = Ready(lambda hole: Task.objects.select_related("case").filter(pk=hole("task")), task=int)
_MINE = Ready(
    lambda hole: Task.objects.select_related("case").filter(
        pk=hole("task"), claimed_by=hole("person"), status=Task.Status.CLAIMED
    ),
    task=int,
    person=int,
)
_HELD = Ready(
    lambda hole: (
        Task.objects.select_related("case")
        .filter(claimed_by=hole("person"), status=Task.Status.CLAIMED, lease_until__gt=hole("now"))
        .order_by("claimed_at")[:1]
    ),
    person=int,
    now=datetime,
)

_LEASED = ReadyUpdate(
    lambda hole: Task.objects.filter(
        pk=hole("task"), claimed_by=hole("person"), status=Task.Status.CLAIMED
    ),
    lambda hole: {"lease_until": hole("until")},
    task=int,
    person=int,
    until=datetime,
)


def read_task(task_id: int) -> Task:
    """A task that is there. Raises `Task.DoesNotExist`."""
    found = _ONE.first(task=task_id)
    if found is None:
        raise Task.DoesNotExist(task_id)
    return found


def task_of(task_id: int, person: User) -> Task | None:
    """The task, if it is in this person's hands; a lease that ran out counts until it is taken."""
    return _MINE.first(task=task_id, person=person.pk)


def held_task(person: User) -> Task | None:
    """The task that a person has in hand, if its lease still runs."""
    return _HELD.first(person=person.pk, now=timezone.now())


def leased_anew(task_id: int, person: User, market: str) -> datetime | None:
    """Let the lease of a task in a person's hands run anew; until when. None: it is not theirs."""
    until = timezone.now() + timedelta(minutes=lease_minutes(market))
    return until if _LEASED.run(task=task_id, person=person.pk, until=until) else None
