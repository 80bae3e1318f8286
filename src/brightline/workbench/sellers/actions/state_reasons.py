"""Make the statement of reasons that a decision calls for, if it calls for one."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from brightline import i18n
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Decision, How, Market
from brightline.workbench.ready import Ready, ReadyInsert, ReadyValues
from brightline.workbench.sellers.comparing import restricts, same, weight
from brightline.workbench.sellers.links import link_of, path_of
from brightline.workbench.sellers.models import Seller, Statement, StatementKind
from brightline.workbench.sellers.standing import standing_after
from brightline.workbench.sellers.telling import Telling

_LAST = Ready(
    lambda hole: (
        Statement.objects.filter(case=hole("case")).select_related("decision").order_by("-id")[:1]
    ),
    case=int,
)
_STATEMENT = ReadyInsert(Statement)
_DAYS = ReadyValues(
    lambda hole: Market.objects.filter(pk=hole("market")).values_list("appeal_days"), market=str
)


def state_reasons(
    decision: Decision, seller: Seller | None, fresh: bool = False
) -> Statement | None:
    """The statement of a decision in force; None where it changes nothing for the seller.

    Call it in the transaction of the decision, after its points are booked. `fresh`: the case has
    just come in, so that there is no earlier statement.
    """
    last = None if fresh else _LAST.first(case=decision.case_id)
    kind = _kind(decision, last)
    if kind is None:
        return None
    telling = Telling(decision)
    texts = rendered(telling, seller)
    statement = _STATEMENT.add(Statement(
        puid=uuid.uuid4().hex,
        kind=kind,
        decision=decision,
        case_id=decision.case_id,
        seller=seller,
        market=decision.case.market,
        corrects=last,
        texts=texts,
        digest=digest_of(texts),
        detected=telling.detected,
        automated=telling.automated,
        made_at=decision.at,
        appeal_until=_appeal_until(decision, last),
    ))  # fmt: skip
    record(
        EventKind.STATEMENT_MADE, decision.by, ("statement", statement.puid),
        case_id=decision.case_id,
        before={"statement": last.puid, "action": last.decision.action} if last else None,
        after={
            "kind": statement.kind, "market": statement.market, "ref": decision.case.ref,
            "seller": seller.code if seller else "", "action": decision.action,
            "clauses": [f"{sop}.{clause}" for sop, clause in decision.clause_ids],
            "points": decision.points, "appeal_until": statement.appeal_until,
            "link": link_of(statement) or path_of(statement), "digest": statement.digest,
        },
        rulebook=decision.sha,
    )  # fmt: skip
    return statement


def _kind(decision: Decision, last: Statement | None) -> StatementKind | None:
    if last is None:
        return StatementKind.RESTRICTION if restricts(decision) else None
    if not restricts(decision):
        return None if last.kind == StatementKind.LIFTED else StatementKind.LIFTED
    return None if same(decision, last.decision) else StatementKind.CHANGE


def _appeal_until(decision: Decision, last: Statement | None) -> datetime | None:
    """The last moment to appeal. What an appeal came to is final, unless it is harder than before.

    None where there is nothing to appeal.
    """
    if not restricts(decision):
        return None
    if decision.how == How.APPEAL and last and weight(decision) <= weight(last.decision):
        return None
    days = _DAYS.rows(market=decision.case.market)[0][0]
    return decision.at + timedelta(days=days)


def rendered(telling: Telling, seller: Seller | None) -> dict[str, dict[str, Any]]:
    """What is told, in every language of the workbench."""
    texts, standing = {}, standing_after(seller, telling.decision)
    for language in i18n.LANGUAGES:
        with i18n.use(language):
            texts[language] = telling.told() | {"standing": standing.told() if standing else []}
    return texts


def digest_of(texts: Any) -> str:
    """SHA-256 of a rendering; the log holds it, so that a changed text would show."""
    text = json.dumps(texts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
