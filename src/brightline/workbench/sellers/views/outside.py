"""The seller's own pages, behind a signed link and without a login."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from brightline.i18n import _
from brightline.workbench.accounts.gate import public
from brightline.workbench.sellers.actions.file_appeal import (
    LONGEST,
    SHORTEST,
    NoAppeal,
    cleaned,
    file_appeal,
    why_not,
)
from brightline.workbench.sellers.limits import too_often
from brightline.workbench.sellers.links import BadLink, OldLink, dies_at, path_of, statement_of
from brightline.workbench.sellers.models import Statement
from brightline.workbench.sellers.papers import LARGEST, MOST, BadPaper, Checked, checked
from brightline.workbench.sellers.standing import standing_at

VIEWS_A_MINUTE, TRIES_AN_HOUR, STRANGERS_A_MINUTE = 60, 20, 60
_WHOLE = MOST * LARGEST + 1024 * 1024
Page = Callable[..., HttpResponse]


def _by_link(view: Callable[[HttpRequest, Statement, str], HttpResponse]) -> Page:
    """Open a page by its link: counted, kept out of caches and search engines."""

    @public
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            statement = statement_of(token, timezone.now())
        except BadLink as error:
            response = _shut(request, isinstance(error, OldLink))
        else:
            wait = too_often(f"view:{statement.puid}", VIEWS_A_MINUTE, 60)
            response = _slow(request, wait) if wait else view(request, statement, token)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


def _shut(request: HttpRequest, old: bool) -> HttpResponse:
    address = request.META.get("REMOTE_ADDR", "")
    wait = too_often(f"shut:{hashlib.sha256(address.encode()).hexdigest()}", STRANGERS_A_MINUTE, 60)
    if wait:
        return _slow(request, wait)
    return render(request, "sellers/shut.html", {"old": old}, status=410 if old else 404)


def _slow(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "sellers/slow.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def _shown(
    request: HttpRequest, statement: Statement, token: str, status: int = 200, **more: Any
) -> HttpResponse:
    made = getattr(statement, "appeal", None)
    newer = Statement.objects.filter(corrects=statement).first()
    older = statement.corrects
    today = standing_at(statement.seller, timezone.now())
    context = {
        "statement": statement,
        "said": statement.text,
        "token": token,
        "appeal": made,
        "newer": newer,
        "newer_path": path_of(newer) if newer else "",
        "older": older,
        "older_path": path_of(older) if older else "",
        "why_not": "" if made else why_not(statement),
        "today": today.told() if today else [],
        "dies_at": dies_at(statement),
        "shortest": SHORTEST,
        "longest": LONGEST,
        "most": MOST,
        "wrong": [],
        "words": "",
    }
    return render(request, "sellers/told.html", context | more, status=status)


@_by_link
@require_GET
def told(request: HttpRequest, statement: Statement, token: str) -> HttpResponse:
    """What was decided, why, and how to appeal."""
    return _shown(request, statement, token)


@_by_link
@require_GET
def told_json(request: HttpRequest, statement: Statement, token: str) -> HttpResponse:
    """The same for the platform's own programs, in both languages."""
    said = {
        "statement": statement.puid,
        "kind": statement.kind,
        "made_at": statement.made_at,
        "appeal_until": statement.appeal_until,
        "corrects": statement.corrects.puid if statement.corrects else None,
        "texts": statement.texts,
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@csrf_exempt  # not really: `_appeal` is protected, once the size is known to be bearable
@public
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Send an appeal, or see that it has come in."""
    if _size(request) > _WHOLE:
        return _too_large(request, token)
    return _appeal(request, token)


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


@_by_link
def _too_large(request: HttpRequest, statement: Statement, token: str) -> HttpResponse:
    wrong = [_("Your files are too large together: at most {n} of 10 MB each.").format(n=MOST)]
    request.upload_handlers = []
    return _shown(request, statement, token, 413, wrong=wrong)


@csrf_protect
@_by_link
def _appeal(request: HttpRequest, statement: Statement, token: str) -> HttpResponse:
    if request.method != "POST":
        made = getattr(statement, "appeal", None)
        if made is None:
            return redirect("told", token)
        return render(
            request,
            "sellers/appealed.html",
            {"appeal": made, "statement": statement, "token": token},
        )
    wait = too_often(f"try:{statement.puid}", TRIES_AN_HOUR, 3600)
    if wait:
        return _slow(request, wait)
    if request.user.is_authenticated:
        wrong = [_("You are logged in as staff. Only the seller appeals from this page.")]
        return _shown(request, statement, token, 403, wrong=wrong)
    text = request.POST.get("text", "")
    papers, wrong = _papers(request)
    if not SHORTEST <= len(cleaned(text[: LONGEST * 4])) <= LONGEST or len(text) > LONGEST * 4:
        wrong.insert(0, _("Write what happened in {least} to {most} characters.").format(
            least=SHORTEST, most=LONGEST))  # fmt: skip
    if wrong:
        return _shown(request, statement, token, 400, wrong=wrong, words=text[:LONGEST])
    try:
        file_appeal(statement, text, papers)
    except NoAppeal as error:
        if error.reason != NoAppeal.ALREADY:
            return _shown(request, statement, token, 409, wrong=[_(error.reason)], words=text)
    return redirect("appealed", token)


def _papers(request: HttpRequest) -> tuple[list[Checked], list[str]]:
    """The papers that came along, and what is wrong with them."""
    files = [file for file in request.FILES.getlist("papers") if file.name]
    if len(files) > MOST:
        return [], [_("At most {n} files can be sent.").format(n=MOST)]
    papers, wrong = [], []
    for file in files:
        try:
            papers.append(checked(file.name or "", cast("BinaryIO", file)))
        except BadPaper as error:
            wrong.append(str(error))
    return papers, wrong
