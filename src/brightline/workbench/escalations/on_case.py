"""What the console shows of questions: the answers on a case, and those that wait for a person."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.decide import BLIND
from brightline.workbench.cases.models import Case, Task
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.ready import Ready

_ANSWERED = (
    Escalation.objects.exclude(answer="")
    .select_related("answered_by", "asked_by")
    .order_by("-answered_at")
)
_TO_THIS_TURN = Ready(lambda hole: _ANSWERED.filter(returned_as=hole("task")), task=int)
_TO_ANY = Ready(
    lambda hole: _ANSWERED.filter(
        ~Q(asked_from__kind__in=BLIND) | Q(returned_as=hole("task")), case=hole("case")
    ),
    case=int,
    task=int,
)
_HANDLED = Ready(
    lambda hole: Escalation.objects.select_related("asked_by", "asked_from", "earlier").filter(
        task=hole("task")
    )[:1],
    task=int,
)


def answers_on(task: Task) -> list[Escalation]:
    """The questions that were answered in words on a task's case, the newest first.

    A blind second look is not told of them, unless its own turn was sent back with the answer.
    """
    if task.kind in BLIND:
        return _TO_THIS_TURN.rows(task=task.pk)
    return _TO_ANY.rows(case=task.case_id, task=task.pk)


def question_of(task: Task) -> Escalation | None:
    """The question whose turn this is."""
    return _HANDLED.first(task=task.pk)


def questions_on(case: Case) -> QuerySet[Escalation]:
    """Every question on a case, the oldest first."""
    return Escalation.objects.filter(case=case).order_by("pk")


def unread(person: User) -> int:
    """How many answers to a person's own questions they have not marked as read."""
    return _answered(person).filter(read_at=None).count()


def answers_for(person: User, most: int = 50) -> list[Escalation]:
    """A person's own questions, unread answers first, then the newest."""
    mine = Escalation.objects.filter(asked_by=person, by_rule=False).select_related(
        "case", "answered_by", "decision"
    )
    rows = list(mine.order_by("-asked_at")[:most])
    rows.sort(key=lambda one: not (one.answered_at and one.read_at is None))
    return rows


def _answered(person: User) -> QuerySet[Escalation]:
    return Escalation.objects.filter(asked_by=person, by_rule=False, answered_at__isnull=False)
