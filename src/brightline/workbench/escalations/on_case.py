"""What the console shows of questions: the answers on a case, and those that wait for a person."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.decide import BLIND
from brightline.workbench.cases.models import Case, Task
from brightline.workbench.escalations.models import Escalation


def answers_on(task: Task) -> list[Escalation]:
    """The questions that were answered in words on a task's case, the newest first.

    A blind second look is not told of them, unless its own turn was sent back with the answer.
    """
    found = Escalation.objects.filter(case_id=task.case_id).exclude(answer="")
    if task.kind in BLIND:
        found = found.filter(returned_as=task)
    else:
        found = found.filter(~Q(asked_from__kind__in=BLIND) | Q(returned_as=task))
    return list(found.select_related("answered_by", "asked_by").order_by("-answered_at"))


def question_of(task: Task) -> Escalation | None:
    """The question whose turn this is."""
    return (
        Escalation.objects.select_related("asked_by", "asked_from", "earlier")
        .filter(task=task)
        .first()
    )


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
