"""The approval of a draft: its gate, its signatures, and its release."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reaches
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import title
from brightline.workbench.drafts.access import draft_for, who
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.models import Draft, DraftState
from brightline.workbench.look.forms import plain
from brightline.workbench.publishing.actions.bring_up_to_date import bring_up_to_date
from brightline.workbench.publishing.actions.hand_in import CannotHandIn, hand_in
from brightline.workbench.publishing.actions.publish_draft import publish_draft
from brightline.workbench.publishing.actions.sign_draft import sign_draft
from brightline.workbench.publishing.models import DraftSignature, Push
from brightline.workbench.publishing.standing import Standing, standing
from brightline.workbench.publishing.waiting import standing_of_push
from brightline.workbench.releasing.changes import changes
from brightline.workbench.rulebooks.actions.publish import Terms
from brightline.workbench.rulebooks.actions.sign import CannotSign, take_back
from brightline.workbench.rulebooks.in_force import NoRulebook
from brightline.workbench.rulebooks.scheduling import CannotRelease, out_of_step, scheduled
from brightline.workbench.rulebooks.times import (
    VIETNAM,
    NoMoment,
    for_field,
    read_moment,
    said_at,
)

P = Permission


@permitted(P.DRAFTS_DRAFT_READ)
def approvals(request: HttpRequest) -> HttpResponse:
    """The drafts that wait for signatures, those that wait for one's own first."""
    me = who(request)
    waiting = [
        draft
        for draft in Draft.objects.filter(state=DraftState.APPROVING)
        .select_related("owner", "base").order_by("changed_at")
        if may(me, P.DRAFTS_DRAFT_READ, draft.market)
    ]  # fmt: skip
    rows = [_row(standing(draft), me) for draft in waiting]
    rows.sort(key=lambda row: not row["mine"])
    pushes = [
        _push_row(push, me)
        for push in Push.objects.filter(state=Push.State.WAITING).select_related("pushed_by")
        .defer("archive").order_by("pk")
        if may(me, P.DRAFTS_DRAFT_READ, push.market)
    ]  # fmt: skip
    pushes.sort(key=lambda row: not row["mine"])
    return render(request, "publishing/approvals.html", {"rows": rows, "pushes": pushes})


def _push_row(push: Push, me: Any) -> dict[str, Any]:
    found = standing_of_push(push)
    return {
        "push": push, "mine": [title(role) for role in found.open_to(me)],
        "signed": [title(one.need.role) for one in found.signed if one.by],
        "missing": [title(one.need.role) for one in found.missing],
    }  # fmt: skip


def _row(found: Standing, me: Any) -> dict[str, Any]:
    return {
        "draft": found.draft,
        "mine": [title(role) for role in found.open_to(me)] if found.gate.open else [],
        "signed": [title(one.need.role) for one in found.signed if one.by],
        "missing": [title(one.need.role) for one in found.signed if not one.by],
        "open": found.gate.open,
    }


@permitted(P.DRAFTS_DRAFT_READ)
def draft_approval(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What stands against a draft, who has signed, what it changes, and how it is published."""
    return _page(request, draft_for(request, draft_id, P.DRAFTS_DRAFT_READ))


def _page(request: HttpRequest, draft: Draft, wrong: str = "", status: int = 200) -> HttpResponse:
    me, now = who(request), timezone.now()
    if not draft.open and draft.released_as is not None:
        return redirect("release", draft.market, draft.released_as.number)
    found = standing(draft)
    book = found.gate.rulebook
    today = now.astimezone(VIETNAM).date()
    given = request.POST if wrong else {}
    return render(
        request,
        "publishing/draft.html",
        {
            "draft": draft, "standing": found, "gate": found.gate, "said_at": said_at,
            "signed": [(one, title(one.need.role)) for one in found.signed],
            "mine": [(role.value, title(role)) for role in found.open_to(me)],
            "wrote": me.pk in found.authors, "me": me,
            "signs": may(me, P.RULEBOOKS_RELEASE_SIGN, draft.market),
            "writes": may(me, P.DRAFTS_DRAFT_WRITE, draft.market),
            "publishes": reaches(me, P.RULEBOOKS_RELEASE_PUBLISH, draft.market, ""),
            "changes": changes(found.gate.base, book, today) if book else None,
            "wrong": wrong, "given": given, "earliest": for_field(now),
            "coming": list(scheduled(draft.market)), "steps": out_of_step(draft.market),
        },
        status=status,
    )  # fmt: skip


@permitted(P.DRAFTS_DRAFT_WRITE)
@require_POST
def hand_in_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Its consultation is over: it waits for signatures."""
    draft = draft_for(request, draft_id, P.DRAFTS_DRAFT_WRITE)
    try:
        hand_in(draft.pk, who(request))
    except (CannotHandIn, DraftClosed) as error:
        messages.error(request, str(error) or _("The draft is closed."))
    else:
        messages.success(request, _("Handed in. Those who must sign see it under Approvals."))
    return redirect("draft_approval", draft.pk)


@permitted(P.DRAFTS_DRAFT_WRITE)
@require_POST
def update_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Bring a draft onto the release in force."""
    draft = draft_for(request, draft_id, P.DRAFTS_DRAFT_WRITE)
    try:
        clashes = bring_up_to_date(draft.pk, who(request))
    except (DraftClosed, NoRulebook):
        messages.error(request, _("The draft is closed."))
        return redirect("draft_approval", draft.pk)
    if clashes:
        said = _("Brought up to date. In these files you have to choose: {files}")
        messages.warning(request, said.format(files=", ".join(clashes)))
        return redirect("draft", draft.pk)
    messages.success(request, _("Brought up to date: it rests on what is in force now."))
    return redirect("draft_approval", draft.pk)


@permitted(P.RULEBOOKS_RELEASE_SIGN)
@require_POST
def sign(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Sign what one was shown."""
    draft = draft_for(request, draft_id, P.RULEBOOKS_RELEASE_SIGN)
    try:
        sign_draft(
            draft, who(request), request.POST.get("role", "")[:32],
            request.POST.get("shown", "")[:64], plain(request.POST.get("note", ""))[:2000],
        )  # fmt: skip
    except CannotSign as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Signed. An edit of the draft would make it void."))
    return redirect("draft_approval", draft.pk)


@permitted(P.RULEBOOKS_RELEASE_SIGN)
@require_POST
def unsign(request: HttpRequest, draft_id: int, pk: int) -> HttpResponse:
    """Take one's own signature back."""
    draft = draft_for(request, draft_id, P.RULEBOOKS_RELEASE_SIGN)
    found = get_object_or_404(DraftSignature, draft=draft, signature__pk=pk)
    try:
        take_back(found.signature, who(request))
    except CannotSign as error:
        messages.error(request, str(error))
    return redirect("draft_approval", draft.pk)


@permitted(P.RULEBOOKS_RELEASE_PUBLISH)
@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Publish it: at once or at a time, for good or until a time, or in an emergency."""
    draft = draft_for(request, draft_id, P.RULEBOOKS_RELEASE_PUBLISH)
    me = who(request)
    if not reaches(me, P.RULEBOOKS_RELEASE_PUBLISH, draft.market, ""):
        raise PermissionDenied(P.RULEBOOKS_RELEASE_PUBLISH)
    try:
        release = publish_draft(
            draft.pk, me,
            Terms(
                effective_at=_moment(request, "from") if request.POST.get("when") == "at" else None,
                expires_at=_moment(request, "until"),
                note=plain(request.POST.get("note", ""))[:2000].strip(),
                emergency="emergency" in request.POST,
            ),
            request.POST.get("shown", "")[:64],
        )  # fmt: skip
    except (CannotRelease, NoMoment) as error:
        return _page(request, draft, str(error), 422)
    except DraftClosed:
        return redirect("draft_approval", draft.pk)
    if release.effective_at > timezone.now():
        said = _("Release {n} takes effect on {moment}.")
    else:
        said = _("Release {n} is in force.")
    messages.success(request, said.format(n=release.number, moment=said_at(release.effective_at)))
    return redirect("release", release.market, release.number)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    """The moment in a field, in Vietnam time; None where it is empty. Raises `NoMoment`."""
    text = plain(request.POST.get(name, "")).strip()
    return read_moment(text) if text else None
