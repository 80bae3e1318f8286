"""A text that was left behind needs no change: said, and taken back, in the editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.drafts.access import who
from brightline.workbench.drafts.actions.leave_text import NotBehind, leave_text, want_text
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.views.editor import (
    WRITE,
    closed,
    draft_of,
    refused,
    said_in,
    shown,
)


@permitted(WRITE)
@require_POST
def stays(request: HttpRequest, draft_id: int, path: str) -> HttpResponse:
    """One language of a text needs no change (`stays`), or does after all."""
    draft = draft_of(request, draft_id, path, WRITE)
    said = said_in(request)
    place, mark = said.get("place"), str(said.get("mark", ""))
    if not isinstance(place, list) or not place or not all(isinstance(p, str) for p in place):
        return refused(_("This change could not be understood. Load the page again."))
    try:
        if said.get("stays"):
            leave_text(draft.pk, who(request), path, tuple(place), mark)
        else:
            want_text(draft.pk, who(request), path, mark)
    except NotBehind:
        return refused(_("The texts changed meanwhile. Read them again."), 409)
    except DraftClosed:
        return closed()
    return JsonResponse(shown(request, draft, path, str(said.get("at", ""))))
