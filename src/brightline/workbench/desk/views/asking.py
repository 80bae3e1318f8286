"""Asking for a change, and what became of it: for everyone."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Case
from brightline.workbench.desk.actions.handle import mark_read
from brightline.workbench.desk.actions.take_in import Wish, take_in
from brightline.workbench.desk.listing import asked_by
from brightline.workbench.desk.models import Origin, Request
from brightline.workbench.desk.naming import named, sops_of
from brightline.workbench.escalations.listing import markets_of
from brightline.workbench.look.forms import plain

MAKE = Permission.DESK_REQUEST_MAKE
_OPEN_TO_ALL = (Origin.UNCLEAR, Origin.INCIDENT, Origin.OTHER)


@permitted(MAKE)
@require_GET
def my_requests(request: HttpRequest) -> HttpResponse:
    """What the person asked for, with state and answer."""
    assert isinstance(request.user, User)
    rows = list(asked_by(request.user)[:100])
    mine = {one.pk for one in rows if one.voices.filter(person=request.user, read_at=None).exists()}
    return render(request, "desk/mine.html",
                  {"rows": [(one, named(one), one.pk in mine) for one in rows]})  # fmt: skip


@permitted(MAKE)
@require_POST
def read(request: HttpRequest, request_id: int) -> HttpResponse:
    """Mark the answer as read."""
    assert isinstance(request.user, User)
    if not Request.objects.filter(pk=request_id).exists():
        raise Http404
    mark_read(request_id, request.user)
    return redirect("my_requests")


@permitted(MAKE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a change of the rules."""
    assert isinstance(request.user, User)
    markets = markets_of(request.user, MAKE)
    said = request.POST or request.GET
    market = said.get("market") or (markets[0] if markets else "")
    if market and market not in markets:
        raise PermissionDenied(MAKE)
    errors: dict[str, str] = {}
    if request.method == "POST":
        wish = _wish(request, market, errors)
        if wish is not None:
            take_in(wish, request.user)
            messages.success(request, _("Received. Its state and the answer are shown here."))
            return redirect("my_requests")
    reads = may(request.user, Permission.DESK_REQUEST_READ, market or None)
    return render(
        request, "desk/ask.html",
        {"said": said, "errors": errors, "markets": markets, "market": market, "reads": reads,
         "sops": sops_of(market) if market else [],
         "origins": [o for o in Origin if reads or o in _OPEN_TO_ALL]},
        status=422 if errors else 200,
    )  # fmt: skip


def _wish(request: HttpRequest, market: str, errors: dict[str, str]) -> Wish | None:
    form = request.POST
    title, text = plain(form.get("title", "")).strip(), plain(form.get("text", "")).strip()
    if not title:
        errors["title"] = _("Say in a few words what it is about.")
    if not text:
        errors["text"] = _("Say what happened and what you would want instead.")
    if not market:
        errors["market"] = _("No market is open to you.")
    due = None
    if form.get("due"):
        try:
            due = date.fromisoformat(form["due"])
        except ValueError:
            errors["due"] = _("This is no date.")
    case = None
    if ref := form.get("case", "").strip():
        case = Case.objects.filter(market=market, ref=ref[:120]).first()
        if case is None or not may(request.user, Permission.CASES_CASE_READ, market):
            errors["case"] = _("There is no case with this number.")
    origin = form.get("origin", Origin.OTHER)
    if origin not in Origin.values:
        errors["origin"] = _("Choose one of the list.")
    sop = form.get("sop", "")
    known = {name for name, _title in sops_of(market)} if market else set()
    if errors:
        return None
    return Wish(
        market, Origin(origin), text, title=title[:200], sop=sop if sop in known else "",
        clause=plain(form.get("clause", "")).strip()[:80] if sop in known else "",
        who=plain(form.get("who", "")).strip(), case=case, due=due,
    )  # fmt: skip
