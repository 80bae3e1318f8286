"""An announcement: its text, the cases before and from then on, who has read it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _, language
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.understanding.actions.announce import read_it
from brightline.workbench.understanding.models import Announcement, Told
from brightline.workbench.understanding.texts import as_page
from brightline.workbench.understanding.views.asking import BOARD, READ, person_of
from brightline.workbench.understanding.witnesses import Pair, cards


@permitted(READ)
@require_GET
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Its page: for those told, and for those who may see boards."""
    one, mine = _of(request, pk)
    board = may(request.user, BOARD, one.market, one.queue or None)
    rows = list(one.told.select_related("person")) if board else []
    rows.sort(key=lambda row: (row.read_at is not None, str(row.person).casefold()))
    shown = []
    if one.old is not None and one.new is not None and one.witnesses:
        day = timezone.localdate(one.at)
        pair = Pair(engine_of(one.old.sha), engine_of(one.new.sha), day)
        shown = list(cards(pair, [kept for kept in one.witnesses if kept["told"]]))
    return render(request, "understanding/announcement.html", {
        "one": one, "mine": mine, "rows": rows, "board": board, "cards": shown,
        "title": one.title.get(language(), ""), "body": as_page(one.body.get(language(), "")),
        "queue": queue_words(one.market, one.queue) if one.queue else "",
        "read": sum(row.read_at is not None for row in rows),
        "late": one.binds_at is not None and one.binds_at <= timezone.now(),
    })  # fmt: skip


@permitted(READ)
@require_POST
def read_announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """The person says that they have read it."""
    one, mine = _of(request, pk)
    if mine is None:
        raise PermissionDenied(READ)
    read_it(one, person_of(request))
    messages.success(request, _("Noted: you have read it."))
    return redirect("notices")


def _of(request: HttpRequest, pk: int) -> tuple[Announcement, Told | None]:
    """The announcement and the person's own row of it. Raises `PermissionDenied` for others."""
    one = Announcement.objects.select_related("old", "new").filter(pk=pk).first()
    if one is None:
        raise Http404
    mine = one.told.filter(person=person_of(request)).first()
    if mine is None and not may(request.user, BOARD, one.market, one.queue or None):
        raise PermissionDenied(BOARD)
    return one, mine
