"""The drafts of a market, and one of them: what it changes, what is found, who did what."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.desk.models import Request
from brightline.workbench.drafts.access import draft_for, markets_for, who
from brightline.workbench.drafts.actions.close_draft import drop_draft
from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.models import Draft, DraftState, Review
from brightline.workbench.drafts.models.draft import OPEN
from brightline.workbench.drafts.overview import overview_of
from brightline.workbench.rulebooks.in_force import NoRulebook, release_now

READ, WRITE = Permission.DRAFTS_DRAFT_READ, Permission.DRAFTS_DRAFT_WRITE


@permitted(READ)
@require_GET
def draft_list(request: HttpRequest) -> HttpResponse:
    """The drafts of the person's markets, those changed last first."""
    markets = markets_for(who(request), READ)
    closed = request.GET.get("state") == "closed"
    found = Draft.objects.filter(market__in=markets).select_related("owner", "base")
    found = found.exclude(state__in=OPEN) if closed else found.filter(state__in=OPEN)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    writes = bool(markets_for(who(request), WRITE))
    waiting = Review.objects.filter(person=who(request), done_at=None, draft__state__in=OPEN)
    return render(
        request, "drafts/list.html",
        {"page": page, "closed": closed, "writes": writes,
         "waiting": waiting.select_related("draft").order_by("due")},
    )  # fmt: skip


@permitted(WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a draft, for requests or of one's own accord."""
    markets = markets_for(who(request), WRITE)
    if not markets:
        raise NoRulebook("")
    said = request.POST or request.GET
    ids = [int(one) for one in said.getlist("request") if one.isascii() and one.isdigit()][:50]
    requests = list(Request.objects.filter(pk__in=ids, market__in=markets))
    market = requests[0].market if requests else said.get("market") or markets[0]
    if market not in markets:
        raise PermissionDenied(WRITE)
    error = ""
    if request.method == "POST":
        try:
            draft = open_draft(
                release_now(market), who(request), said.get("title", ""), said.get("why", ""),
                requests,
            )  # fmt: skip
        except ValueError:
            error = _("Give it a title, and requests of one market only.")
        else:
            at = requests[0].sop if requests else ""
            path = f"sops/{at}.yaml"
            if at and path in draft.files:
                return redirect("draft_edit", draft.pk, path)
            return redirect("draft", draft.pk)
    page = {
        "markets": markets, "market": market, "requests": requests, "error": error,
        "title": said.get("title") or (requests[0].title if requests else ""),
        "why": said.get("why", ""),
    }  # fmt: skip
    return render(request, "drafts/new.html", page, status=422 if error else 200)


@permitted(READ)
@require_GET
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One draft."""
    found = draft_for(request, draft_id, READ)
    page = {
        "draft": found, "view": overview_of(found, timezone.localdate()),
        "writes": found.open and may(request.user, WRITE, found.market),
        "comments": found.open and may(request.user, Permission.DRAFTS_DRAFT_COMMENT, found.market),
        "states": DraftState,
    }  # fmt: skip
    return render(request, "drafts/draft.html", page)


@permitted(READ)
@require_GET
def history(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Every revision, the newest first."""
    found = draft_for(request, draft_id, READ)
    path = request.GET.get("file", "")
    rows = found.revisions.select_related("by")
    rows = rows.filter(path=path) if path else rows
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "drafts/history.html", {"draft": found, "page": page, "path": path})


@permitted(WRITE)
@require_POST
def drop(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Give a draft up."""
    found = draft_for(request, draft_id, WRITE)
    try:
        drop_draft(found.pk, who(request), request.POST.get("why", ""))
    except ValueError:
        messages.error(request, _("Say why the draft is dropped."))
        return redirect("draft", found.pk)
    except DraftClosed:
        pass
    messages.success(request, _("The draft is dropped; it can still be read."))
    return redirect("drafts")
