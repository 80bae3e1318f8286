"""Put an open question to another role: it reached the wrong desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Task
from brightline.workbench.escalations.actions.answer_question import AlreadyClosed
from brightline.workbench.escalations.actions.escalate import MOST
from brightline.workbench.escalations.actions.take import HeldByAnother, free_for
from brightline.workbench.escalations.desks import DESKS, may_see
from brightline.workbench.escalations.models import Escalation


def pass_on(question_id: int, person: User, to_role: str, why: str) -> Escalation:
    """Put a question to another role of `DESKS`; its turn follows, back in the queue.

    Anyone may who may answer questions of its queue, but not the asker. Raises `PermissionDenied`,
    `AlreadyClosed`, `HeldByAnother`, and `ValueError` without a reason or for the same role.
    """
    why = why.strip()[:MOST]
    if not why:
        raise ValueError("passing on has a reason")
    with transaction.atomic():
        question = Escalation.objects.select_for_update().get(pk=question_id)
        if not may_see(person, question) or question.asked_by_id == person.pk:
            raise PermissionDenied(Permission.ESCALATIONS_QUESTION_ANSWER)
        if not question.open:
            raise AlreadyClosed(question_id)
        if to_role not in DESKS or to_role == question.to_role:
            raise ValueError("a question is passed on to another role")
        now, before = timezone.now(), question.to_role
        moved = Task.objects.filter(free_for(person, now), pk=question.task_id).update(
            status=Task.Status.OPEN, role=to_role, claimed_by=None, claimed_at=None,
            lease_until=None,
        )  # fmt: skip
        if not moved:
            raise HeldByAnother(question.task_id)
        question.task.answers.all().delete()
        question.to_role, question.desk = to_role, ""
        question.save(update_fields=["to_role", "desk"])
        record(
            EventKind.ESCALATION_ASKED, person, ("escalation", question.pk),
            case_id=question.case_id, before={"to": before}, after={"to": to_role}, why=why,
            rulebook=question.sha,
        )  # fmt: skip
    return question
