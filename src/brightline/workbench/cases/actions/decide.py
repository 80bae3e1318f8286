"""A person confirms the verdict of their turn: rules decide, the person stands for the facts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.answer import NotYours, in_hand
from brightline.workbench.cases.actions.conclude import write_decision
from brightline.workbench.cases.actions.receive import open_task
from brightline.workbench.cases.models import Decision, How, Task, TaskKind
from brightline.workbench.cases.routing import Route
from brightline.workbench.cases.working import Turn

SETTLES = (TaskKind.ADJUDICATE, TaskKind.ESCALATION, TaskKind.APPEAL, TaskKind.AGAIN)
"""Turns whose decision takes the place of an earlier one. Any other, where there is an earlier
one, was blind to it: it measures, and where it differs a senior settles the case."""


class NotDetermined(Exception):
    """The facts do not settle the case yet: there is a question left, or it must be escalated."""


def decide(task_id: int, person: User, note: str = "") -> Decision:
    """Confirm the verdict of a turn. Once decided, the same call gives the decision again.

    Raises `NotYours` and `NotDetermined`.
    """
    done = Decision.objects.filter(task_id=task_id, by=person).first()
    if done is not None:
        return done
    ahead = Turn(in_hand(task_id, person))
    if not ahead.ruling.verdict.determined:
        raise NotDetermined(task_id)
    with transaction.atomic():  # short: it holds up every other writer of a SQLite file
        now = timezone.now()
        task = ended(task_id, person, Task.Status.DONE, now)
        turn = Turn(task)
        turn.believe(ahead)
        if not turn.ruling.verdict.determined:
            raise NotDetermined(task_id)
        first = standing_decision(task)
        decision = write_decision(
            task.case, turn.engine, turn.ruling, How(task.kind), task, person, at=now, note=note,
            in_force=first is None or task.kind in SETTLES,
            seconds=(now - task.claimed_at).total_seconds() if task.claimed_at else 0.0,
        )  # fmt: skip
        if first is not None and task.kind not in SETTLES:
            compare(task, first, decision)
    return decision


def ended(task_id: int, person: User, status: Task.Status, at: datetime) -> Task:
    """The turn in a person's hands, brought to an end. Raises `NotYours`."""
    taken = Task.objects.filter(pk=task_id, claimed_by=person, status=Task.Status.CLAIMED).update(
        status=status, done_at=at, lease_until=None
    )
    if not taken:
        raise NotYours(task_id)
    return Task.objects.select_related("case").get(pk=task_id)


def standing_decision(task: Task) -> Decision | None:
    """The decision in force on the task's case, if any."""
    return task.case.decisions.filter(in_force=True).order_by("-at", "-pk").first()


def compare(task: Task, first: Decision, second: Decision) -> None:
    """Where two looks at a case differ, a senior settles it."""
    if (first.action, first.clause_ids) == (second.action, second.clause_ids):
        return
    if task.case.tasks.filter(kind=TaskKind.ADJUDICATE).exists():
        return
    way = Route(task.queue, task.urgency, task.case.due_at, None)
    opened = open_task(task.case, TaskKind.ADJUDICATE, way)
    record(
        EventKind.CASE_REQUEUED, None, ("task", opened.pk), case_id=task.case_id,
        after={"kind": opened.kind, "queue": opened.queue},
        before={"first": first.pk, "second": second.pk}, rulebook=task.case.sha,
    )  # fmt: skip
