"""Send the case of an answered question back to its queue. Part of answering."""

from __future__ import annotations

from datetime import datetime

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.decide import BLIND, standing_on
from brightline.workbench.cases.actions.receive import open_task
from brightline.workbench.cases.models import Task, TaskKind
from brightline.workbench.cases.routing import Route
from brightline.workbench.escalations.actions.take import HeldByAnother, free_for
from brightline.workbench.escalations.closing import root
from brightline.workbench.escalations.models import Escalation


def send_back(question: Escalation, person: User, now: datetime) -> Task:
    """End the question's turn and open one such as it was asked from, for anyone of the queue.

    Where a decision stands already (a rule handed the case on), the new turn may take its place;
    it is then an escalation that moderators get too. Raises `HeldByAnother`.
    """
    ended = Task.objects.filter(free_for(person, now), pk=question.task_id).update(
        status=Task.Status.CANCELLED, done_at=now, lease_until=None
    )
    if not ended:
        raise HeldByAnother(question.task_id)
    task, origin = question.task, root(question).asked_from or question.task
    kind = TaskKind(origin.kind)
    if kind not in BLIND and standing_on(task.case_id) is not None:
        kind = TaskKind.ESCALATION
    way = Route(task.queue, task.urgency, task.due_at, None)
    opened = open_task(task.case, kind, way, origin.inclusion)
    if kind == TaskKind.ESCALATION:
        opened.senior = False
        opened.save(update_fields=["senior"])
    question.returned_as = opened
    question.save(update_fields=["returned_as"])
    return opened
