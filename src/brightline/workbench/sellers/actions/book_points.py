"""Book the points of a decision, and do what the ladder says."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Decision
from brightline.workbench.ready import Ready, ReadyInsert
from brightline.workbench.sellers.ladder import InForce, ladder_at, standing, unfounded
from brightline.workbench.sellers.models import AccountAction, PointEntry, Seller

_ENTRIES = Ready(lambda hole: PointEntry.objects.filter(case=hole("case")).order_by("id"), case=int)
_NEWEST = Ready(
    lambda hole: PointEntry.objects.filter(seller=hole("seller")).order_by("-at")[:1], seller=int
)
_ENTRY = ReadyInsert(PointEntry)


def book_points(seller: Seller, decision: Decision, fresh: bool = False) -> PointEntry | None:
    """Bring the ledger to what a decision in force says; None where it says so already.

    Call it in the transaction of the decision, with the seller's row locked. A decision that was
    booked before books nothing. `fresh`: the case has just come in, so that none was.
    """
    earlier = [] if fresh else _ENTRIES.rows(case=decision.case_id)
    if any(entry.decision_id == decision.pk for entry in earlier):
        return None
    held = sum(entry.amount for entry in earlier)
    if decision.points == held:
        return None
    entry = _ENTRY.add(PointEntry(
        seller=seller,
        case_id=decision.case_id,
        decision=decision,
        amount=decision.points - held,
        at=decision.at,
        counts_from=_since(earlier) if held else decision.at,
    ))  # fmt: skip
    inforce = ladder_at(seller.market, decision.at, decision.sha)
    moment = _moment(seller, decision)
    after = standing(seller, moment, inforce.window) if inforce else _all(seller)
    record(
        EventKind.POINTS_ADDED if entry.amount > 0 else EventKind.POINTS_RETURNED,
        decision.by, ("seller", seller.pk), case_id=decision.case_id,
        before={"points": after - entry.amount},
        after={"seller": seller.code, "market": seller.market, "points": after,
               "change": entry.amount, "decision": decision.pk},
        rulebook=decision.sha,
    )  # fmt: skip
    if entry.amount < 0:
        _lift(seller, decision)
    elif inforce:
        _limit(seller, decision, inforce, entry, after, moment)
    return entry


def _since(earlier: list[PointEntry]) -> datetime:
    """When the points that a case holds began to count: with the entry that brought it above 0."""
    held, since = 0, earlier[0].counts_from
    for entry in earlier:
        if held == 0:
            since = entry.counts_from
        held += entry.amount
    return since


def _all(seller: Seller) -> int:
    return seller.entries.aggregate(sum=Sum("amount"))["sum"] or 0


def _moment(seller: Seller, decision: Decision) -> datetime:
    """When the seller's points stand as this decision leaves them.

    Of two decisions at the same time the one that is booked last may have been made first: the
    other's points are there already, and a rung is reached once.
    """
    newest = _NEWEST.first(seller=seller.pk)
    return decision.at if newest is None else max(newest.at, decision.at)


def _limit(
    seller: Seller,
    decision: Decision,
    inforce: InForce,
    entry: PointEntry,
    after: int,
    moment: datetime,
) -> None:
    """An account action for every rung that this entry has led to."""
    counted = entry.counts_from > moment - inforce.window
    before = after - entry.amount if counted else after
    for step in sorted(inforce.ladder.steps, key=lambda one: one.at):
        if not before < step.at <= after:
            continue
        action = AccountAction.objects.create(
            seller=seller, decision=decision, rung=step.at, standing=after,
            title=dict(step.title), window=inforce.ladder.window, sha=inforce.sha,
            at=decision.at,
        )  # fmt: skip
        record(
            EventKind.ACCOUNT_LIMITED, decision.by, ("seller", seller.pk),
            case_id=decision.case_id, before={"points": before},
            after={"seller": seller.code, "market": seller.market, "account_action": action.pk,
                   "rung": step.at, "title": action.title, "points": after},
            rulebook=inforce.sha,
        )  # fmt: skip


def _lift(seller: Seller, decision: Decision) -> None:
    """Lift what would not have come about without the points given back."""
    for action in unfounded(seller):
        action.lifted_at, action.lifted_by = decision.at, decision
        action.save(update_fields=["lifted_at", "lifted_by"])
        record(
            EventKind.ACCOUNT_RESTORED, decision.by, ("seller", seller.pk),
            case_id=decision.case_id,
            after={"seller": seller.code, "market": seller.market, "account_action": action.pk,
                   "rung": action.rung, "title": action.title},
            rulebook=action.sha,
        )  # fmt: skip
