"""Where two people changed the same thing: both texts side by side, and a choice."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from brightline.editing.threeway import Merge, merge
from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.drafts.access import draft_for, who
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.actions.settle import Moved, settle
from brightline.workbench.drafts.models import Draft, Revision, Unmerged
from brightline.workbench.drafts.overview import title_of
from brightline.workbench.drafts.place_words import place_in_words
from brightline.workbench.drafts.reading import text_at
from brightline.workbench.drafts.texts import text_of

WRITE = Permission.DRAFTS_DRAFT_WRITE


@permitted(WRITE)
@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, draft_id: int, unmerged_id: int) -> HttpResponse:
    """Choose, piece by piece, or write what should stand."""
    draft = draft_for(request, draft_id, WRITE)
    one = Unmerged.objects.select_related("by").filter(pk=unmerged_id, draft=draft).first()
    if one is None:
        raise Http404
    if one.by_id != who(request).pk and draft.owner_id != who(request).pk:
        raise PermissionDenied(WRITE)
    merged = both(draft, one)
    if one.settled_at is not None:
        messages.info(request, _("This has been settled already."))
        return redirect("draft_edit", draft.pk, one.path)
    if request.method == "POST":
        choices = {
            clash.path: _chosen(request, number, clash.mine, clash.theirs)
            for number, clash in enumerate(merged.clashes)
        }
        try:
            settle(draft.pk, one.pk, who(request), choices, request.POST.get("theirs", ""))
        except Moved:
            messages.warning(
                request, _("It changed again while you were choosing. Look once more.")
            )
            return redirect(request.path)
        except (DraftClosed, KeyError, ValueError):
            messages.error(request, _("Choose a version for each piece."))
            return redirect(request.path)
        messages.success(
            request, _("Both versions are brought together; the other one is kept in the history.")
        )
        return redirect(reverse("draft_edit", args=[draft.pk, one.path]))
    since = Revision.objects.filter(draft=draft, path=one.path, number__gt=one.based_on)
    others = {str(made.by) for made in since.exclude(by=one.by).select_related("by")}
    page = {"draft": draft, "one": one, "merge": merged, "others": ", ".join(sorted(others)),
            "place": place_in_words, "theirs": draft.files.get(one.path, ""),
            "title": title_of(text_of(draft.files.get(one.path, "")), one.path)}  # fmt: skip
    return render(request, "drafts/conflict.html", page)


def both(draft: Draft, one: Unmerged) -> Merge:
    """What the person wrote and what stands now, brought together as far as they go."""
    base = text_at(draft, one.path, one.based_on)
    return merge(base, text_of(one.mine), text_of(draft.files.get(one.path, "")))


def _chosen(request: HttpRequest, number: int, mine: str, theirs: str) -> str:
    choice = request.POST.get(f"choice-{number}", "")
    if choice == "mine":
        return mine
    if choice == "theirs":
        return theirs
    if choice != "own":
        raise KeyError(number)
    own = request.POST.get(f"own-{number}", "").replace("\r\n", "\n")
    return own if own.endswith("\n") or not own else f"{own}\n"
