"""The requests that a person may see, and those that are alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.searching import fold
from brightline.workbench.desk.models import Request, State
from brightline.workbench.desk.models.request import OPEN
from brightline.workbench.escalations.likeness import Likeness

ALIKE = 0.18
"""Likeness from which two requests are shown as perhaps the same."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for."""

    text: str = ""
    origin: str = ""
    sop: str = ""
    state: str = "open"
    mine: bool = False
    order: str = "impact"


def found(markets: list[str], by: User, wanted: Filter) -> QuerySet[Request]:
    """The requests of some markets that fit, in the order asked for."""
    rows = (
        Request.objects.filter(market__in=markets)
        .select_related("owner", "made_by", "merged_into")
        .annotate(heard=Count("voices"))
    )
    if wanted.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif wanted.state == "closed":
        rows = rows.exclude(state__in=OPEN)
    if wanted.origin:
        rows = rows.filter(Q(origin=wanted.origin) | Q(voices__origin=wanted.origin)).distinct()
    if wanted.sop:
        rows = rows.filter(sop=wanted.sop)
    if wanted.mine:
        rows = rows.filter(owner=by)
    for word in fold(wanted.text).split()[:10]:
        rows = rows.filter(search_text__contains=word)
    if wanted.order == "due":
        return rows.order_by(F("due").asc(nulls_last=True), "-impact", "-pk")
    if wanted.order == "new":
        return rows.order_by("-made_at", "-pk")
    return rows.order_by("-impact", "-made_at", "-pk")


def asked_by(person: User) -> QuerySet[Request]:
    """What a person asked for, however it came in; the newest first."""
    return (
        Request.objects.filter(Q(voices__person=person) | Q(made_by=person))
        .select_related("owner", "answered_by", "merged_into")
        .distinct()
        .order_by("-changed_at", "-pk")
    )


def alike(request: Request, most: int = 5) -> list[Request]:
    """Open requests of the market that may want the same, the most alike first."""
    others = Request.objects.filter(market=request.market, state__in=OPEN).exclude(pk=request.pk)
    known = {one.pk: one for one in others.order_by("-pk")[:2000]}
    index = Likeness()
    index.add((pk, one.search_text) for pk, one in known.items())
    near = [known[key] for key, _score in index.like(request.search_text, most, ALIKE)]
    same = [one for one in known.values() if request.sop and one.sop == request.sop
            and (one.clause, one.fact) == (request.clause, request.fact)]  # fmt: skip
    return list(dict.fromkeys([*same, *near]))[:most]


def overdue(request: Request) -> bool:
    """Whether its day has passed."""
    return request.open and request.due is not None and request.due < timezone.localdate()


def unread(person: User) -> int:
    """How many answers a person has not marked as read."""
    closed = (State.ANSWERED, State.DECLINED, State.DONE)
    rows = Request.objects.filter(voices__person=person, voices__read_at=None, state__in=closed)
    return rows.distinct().count()
