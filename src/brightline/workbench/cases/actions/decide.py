"""A person confirms the verdict of their turn: rules decide, the person stands for the facts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record, together
from brightline.workbench.cases.actions.answer import NotYours, in_hand
from brightline.workbench.cases.actions.conclude import write_decision
from brightline.workbench.cases.actions.receive import open_task
from brightline.workbench.cases.models import Decision, How, Task, TaskKind
from brightline.workbench.cases.routing import Route
from brightline.workbench.cases.taken import read_task
from brightline.workbench.cases.working import Turn
from brightline.workbench.ready import Ready, ReadyUpdate

BLIND = (TaskKind.SECOND, TaskKind.AUDIT)
"""Turns drawn by lot to measure. A question handed up from one stays one: see `escalations`."""
SETTLES = (TaskKind.ADJUDICATE, TaskKind.ESCALATION, TaskKind.APPEAL, TaskKind.AGAIN)
"""Turns whose decision takes the place of an earlier one. Any other, where there is an earlier
one, was blind to it: it measures, and where it differs a senior settles the case."""


_ENDED = ReadyUpdate(
    lambda hole: Task.objects.filter(
        pk=hole("task"), claimed_by=hole("person"), status=Task.Status.CLAIMED
    ),
    lambda hole: {"status": hole("status"), "done_at": hole("at"), "lease_until": None},
    task=int,
    person=int,
    status=str,
    at=datetime,
)
_STANDING = Ready(
    lambda hole: Decision.objects.filter(case=hole("case"), in_force=True).order_by("-at", "-pk")[
        :1
    ],
    case=int,
)


class NotDetermined(Exception):
    """The facts do not settle the case yet: there is a question left, or it must be escalated."""


def decide(task_id: int, person: User, note: str = "", seen: Turn | None = None) -> Decision:
    """Confirm the verdict of a turn. Once decided, the same call gives the decision again.

    `seen` is the turn as the caller has just read it. Raises `NotYours` and `NotDetermined`.
    """
    try:
        ahead = seen or Turn(in_hand(task_id, person))
    except NotYours:
        done = decided_before(task_id, person)
        if done is None:
            raise
        return done
    if not ahead.ruling.verdict.determined:
        raise NotDetermined(task_id)
    with transaction.atomic(), together():  # short: it holds up every other writer
        now = timezone.now()
        task = ended(task_id, person, Task.Status.DONE, now)
        turn = Turn(task)
        turn.believe(ahead)
        if not turn.ruling.verdict.determined:
            raise NotDetermined(task_id)
        first = standing_on(task.case_id)
        decision = write_decision(
            task.case, turn.engine, turn.ruling, How(task.kind), task, person, at=now, note=note,
            in_force=first is None or task.kind in SETTLES,
            seconds=(now - task.claimed_at).total_seconds() if task.claimed_at else 0.0,
        )  # fmt: skip
        if first is not None and task.kind not in SETTLES:
            compare(task, first, decision)
    return decision


def decided_before(task_id: int, person: User) -> Decision | None:
    """The decision that a person has made on a task already."""
    return Decision.objects.filter(task_id=task_id, by=person).first()


def ended(task_id: int, person: User, status: Task.Status, at: datetime) -> Task:
    """The turn in a person's hands, brought to an end. Raises `NotYours`."""
    if not _ENDED.run(task=task_id, person=person.pk, status=status.value, at=at):
        raise NotYours(task_id)
    return read_task(task_id)


def standing_on(case_id: int) -> Decision | None:
    """The decision in force on a case, if any."""
    return _STANDING.first(case=case_id)


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
