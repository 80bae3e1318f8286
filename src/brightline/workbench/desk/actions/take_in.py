"""Take a wish in: as a request of its own, or as one more voice of the request there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.searching import fold
from brightline.workbench.desk.impact import weigh
from brightline.workbench.desk.models import Origin, Request, Voice
from brightline.workbench.desk.models.request import OPEN

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants. `ref` names what it came in by; the same is taken in once."""

    market: str
    origin: Origin
    text: str
    title: str = ""
    sop: str = ""
    clause: str = ""
    fact: str = ""
    law: str = ""
    who: str = ""
    ref: str = ""
    case: Case | None = None
    due: date | None = None
    at: datetime | None = None


def take_in(wish: Wish, by: User | None) -> Request:
    """The request that a wish is part of now.

    One about the same clause or question that is still open gets it as another voice. Raises
    `ValueError` without words.
    """
    text = wish.text.strip()[:LONGEST]
    if not text:
        raise ValueError("a request says something")
    with transaction.atomic():
        if wish.ref:
            known = Voice.objects.filter(ref=wish.ref).select_related("request").first()
            if known is not None:
                return known.request
        request = _same(wish)
        new = request is None
        now = timezone.now()
        if request is None:
            title = " ".join((wish.title or text).split())
            title = title if len(title) <= 120 else f"{title[:119]}…"
            request = Request(
                market=wish.market, origin=wish.origin, sop=wish.sop, clause=wish.clause,
                fact=wish.fact, law=wish.law, due=wish.due, made_by=by, made_at=now,
                title=title, text=text if wish.title else "",
            )  # fmt: skip
        request.changed_at = now
        request.search_text = f"{request.search_text} {fold(f'{request.title} {text}')}"[:20_000]
        weigh(request).save()
        Voice.objects.create(
            request=request, origin=wish.origin, person=by, who=wish.who[:200], text=text,
            case=wish.case, ref=wish.ref, at=wish.at or now,
        )  # fmt: skip
        record(
            EventKind.REQUEST_MADE if new else EventKind.REQUEST_CHANGED, by,
            ("request", request.pk), case_id=wish.case.pk if wish.case else None,
            after={"market": request.market, "origin": wish.origin, "sop": request.sop,
                   "clause": request.clause, "fact": request.fact},
            why=text,
        )  # fmt: skip
    return request


def _same(wish: Wish) -> Request | None:
    """The open request about exactly the same clause or question; None for a wish about neither."""
    if not wish.sop or not (wish.clause or wish.fact):
        return None
    return (
        Request.objects.select_for_update()
        .filter(
            market=wish.market, state__in=OPEN, sop=wish.sop, clause=wish.clause, fact=wish.fact
        )
        .order_by("pk")
        .first()
    )
