"""The editor: one file of a draft as a form and as a text, and what the two send."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.rulebook.schema import schema
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.drafts.access import draft_for, who
from brightline.workbench.drafts.actions.save_file import (
    Conflict,
    DraftClosed,
    Saved,
    save_file,
)
from brightline.workbench.drafts.actions.undo import NothingToUndo, undo
from brightline.workbench.drafts.checking import checked, diagnostics
from brightline.workbench.drafts.form.showing import FormView, form_of
from brightline.workbench.drafts.impact import impact_of, warm
from brightline.workbench.drafts.models import Comment, Draft, How, Revision
from brightline.workbench.drafts.ops import BadOp, CannotEdit, NotYaml, applied
from brightline.workbench.drafts.paths import HEAD, LAW, NoSuchFile, sop_of
from brightline.workbench.drafts.paths import checked as checked_path
from brightline.workbench.drafts.reading import text_at
from brightline.workbench.drafts.views.editor_words import editor_words

READ, WRITE = Permission.DRAFTS_DRAFT_READ, Permission.DRAFTS_DRAFT_WRITE
_SENDS = ("op", "save", "check", "form", "undo", "impact", "comment", "stays")
TOGETHER = timedelta(minutes=3)
"""Whoever saved something within this time is shown as being there."""


@permitted(READ)
@require_GET
def edit(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """The editor of one file."""
    draft = draft_of(request, draft_id, path, READ)
    at = request.GET.get("at", "")
    form = form_of(draft, path, at, _notes(draft, path))
    writes = draft.open and may(request.user, WRITE, draft.market)
    as_text = request.GET.get("as") == "text" or not form.has_form
    kind = {HEAD: "rulebook", LAW: "law"}.get(path, "sop" if sop_of(path) else "")
    page = {
        "draft": draft, "path": path, "form": form, "at": at, "as_text": as_text,
        **said_of(request, draft, path),
        "apart": draft.unmerged.filter(path=path, by=who(request), settled_at=None).first(),
        "schema": schema(kind) if kind else None, "siblings": sorted(draft.files),
        "data": {"revision": draft.revision, "writes": writes, "path": path,
                 "as_text": as_text, "person": who(request).pk, "words": editor_words(),
                 "urls": {name: reverse(f"draft_{name}", args=[draft.pk, path])
                          for name in _SENDS}},
    }  # fmt: skip
    return render(request, "drafts/editor.html", page)


@permitted(READ)
@require_GET
def form(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """The form again: another thing is selected, or somebody changed something."""
    draft = draft_of(request, draft_id, path, READ)
    return JsonResponse(shown(request, draft, path, request.GET.get("at", "")))


@permitted(WRITE)
@require_POST
def op(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """One change of the form, applied to the text that the person saw."""
    draft = draft_of(request, draft_id, path, WRITE)
    said = said_in(request)
    try:
        based_on = int(said["based_on"])
        args = {**said["args"], "by": str(who(request)), "today": str(timezone.localdate())}
        edited = applied(text_at(draft, path, based_on), str(said["op"]), args)
    except (BadOp, KeyError, TypeError, ValueError) as error:
        if isinstance(error, NotYaml):
            return refused(_("The text has an error in line {line}. Mend it in the text first.")
                            .format(line=error.line))  # fmt: skip
        if isinstance(error, CannotEdit):
            return refused(_("That is not there any more: somebody changed it. Look again."), 409)
        return refused(_("This change could not be understood. Load the page again."))
    return _kept(request, draft, path, edited.text, based_on, How.FORM, lost=edited.lost,
                 at=str(said.get("at", "")))  # fmt: skip


@permitted(WRITE)
@require_POST
def save(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """The text as it was typed."""
    draft = draft_of(request, draft_id, path, WRITE)
    said = said_in(request)
    text, based_on = said.get("text"), said.get("based_on")
    if not isinstance(text, str) or not isinstance(based_on, int):
        return refused(_("This change could not be understood. Load the page again."))
    instead = said.get("instead")
    return _kept(request, draft, path, text, based_on, How.TEXT,
                 instead=instead if isinstance(instead, int) else None)  # fmt: skip


@permitted(WRITE)
@require_POST
def take_back(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """Undo the person's last change of this file that still stands, or the revision named."""
    draft = draft_of(request, draft_id, path, WRITE)
    said = said_in(request)
    try:
        saved = undo(draft.pk, who(request), int(said["number"]))
    except (NothingToUndo, KeyError, TypeError, ValueError):
        return refused(_("This cannot be undone: what it changed has been changed again."), 409)
    except DraftClosed:
        return closed()
    draft.refresh_from_db()
    return JsonResponse(_saved(saved) | shown(request, draft, path, str(said.get("at", ""))))


@permitted(READ)
@require_POST
def check(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """What laws and proofs say, with the text as it is being typed."""
    draft = draft_of(request, draft_id, path, READ)
    said = said_in(request)
    text = said.get("text")
    found = checked(draft, path, text if isinstance(text, str) else None, timezone.localdate())
    languages = found.rulebook.languages if found.rulebook else ()
    page = {"found": found, "draft": draft, "path": path, "languages": languages,
            "writes": draft.open and may(request.user, WRITE, draft.market)}  # fmt: skip
    return JsonResponse(
        {
            "html": render_to_string("drafts/found.html", page, request),
            "sentences": render_to_string("drafts/sentences.html", page, request),
            "chart": found.chart,
            "problems": diagnostics(found), "errors": found.errors, "compiles": found.compiles,
            "revision": draft.revision, "others": _others(draft, request),
        }
    )  # fmt: skip


@permitted(READ)
@require_POST
def impact(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """What the last cases would have come to."""
    draft = draft_of(request, draft_id, path, READ)
    said = said_in(request)
    text, today = said.get("text"), timezone.localdate()
    found = checked(draft, path, text if isinstance(text, str) else None, today, told=False)
    shown: dict[str, Any] = {"impact": None, "rulebook": found.rulebook, "draft": draft}
    if found.rulebook is not None and found.sop is not None:
        shown["impact"] = impact_of(draft, found.rulebook, found.sop.subject)
        shown["actions"] = found.rulebook.actions
    return JsonResponse({"html": render_to_string("drafts/impact.html", shown, request)})


def _kept(
    request: HttpRequest,
    draft: Draft,
    path: str,
    text: str,
    based_on: int,
    how: How,
    lost: tuple[str, ...] = (),
    at: str = "",
    instead: int | None = None,
) -> HttpResponse:
    try:
        saved = save_file(draft.pk, who(request), path, text, based_on, how, instead=instead)
    except Conflict as found:
        address = reverse("draft_conflict", args=[draft.pk, found.unmerged.pk])
        who_else = Revision.objects.filter(draft=draft, path=path, number__gt=based_on)
        names = sorted({str(one.by) for one in who_else.select_related("by")})
        said = _(
            "{who} changed the same place meanwhile. Both versions are kept: choose what stands."
        )
        answer = {"error": said.format(who=", ".join(names)), "conflict": address,
                  "kept": found.unmerged.pk}  # fmt: skip
        return JsonResponse(answer, status=409)
    except DraftClosed:
        return closed()
    except ValueError:
        return refused(_("This text is too long, or holds a character that no file may."))
    draft.refresh_from_db()
    answer = _saved(saved) | {"lost": list(lost), "others": _others(draft, request)}
    if how == How.FORM:
        answer |= shown(request, draft, path, at)
    return JsonResponse(answer)


def _saved(saved: Saved) -> dict[str, Any]:
    return {"revision": saved.revision, "made": saved.made.number if saved.made else None,
            "merged": saved.merged, "text": saved.text}  # fmt: skip


def shown(request: HttpRequest, draft: Draft, path: str, at: str) -> dict[str, Any]:
    """The table and what stands beside it, as HTML, for the script."""
    form: FormView = form_of(draft, path, at, _notes(draft, path))
    page = {"draft": draft, "path": path, "form": form, "at": at, **said_of(request, draft, path)}
    return {
        "revision": draft.revision, "text": form.text,
        "table": render_to_string("drafts/table.html", page, request),
        "side": render_to_string("drafts/side.html", page, request),
    }  # fmt: skip


def _others(draft: Draft, request: HttpRequest) -> list[str]:
    """Who else changed the draft just now."""
    since = timezone.now() - TOGETHER
    found = (
        Revision.objects.filter(draft=draft, at__gte=since)
        .exclude(by=who(request)).select_related("by")
    )  # fmt: skip
    return sorted({str(one.by) for one in found})


def _notes(draft: Draft, path: str) -> dict[str, int]:
    """How many open comments there are, by clause."""
    rows = draft.comments.filter(path=path, state=Comment.State.OPEN, answers=None)
    return Counter(pin.removeprefix("clause:") for pin in rows.values_list("pin", flat=True))


def said_of(request: HttpRequest, draft: Draft, path: str) -> dict[str, Any]:
    """What people said of a file, by what it is about; and what the person may do."""
    rows = (
        draft.comments.filter(path=path, answers=None)
        .select_related("by", "decided_by").prefetch_related("replies__by")
    )  # fmt: skip
    pinned: dict[str, list[Comment]] = {}
    for one in rows:
        pinned.setdefault(one.pin, []).append(one)
    return {
        "pinned": pinned,
        "writes": draft.open and may(request.user, WRITE, draft.market),
        "today": timezone.localdate().isoformat(), "me": str(who(request)),
        "comments": draft.open and may(request.user, Permission.DRAFTS_DRAFT_COMMENT, draft.market),
    }  # fmt: skip


def draft_of(request: HttpRequest, draft_id: int, path: str, permission: Permission) -> Draft:
    """The draft, if the person may; raises `Http404` where it has no such file."""
    draft = draft_for(request, draft_id, permission)
    try:
        checked_path(path)
    except NoSuchFile:
        raise Http404 from None
    if path not in draft.files:
        raise Http404
    warm(draft, sop_of(path))
    return draft


def said_in(request: HttpRequest) -> dict[str, Any]:
    """What the script sent; empty where it is no mapping."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def refused(said: str, status: int = 422) -> JsonResponse:
    """Why nothing was changed."""
    return JsonResponse({"error": said}, status=status)


def closed() -> JsonResponse:
    """The answer of a draft that does not change any more."""
    return refused(_("This draft is closed: it does not change any more."), 409)
