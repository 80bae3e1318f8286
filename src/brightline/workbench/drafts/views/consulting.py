"""Asking people about a draft: who is asked, what they say, what is decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.editing.edits import CannotEdit
from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import roles_with
from brightline.workbench.drafts.access import draft_for, who
from brightline.workbench.drafts.actions.comment import (
    AlreadyDecided,
    ChangedSince,
    decide,
    say,
    suggest,
    take,
)
from brightline.workbench.drafts.actions.consult import (
    Invitation,
    NotYourReview,
    conclude,
    consult,
)
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.models import Asked, Comment, Draft, Review, Verdict
from brightline.workbench.drafts.reading import content_sha_or_none
from brightline.workbench.drafts.views.editor import shown
from brightline.workbench.look.forms import plain

READ, COMMENT, WRITE = (
    Permission.DRAFTS_DRAFT_READ,
    Permission.DRAFTS_DRAFT_COMMENT,
    Permission.DRAFTS_DRAFT_WRITE,
)


@permitted(READ)
@require_GET
def consultation(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Who is asked, what they came to, every comment."""
    draft = draft_for(request, draft_id, READ)
    person = who(request)
    reviews = list(draft.reviews.select_related("person", "asked_by"))
    comments = (
        draft.comments.filter(answers=None).select_related("by", "decided_by")
        .prefetch_related("replies__by")
    )  # fmt: skip
    return render(
        request, "drafts/consultation.html",
        {"draft": draft, "reviews": reviews, "comments": comments, "today": timezone.localdate(),
         "sha": content_sha_or_none(draft) or "", "roles": Asked, "verdicts": Verdict,
         "mine": next((r for r in reviews if r.person_id == person.pk and not r.done_at), None),
         "people": list(_people(draft.market)) if _writes(request, draft) else [],
         "writes": _writes(request, draft)},
    )  # fmt: skip


@permitted(WRITE)
@require_POST
def ask_people(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Ask people by a day."""
    draft = draft_for(request, draft_id, WRITE)
    form = request.POST
    known = {str(person.pk): person for person in _people(draft.market)}
    invited = [
        Invitation(Asked(form[f"as-{pk}"]), known[pk])
        for pk in form.getlist("person")
        if pk in known and form.get(f"as-{pk}") in Asked.values
    ]
    if form.get("partner", "").strip():
        invited.append(Invitation(Asked.PARTNER, who=plain(form["partner"])))
    try:
        consult(draft.pk, who(request), invited, date.fromisoformat(form.get("due", "")))
    except ValueError:
        messages.error(request, _("Choose at least one person, and a day to come."))
    except DraftClosed:
        messages.error(request, _("This draft is closed: it does not change any more."))
    else:
        messages.success(request, _("They are asked, and told by mail."))
    return redirect("draft_consult", draft.pk)


@permitted(COMMENT)
@require_POST
def give_verdict(request: HttpRequest, draft_id: int, review_id: int) -> HttpResponse:
    """Say what one came to."""
    draft = draft_for(request, draft_id, COMMENT)
    if not Review.objects.filter(pk=review_id, draft=draft).exists():
        raise Http404
    form = request.POST
    try:
        conclude(review_id, who(request), form.get("verdict", ""), plain(form.get("note", "")))
    except ValueError:
        messages.error(request, _("Choose; and where you want changes, say which."))
    except (NotYourReview, DraftClosed):
        messages.error(request, _("This is not open to you any more."))
    else:
        messages.success(request, _("Thank you: it is noted."))
    return redirect("draft_consult", draft.pk)


@permitted(COMMENT)
@require_POST
def comment(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """A comment, an answer, or a suggestion, from the editor."""
    draft = draft_for(request, draft_id, COMMENT)
    if path not in draft.files:
        raise Http404
    said = _json(request)
    text, pin = plain(str(said.get("text", ""))), str(said.get("pin", ""))
    place = said.get("place")
    try:
        if isinstance(place, list) and place:
            wanted = said.get("wanted")
            wanted = plain(wanted) if isinstance(wanted, str) else wanted
            suggest(draft.pk, who(request), path, pin, text, [str(one) for one in place], wanted)
        else:
            answers = said.get("answers")
            say(
                draft.pk,
                who(request),
                path,
                pin,
                text,
                answers if isinstance(answers, int) else None,
            )
    except DraftClosed:
        return _refused(_("This draft is closed: it does not change any more."))
    except (ValueError, Comment.DoesNotExist):
        return _refused(_("Write something first; a suggestion changes something."))
    return JsonResponse(shown(request, draft, path, str(said.get("at", ""))))


@permitted(WRITE)
@require_POST
def decide_comment(request: HttpRequest, draft_id: int, comment_id: int) -> HttpResponse:
    """Take a suggestion, or settle a comment with a reason; from the editor or the list."""
    draft = draft_for(request, draft_id, WRITE)
    found = Comment.objects.filter(pk=comment_id, draft=draft).first()
    if found is None:
        raise Http404
    scripted = request.content_type == "application/json"
    said: Any = _json(request) if scripted else request.POST
    error = _decided(found.pk, who(request), said)
    if scripted:
        if error:
            return _refused(error, 409)
        draft.refresh_from_db()
        return JsonResponse(shown(request, draft, found.path, str(said.get("at", ""))))
    if error:
        messages.error(request, error)
    return redirect("draft_consult", draft.pk)


def _decided(comment_id: int, by: User, said: Any) -> str:
    """What went wrong; empty where nothing did."""
    try:
        if said.get("then") == "take":
            take(comment_id, by, anyway=bool(said.get("anyway")))
        else:
            decide(comment_id, by, str(said.get("then", "")), plain(str(said.get("reason", ""))))
    except ChangedSince:
        return _("What stands there has changed since it was suggested. Look, and take it anyway.")
    except AlreadyDecided:
        return _("Somebody decided on it before you.")
    except DraftClosed:
        return _("This draft is closed: it does not change any more.")
    except (CannotEdit, KeyError):
        return _("What it is about is not there any more.")
    except ValueError:
        return _("Say why.")
    return ""


def _people(market: str) -> Iterator[User]:
    """Who may be asked about drafts of a market."""
    roles = [role.value for role in roles_with(COMMENT)]
    found = User.objects.filter(
        is_active=True, grants__role__in=roles, grants__market__in=["", market]
    ).prefetch_related("grants")
    yield from found.distinct().order_by("display_name", "username")


def _writes(request: HttpRequest, draft: Draft) -> bool:
    return draft.open and may(request.user, WRITE, draft.market)


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _refused(said: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"error": said}, status=status)
