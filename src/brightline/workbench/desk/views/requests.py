"""The requests of a market, one of them, and what is done about it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import roles_with
from brightline.workbench.desk.actions.handle import Closed, answer, join, reopen, triage
from brightline.workbench.desk.impact import parts_of
from brightline.workbench.desk.listing import Filter, alike, found, overdue
from brightline.workbench.desk.models import Origin, Request, State
from brightline.workbench.desk.naming import named, sops_of
from brightline.workbench.escalations.listing import markets_of
from brightline.workbench.look.forms import whole

READ, MANAGE = Permission.DESK_REQUEST_READ, Permission.DESK_REQUEST_MANAGE


@permitted(READ)
@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    """The requests, those that weigh most first."""
    assert isinstance(request.user, User)
    markets = markets_of(request.user, READ)
    get = request.GET
    wanted = Filter(
        get.get("q", "")[:200], get.get("origin", ""), get.get("sop", ""),
        get.get("state", "open"), get.get("mine") == "1", get.get("order", "impact"),
    )  # fmt: skip
    page = Paginator(found(markets, request.user, wanted), 30).get_page(get.get("page"))
    rows = [(one, parts_of(one), named(one), overdue(one)) for one in page.object_list]
    query = get.copy()
    query.pop("page", None)
    return render(
        request, "desk/requests.html",
        {"page": page, "rows": rows, "wanted": wanted, "origins": Origin,
         "query": query.urlencode(),
         "sops": [pair for market in markets for pair in sops_of(market)],
         "any": Request.objects.filter(market__in=markets).exists(),
         "manages": bool(markets_of(request.user, MANAGE))},
    )  # fmt: skip


@permitted(READ)
@require_GET
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: who asked, what it weighs, what becomes of it."""
    this = seen(request, request_id, READ)
    manages = may(request.user, MANAGE, this.market)
    near = alike(this) if manages and this.open else []
    return render(
        request, "desk/request.html",
        {"one": this, "weighed": parts_of(this), "about": named(this), "late": overdue(this),
         "voices": this.voices.select_related("person", "case"), "manages": manages,
         "alike": [(o, named(o)) for o in near], "owners": _owners(this.market),
         "drafts": this.drafts.select_related("owner"), "states": State,
         "writes": may(request.user, Permission.DRAFTS_DRAFT_WRITE, this.market)},
    )  # fmt: skip


@permitted(MANAGE)
@require_POST
def triage_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Owner, day, severity."""
    this = seen(request, request_id, MANAGE)
    form = request.POST
    owner = next((o for o in _owners(this.market) if str(o.pk) == form.get("owner")), None)
    try:
        triage(this.pk, _who(request), owner, _day(form.get("due", "")),
               whole(form.get("severity", ""), 0))  # fmt: skip
    except Closed:
        return _closed(request, this)
    except ValueError:
        messages.error(request, _("This is no date."))
    else:
        messages.success(request, _("Kept."))
    return redirect("request", this.pk)


@permitted(MANAGE)
@require_POST
def answer_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Answer everyone who asked."""
    this = seen(request, request_id, MANAGE)
    state = State.DECLINED if request.POST.get("then") == "declined" else State.ANSWERED
    try:
        answer(this.pk, _who(request), request.POST.get("answer", ""), state)
    except Closed:
        return _closed(request, this)
    except ValueError:
        messages.error(request, _("Write the answer first."))
    else:
        messages.success(request, _("Everyone who asked sees the answer."))
    return redirect("request", this.pk)


@permitted(MANAGE)
@require_POST
def reopen_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take it up again."""
    this = seen(request, request_id, MANAGE)
    try:
        reopen(this.pk, _who(request))
    except Closed:
        return _closed(request, this)
    return redirect("request", this.pk)


@permitted(MANAGE)
@require_POST
def join_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Join it with another."""
    this = seen(request, request_id, MANAGE)
    try:
        into = join(this.pk, _who(request), whole(request.POST.get("into", ""), 0))
    except Closed:
        return _closed(request, this)
    except ValueError:
        messages.error(request, _("Choose another open request of this market."))
        return redirect("request", this.pk)
    messages.success(request, _("Joined: those who asked see this request now."))
    return redirect("request", into.pk)


def seen(request: HttpRequest, request_id: int, permission: Permission) -> Request:
    """The request. Raises `Http404`, or `PermissionDenied` where its market is out of reach."""
    this = Request.objects.select_related("owner", "made_by", "answered_by", "merged_into").filter(
        pk=request_id
    ).first()  # fmt: skip
    if this is None:
        raise Http404
    if not may(request.user, permission, this.market):
        raise PermissionDenied(permission)
    return this


def _owners(market: str) -> list[User]:
    """Who may own a request of a market."""
    roles = [role.value for role in roles_with(MANAGE)]
    people = User.objects.filter(
        is_active=True, grants__role__in=roles, grants__market__in=["", market]
    )
    return list(people.distinct().order_by("display_name", "username"))


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _closed(request: HttpRequest, this: Request) -> HttpResponse:
    messages.warning(request, _("Somebody was quicker: this request is closed."))
    return redirect("request", this.pk)
