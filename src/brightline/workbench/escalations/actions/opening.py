"""Open a question: its turn for the role it is put to, and its event. Part of other verbs."""

from __future__ import annotations

from datetime import datetime

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.decide import BLIND
from brightline.workbench.cases.actions.receive import open_task
from brightline.workbench.cases.models import Task, TaskKind
from brightline.workbench.cases.routing import Route
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.escalations.on_case import question_of


def opened(
    origin: Task,
    asker: User | None,
    question: str,
    to_role: str,
    what: About,
    at: datetime,
    *,
    desk: str = "",
    by_rule: bool = False,
    due_at: datetime | None = None,
) -> Escalation:
    """The question, opened. Call it in the transaction of the act.

    The new turn waits in the origin's queue, as urgent as that was. From a blind turn it is as
    blind, and as likely drawn: its decision is held against the first and does not replace it,
    else the cases that a second person found hard would be missing from what is measured.
    """
    case = origin.case
    way = Route(origin.queue, origin.urgency, due_at or origin.due_at, what.sop or None)
    blind = origin.kind in BLIND and not by_rule
    task = open_task(
        case, TaskKind(origin.kind) if blind else TaskKind.ESCALATION, way,
        origin.inclusion if blind else 1.0, to_role,
    )  # fmt: skip
    earlier = question_of(origin)
    if earlier is not None and earlier.open:
        earlier.state = Escalation.State.PASSED
        earlier.save(update_fields=["state"])
    made = Escalation.objects.create(
        case=case, market=case.market, asked_from=origin, task=task, earlier=earlier,
        asked_by=asker, asked_at=at, by_rule=by_rule, question=question, to_role=to_role,
        desk=desk, sop=what.sop, clause=what.clause, fact=what.fact, sha=case.sha,
    )  # fmt: skip
    record(
        EventKind.ESCALATION_ASKED, asker, ("escalation", made.pk), case_id=case.pk,
        before={"task": origin.pk, "kind": origin.kind},
        after={"task": task.pk, "to": to_role, "by_rule": by_rule, "sop": what.sop,
               "clause": what.clause, "fact": what.fact},
        why=question, rulebook=case.sha,
    )  # fmt: skip
    return made
