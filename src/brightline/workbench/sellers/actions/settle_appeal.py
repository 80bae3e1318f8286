"""Close the appeals on a case that a decision answers, and tell the seller."""

from __future__ import annotations

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Decision, How, Task
from brightline.workbench.ready import Ready
from brightline.workbench.sellers.actions.state_reasons import rendered
from brightline.workbench.sellers.comparing import outcome_of, restricts
from brightline.workbench.sellers.letters import send_outcome
from brightline.workbench.sellers.models import Appeal, Seller
from brightline.workbench.sellers.telling import Telling

_WAITING = Ready(
    lambda hole: (
        Appeal.objects.select_for_update(of=("self",))
        .filter(case=hole("case"), outcome="")
        .select_related("task", "statement")
    ),
    case=int,
)
_UNDONE = (Task.Status.OPEN, Task.Status.CLAIMED)


def settle_appeals(decision: Decision, seller: Seller | None) -> list[Appeal]:
    """The appeals that a decision closes. Call it in the transaction of the decision.

    It closes an appeal that it was made on; one that was handed on from an appeal; and, where
    nothing is held against the seller any more, one that nobody has come to yet.
    """
    closed = [a for a in _WAITING.rows(case=decision.case_id) if _answers(decision, a)]
    for appeal in closed:
        _close(appeal, decision, seller)
    return closed


def _answers(decision: Decision, appeal: Appeal) -> bool:
    if decision.how == How.APPEAL or appeal.task.status == Task.Status.DONE:
        return True
    return not restricts(decision)


def _close(appeal: Appeal, decision: Decision, seller: Seller | None) -> None:
    Task.objects.filter(pk=appeal.task_id, status__in=_UNDONE).update(
        status=Task.Status.CANCELLED, done_at=decision.at, lease_until=None
    )
    appeal.outcome = outcome_of(appeal.statement.decision, decision)
    appeal.decision, appeal.decided_at = decision, decision.at
    appeal.answer = rendered(Telling(decision), seller)
    appeal.save(update_fields=["outcome", "decision", "decided_at", "answer"])
    record(
        EventKind.APPEAL_DECIDED, decision.by, ("appeal", appeal.pk), case_id=appeal.case_id,
        before={"action": appeal.statement.decision.action,
                "points": appeal.statement.decision.points},
        after={"number": appeal.number, "outcome": appeal.outcome, "action": decision.action,
               "points": decision.points, "seller": seller.code if seller else "",
               "market": appeal.case.market, "ref": appeal.case.ref},
        rulebook=decision.sha,
    )  # fmt: skip
    send_outcome(appeal)
