"""Hand a case up with a question: the turn in hand ends, one for a senior or specialist opens."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.decide import ended
from brightline.workbench.cases.models import Task, TaskKind
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import about
from brightline.workbench.escalations.actions.opening import opened
from brightline.workbench.escalations.desks import DESKS
from brightline.workbench.escalations.models import Escalation

MOST = 4_000
"""Characters that a question, an answer or a note is kept with."""


class AppealInHand(ValueError):
    """An appeal is decided by whoever holds it, or skipped: handing it up would leave it open."""


def escalate(
    task_id: int,
    person: User,
    question: str,
    to_role: str = "senior",
    *,
    fact: str = "",
    clause: str = "",
) -> Escalation:
    """End the turn in hand without a decision and put a question to `to_role` (see `DESKS`).

    The answers given so far stay for whoever gets the case; the asker never gets it again. The
    question is about the fact (name in JSON) or clause (id, or `sop/id`) named, else about the one
    asked next. Asked twice, it is one question. Raises `NotYours`, `AppealInHand`, `UnknownRule`,
    and `ValueError` without a question or for another role.
    """
    question = question.strip()[:MOST]
    if not question:
        raise ValueError("an escalation has a question")
    if to_role not in DESKS:
        raise ValueError(f"a question goes to one of {', '.join(DESKS)}, not to {to_role}")
    known = Escalation.objects.filter(asked_from_id=task_id, asked_by=person, by_rule=False).first()
    if known is not None:
        return known
    with transaction.atomic():
        now = timezone.now()
        task = ended(task_id, person, Task.Status.CANCELLED, now)
        if task.kind == TaskKind.APPEAL:
            raise AppealInHand("an appeal is not escalated")
        what = about(Turn(task), fact, clause)
        return opened(task, person, question, to_role, what, now)
