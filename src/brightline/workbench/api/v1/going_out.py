"""What the API tells: a case with its reasons, the queues."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from brightline import i18n
from brightline.i18n import _
from brightline.rulebook.telling import explain
from brightline.workbench.accounts.may import may, reach
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api.door import ApiError, Needs, allowed, caller, check
from brightline.workbench.api.v1.coming_in import ERRORS
from brightline.workbench.api.v1.schemas import CaseOut, QueueOut
from brightline.workbench.cases.claiming import queues_in
from brightline.workbench.cases.models import Case, Decision, QueueState, Task
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of
from brightline.workbench.rulebooks.models import Release

router = Router()
READ, WATCH = Permission.CASES_CASE_READ, Permission.QUEUES_QUEUE_WATCH


@router.get(
    "/cases/{market}/{path:ref}", auth=Needs(READ), response={200: CaseOut, **ERRORS},
    operation_id="case", summary="A case as it stands", tags=["cases"],
    description="With the decision in force, its clauses, and its reasons in every language.",
)  # fmt: skip
def case(request: HttpRequest, market: str, ref: str) -> dict[str, Any]:
    """One case."""
    check(request, READ, market)
    found = None
    if "\x00" not in ref:
        found = Case.objects.filter(market=market, ref=ref).first()
    if found is None:
        raise ApiError(404, _("there is no case {ref}").format(ref=ref[:120]))
    standing = found.decisions.filter(in_force=True).order_by("-at", "-pk").first()
    task = found.tasks.exclude(status__in=("done", "cancelled")).order_by("pk").first()
    user = caller(request).user
    queues = list(found.tasks.values_list("queue", flat=True).distinct()) or [""]
    if not any(may(user, READ, market, queue) for queue in queues):
        raise ApiError(404, _("there is no case {ref}").format(ref=ref[:120]))
    waiting = standing is None
    return {
        "market": found.market,
        "ref": found.ref,
        "subject": found.subject,
        "source": found.source,
        "status": "waiting" if waiting else "decided",
        "queue": task.queue if waiting and task is not None else None,
        "received_at": found.received_at,
        "due_at": found.due_at if waiting else None,
        "pictures": found.pictures.count(),
        "decision": None if standing is None else decision_told(found, standing),
    }


def decision_told(case: Case, decision: Decision) -> dict[str, Any]:
    """A decision as the API and the webhooks tell it, with its reasons in every language."""
    return {
        "action": decision.action,
        "how": decision.how,
        "at": decision.at,
        "day": decision.day.isoformat(),
        "rulebook": decision.sha,
        "points": decision.points,
        "violation": decision.violation,
        "clauses": decision.clauses,
        "reasons": _reasons(case, decision),
    }


def _reasons(case: Case, decision: Decision) -> dict[str, Any]:
    ruling = engine_of(decision.sha).decide(case.subject, decision.day, decision.facts)
    told = {}
    for language in i18n.LANGUAGES:
        with i18n.use(language):
            said = explain(ruling)
        told[language] = {
            "headline": said.headline,
            "points": said.points,
            "ladder": said.ladder,
            "reasons": [
                {
                    **{
                        name: value
                        for name, value in asdict(reason).items()
                        if name in ("sop", "clause", "sop_title", "title", "action", "notice")
                    },
                    "basis": list(reason.basis),
                    "because": [one.statement for one in reason.because],
                }
                for reason in said.reasons
            ],
        }
    return told


@router.get(
    "/queues", auth=Needs(WATCH), response={200: list[QueueOut], **ERRORS},
    operation_id="queues", summary="How much waits in each queue", tags=["queues"],
)  # fmt: skip
def queues(request: HttpRequest) -> list[dict[str, Any]]:
    """The depth of every queue that the key may watch."""
    user, now = caller(request).user, timezone.now()
    counted: dict[tuple[str, str], Any] = {
        (row["market"], row["queue"]): row
        for row in Task.objects.filter(status__in=("open", "claimed"))
        .values("market", "queue")
        .annotate(
            open=Count("pk", filter=Q(status="open")),
            claimed=Count("pk", filter=Q(status="claimed")),
            overdue=Count("pk", filter=Q(due_at__lt=now)),
            next_due_at=Min("due_at"),
        )
    }
    paused = set(QueueState.objects.filter(paused=True).values_list("market", "queue"))
    found = []
    for market in markets_of(request, WATCH):
        names = dict.fromkeys([*_queues_in(market), *(q for m, q in counted if m == market)])
        for name in names:
            if not may(user, WATCH, market, name):
                continue
            row = counted.get((market, name), {})
            found.append(
                {
                    "market": market,
                    "queue": name,
                    **{key: row.get(key, 0) for key in ("open", "claimed", "overdue")},
                    "next_due_at": row.get("next_due_at"),
                    "paused": (market, name) in paused,
                }
            )
    return found


def _queues_in(market: str) -> list[str]:
    try:
        return queues_in(market)
    except NoRulebook:
        return []


def markets_of(request: HttpRequest, permission: Permission) -> list[str]:
    """The markets with a rulebook that the key reaches, in alphabetical order."""
    every = set(Release.objects.values_list("market", flat=True).distinct())
    every |= {market for market, _queue in reach(caller(request).user, permission) if market}
    return sorted(one for one in every if allowed(request, permission, one))
