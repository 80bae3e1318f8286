"""Appeals for staff: the list, one appeal beside what it is about, and its papers."""

from __future__ import annotations

import contextlib

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.sellers.appeals import may_read, readable
from brightline.workbench.sellers.models import Appeal, Outcome, Paper
from brightline.workbench.sellers.views import person
from brightline.workbench.sellers.words import how_in_words

READ = Permission.APPEALS_APPEAL_READ
STATES = ("open", "late", "decided", "all")
A_PAGE = 50


@permitted(READ)
@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """The appeals one may read, those due first on top."""
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    outcome = request.GET.get("outcome", "")
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    mine = readable(person(request))
    found = _of_state(_wanted(mine, wanted), state)
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "outcome": outcome,
        "outcomes": list(Outcome),
        "q": wanted,
        "none_at_all": not page.object_list and not mine.exists(),
    }
    return render(request, "sellers/appeals.html", context)


def _of_state(found: QuerySet[Appeal], state: str) -> QuerySet[Appeal]:
    if state == "open":
        return found.filter(outcome="").order_by("due_at", "id")
    if state == "late":
        return found.filter(outcome="", due_at__lt=timezone.now()).order_by("due_at", "id")
    if state == "decided":
        return found.exclude(outcome="").order_by("-decided_at", "-id")
    return found.order_by("-filed_at", "-id")


def _wanted(found: QuerySet[Appeal], wanted: str) -> QuerySet[Appeal]:
    """By number (`KN-000012`, `12`), by the seller's id, or by the ref of the case."""
    if not wanted:
        return found
    match = Q(seller__code=wanted) | Q(case__ref=wanted)
    digits = wanted.upper().removeprefix("KN-")
    with contextlib.suppress(ValueError):
        if digits.isascii() and digits.isdigit() and len(digits) <= 18:
            match |= Q(pk=int(digits))
    return found.filter(match)


@permitted(READ)
@require_GET
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: the seller's words and papers beside the decision they are about."""
    found = get_object_or_404(
        Appeal.objects.select_related(
            "statement__decision__by", "seller", "case", "task__claimed_by", "decision__by"
        ).prefetch_related("papers"),
        pk=min(pk, 2**62),
    )
    if not may_read(person(request), found):
        raise PermissionDenied(READ.value)
    context = {
        "appeal": found,
        "said": found.statement.text,
        "how": how_in_words,
        "queue": queue_words(found.case.market, found.task.queue),
    }
    return render(request, "sellers/appeal.html", context)


@permitted(READ)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper: a picture to look at, a PDF to download; never run as a page of ours."""
    found = get_object_or_404(Paper.objects.select_related("appeal__task"), pk=min(pk, 2**62))
    if not may_read(person(request), found.appeal):
        raise PermissionDenied(READ.value)
    try:
        file = found.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=not found.picture,
        filename=f"{found.appeal.number}-{found.pk}{found.suffix}",
        content_type=found.kind,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
