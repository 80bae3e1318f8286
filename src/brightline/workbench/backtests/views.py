"""Back-tests: the list, asking for one, and the report as a page of its own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from brightline.casestore.errors import UnusableStore
from brightline.casestore.store import Store
from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.backtests.actions.ask_backtest import SameVersion, Version, ask_backtest
from brightline.workbench.backtests.keeping import store_of
from brightline.workbench.backtests.models import Report
from brightline.workbench.cases.naming import markets
from brightline.workbench.look.forms import whole
from brightline.workbench.rulebooks.models import Release

P = Permission
PAGE, MOST_RELEASES = 30, 50
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""A report styles itself and does nothing else: no script, no form, no network."""


@permitted(P.BACKTESTS_REPORT_READ)
def backtests(request: HttpRequest) -> HttpResponse:
    """The reports of a market, the newest first; `before` goes on from a report's number."""
    me: User = request.user  # type: ignore[assignment]
    market, every = _market(request, P.BACKTESTS_REPORT_READ)
    found = Report.objects.filter(market=market).defer("page", "new_form")
    before = whole(request.GET.get("before", ""))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("asked_by").order_by("-pk")[: PAGE + 1])
    makes = bool(market) and may(me, P.BACKTESTS_REPORT_MAKE, market)
    return render(
        request,
        "backtests/backtests.html",
        {
            "market": market, "markets": every, "rows": rows[:PAGE],
            "older": rows[PAGE - 1].pk if len(rows) > PAGE else None, "paged": before is not None,
            "makes": makes, "releases": _releases(market) if makes else [],
            "kept": _kept(market) if market else None,
            "busy": any(row.status in (row.Status.WAITING, row.Status.RUNNING) for row in rows),
        },
    )  # fmt: skip


@permitted(P.BACKTESTS_REPORT_MAKE)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a back-test of two releases of a market."""
    me: User = request.user  # type: ignore[assignment]
    market = request.POST.get("market", "")
    if market not in markets():
        raise Http404
    if not may(me, P.BACKTESTS_REPORT_MAKE, market):
        raise PermissionDenied(P.BACKTESTS_REPORT_MAKE)
    chosen = [
        Release.objects.filter(market=market, number=whole(request.POST.get(side, "")) or 0).first()
        for side in ("old", "new")
    ]
    back = redirect(f"{reverse('backtests')}?market={market}")
    if chosen[0] is None or chosen[1] is None:
        messages.error(request, _("Choose two versions."))
        return back
    try:
        ask_backtest(market, Version.of(chosen[0]), Version.of(chosen[1]), me)
    except SameVersion:
        messages.error(request, _("Both are the same version: choose two that differ."))
        return back
    messages.success(request, _("The back-test is being made. It stands here when it is ready."))
    return back


@permitted(P.BACKTESTS_REPORT_READ)
def report_page(request: HttpRequest, report: int) -> HttpResponse:
    """One report, as the page that it is."""
    found = get_object_or_404(Report, pk=report)
    if not may(request.user, P.BACKTESTS_REPORT_READ, found.market):
        raise PermissionDenied(P.BACKTESTS_REPORT_READ)
    if found.status != Report.Status.DONE:
        return redirect(f"{reverse('backtests')}?market={found.market}")
    return HttpResponse(
        found.page,
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store, private"},
    )


def _market(request: HttpRequest, permission: Permission) -> tuple[str, list[str]]:
    """The market asked for, else the first that the person may see; and all of those."""
    every = [one for one in markets() if may(request.user, permission, one)]
    market = request.GET.get("market", "")
    if market and market not in every:
        raise Http404
    return market or next(iter(every), ""), every


def _releases(market: str) -> list[Release]:
    found = Release.objects.filter(market=market).defer("form").order_by("-number")
    return list(found[:MOST_RELEASES])


def _kept(market: str) -> dict[str, object]:
    """How many cases are on file for back-tests."""
    try:
        return {"cases": Store(store_of(market)).rows()}
    except UnusableStore:
        return {"cases": 0}
