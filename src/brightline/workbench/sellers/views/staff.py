"""Sellers as staff see them: found by id, with points, actions, cases, statements and appeals."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from brightline.i18n import language
from brightline.rulebook.telling_words import in_language, length_of_time
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Case
from brightline.workbench.sellers.drawing import drawn
from brightline.workbench.sellers.history import history_of
from brightline.workbench.sellers.links import link_of, path_of
from brightline.workbench.sellers.models import Seller, Statement
from brightline.workbench.sellers.views import person
from brightline.workbench.sellers.words import action_in_words, how_in_words, subject_in_words

READ = Permission.SELLERS_SELLER_READ
MOST = 50


@permitted(READ)
@require_GET
def sellers(request: HttpRequest) -> HttpResponse:
    """Find a seller by id; without one, those who got a statement last."""
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    markets = _markets(person(request))
    if wanted:
        exact = (
            Case.objects.filter(_within(markets), seller=wanted)
            .values_list("market", "seller")
            .distinct()[:2]
        )
        only = list(exact)
        if len(only) == 1:
            return redirect(address(*only[0]))
    found = Seller.objects.filter(_within(markets))
    if wanted:
        found = found.filter(code__istartswith=wanted)
    listed = found.annotate(
        told=Count("statements", distinct=True),
        last=Max("statements__made_at"),
        open=Count("appeals", filter=Q(appeals__outcome=""), distinct=True),
    ).order_by("-last", "-id")[: MOST + 1]
    rows = list(listed)
    return render(
        request, "sellers/sellers.html", {"q": wanted, "rows": rows[:MOST], "more": rows[MOST:]}
    )


@permitted(READ)
@require_GET
def seller(request: HttpRequest) -> HttpResponse:
    """All there is on one seller: `?market=VN&id=shop-1`."""
    market, code = request.GET.get("market", ""), request.GET.get("id", "").replace("\x00", "")
    if not may(request.user, READ, market):
        raise PermissionDenied(READ.value)
    cases = Case.objects.filter(market=market, seller=code)
    known = Seller.objects.filter(market=market, code=code).first()
    if not code or (known is None and not cases.exists()):
        raise Http404
    history = history_of(market, code, known, timezone.now())
    context = {
        "market": market,
        "code": code,
        "history": history,
        "drawing": drawn(history),
        "window": length_of_time(history.inforce.ladder.window) if history.inforce else "",
        "text": lambda text: in_language(text, language()),
        "subject": subject_in_words,
        "action": action_in_words,
        "how": how_in_words,
        "sample": cases.exists() and not cases.filter(sample=False).exists(),
        "reads_appeals": may(request.user, Permission.APPEALS_APPEAL_READ, market),
        "cases": cases.order_by("-received_at")[:MOST],
        "case_count": cases.count(),
        "statements": _latest(known, "statements", "-made_at"),
        "appeals": _latest(known, "appeals", "-filed_at"),
        "letters": _latest(known, "letters", "-at"),
    }
    return render(request, "sellers/seller.html", context)


@permitted(READ)
@require_GET
def statement(request: HttpRequest, puid: str) -> HttpResponse:
    """A statement as the seller was given it."""
    found = get_object_or_404(
        Statement.objects.select_related("case", "seller", "decision__by", "corrects"), puid=puid
    )
    if not may(request.user, READ, found.market):
        raise PermissionDenied(READ.value)
    context = {
        "statement": found,
        "said": found.text,
        "newer": Statement.objects.filter(corrects=found).first(),
        "appeal": getattr(found, "appeal", None),
        "letters": found.letters.all(),
        "link": _link(request, found),
    }
    return render(request, "sellers/statement.html", context)


def _link(request: HttpRequest, found: Statement) -> str:
    """The seller's link, for those who answer for statements outside; else nothing."""
    if not may(request.user, Permission.SELLERS_STATEMENT_EXPORT, found.market):
        return ""
    return link_of(found) or request.build_absolute_uri(path_of(found))


def address(market: str, code: str) -> str:
    """The page of a seller."""
    return f"{reverse('seller')}?{urlencode({'market': market, 'id': code})}"


def _latest(known: Seller | None, of: str, order: str) -> list[object]:
    if known is None:
        return []
    rows: QuerySet[Statement] = getattr(known, of).order_by(order, "-id")
    return list(rows[:MOST])


def _markets(who: User) -> set[str]:
    """The markets a person may read sellers of; an empty name among them stands for all."""
    return {market for market, _queue in reach(who, READ)}


def _within(markets: set[str]) -> Q:
    return Q() if "" in markets else Q(market__in=markets)
