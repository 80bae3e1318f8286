"""Take the case of one particular question in hand, out of its turn in the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from brightline.workbench.accounts.may import may, roles_at
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.gates import barred
from brightline.workbench.cases.leases import lease_minutes
from brightline.workbench.cases.models import Aside, QueueState, Task
from brightline.workbench.escalations.models import Escalation


class CannotTake(Exception):
    """The person has had a turn at this case, or set it aside: another has to decide it."""


class HeldByAnother(Exception):
    """Someone else has the case in hand."""


class KeptOut(Exception):
    """A gate keeps the person from the queue for now; `str` is why."""


class Paused(Exception):
    """The queue is paused; `str` is why."""


def take(question_id: int, person: User) -> Task:
    """Take a question's case in hand, to decide it in the console. Taken already, it stays so.

    Raises `PermissionDenied`, `CannotTake`, `HeldByAnother`, `KeptOut` and `Paused`.
    """
    with transaction.atomic():
        question = Escalation.objects.select_for_update().get(pk=question_id)
        return taken(question, person, timezone.now())


def taken(question: Escalation, person: User, now: datetime) -> Task:
    """The same, within the transaction of another act."""
    task = question.task
    if not may_take(person, task):
        raise PermissionDenied(Permission.CASES_TASK_WORK)
    if task.status == Task.Status.CLAIMED and task.claimed_by_id == person.pk:
        return task
    if had_a_turn(person, task):
        raise CannotTake(task.pk)
    shut = barred(person, [(task.market, task.queue)])
    if shut:
        raise KeptOut(next(iter(shut.values())).words)
    paused = QueueState.objects.filter(market=task.market, queue=task.queue, paused=True).first()
    if paused is not None:
        raise Paused(paused.why)
    claimed = Task.objects.filter(free_for(person, now), pk=task.pk).update(
        status=Task.Status.CLAIMED, claimed_by=person, claimed_at=now,
        lease_until=now + timedelta(minutes=lease_minutes(task.market)),
    )  # fmt: skip
    if not claimed:
        raise HeldByAnother(task.pk)
    task.refresh_from_db()
    record(
        EventKind.TASK_CLAIMED, person, ("task", task.pk), case_id=task.case_id,
        after={"queue": task.queue, "kind": task.kind, "question": question.pk},
        rulebook=question.sha,
    )  # fmt: skip
    return task


def free_for(person: User, now: datetime) -> Q:
    """Turns that nobody else has in hand: waiting, the person's own, or with a lease run out."""
    held = Q(status=Task.Status.CLAIMED)
    return Q(status=Task.Status.OPEN) | held & (Q(claimed_by=person) | Q(lease_until__lt=now))


def may_take(person: User, task: Task) -> bool:
    """Whether a turn is one for this person: they work on that queue, in the role it asks for."""
    if not may(person, Permission.CASES_TASK_WORK, task.market, task.queue):
        return False
    if task.senior and not may(
        person, Permission.ESCALATIONS_QUESTION_ANSWER, task.market, task.queue
    ):
        return False
    return not task.role or task.role in roles_at(person, task.market, task.queue)


def had_a_turn(person: User, task: Task) -> bool:
    """Whether they had another turn at its case, or set it aside."""
    others = Task.objects.filter(case_id=task.case_id, claimed_by=person).exclude(pk=task.pk)
    return others.exists() or Aside.objects.filter(case_id=task.case_id, person=person).exists()
