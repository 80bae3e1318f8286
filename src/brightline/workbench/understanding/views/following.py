"""The board of a notice, and what is done from it: remind, excuse, move the gate, withdraw."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _, language, ngettext
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.understanding.actions.edit_notice import NotKept, move_gate, withdraw
from brightline.workbench.understanding.actions.excuse import NotExcused, excuse
from brightline.workbench.understanding.actions.remind import remind
from brightline.workbench.understanding.board import (
    by_shift,
    by_team,
    group_of,
    measured,
    rows_of,
)
from brightline.workbench.understanding.current import forget
from brightline.workbench.understanding.models import Notice, Post
from brightline.workbench.understanding.recipients import enrol
from brightline.workbench.understanding.views.asking import BOARD, SEND, notice_for, person_of
from brightline.workbench.understanding.views.times import field_time, read_time


@permitted(BOARD)
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read, passed, is late; by team and by shift; how long 95 % took."""
    notice = notice_for(request, pk, BOARD)
    if notice.state == Notice.State.DRAFT:
        return redirect("briefing", pk=notice.briefing.release_id)
    if notice.state == Notice.State.SENT:
        enrol(notice)
    now = timezone.now()
    rows = rows_of(notice, now)
    assert notice.binds_at is not None
    return render(request, "understanding/board.html", {
        "notice": notice, "rows": rows, "every": group_of("", rows),
        "teams": by_team(rows), "shifts": by_shift(rows), "measure": measured(notice),
        "title": notice.title.get(language(), ""),
        "queue": queue_words(notice.market, notice.queue),
        "closed": notice.binds_at <= now,
        "send": may(request.user, SEND, notice.market, notice.queue),
        "until": field_time(now + timedelta(hours=8)), "binds_at": field_time(notice.binds_at),
        "posts": Post.objects.filter(notice=notice).select_related("channel"),
        "me": person_of(request).pk,
    })  # fmt: skip


@permitted(SEND)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind everyone who is late, let the gate close at another time, withdraw the notice."""
    notice = notice_for(request, pk, SEND)
    if notice.state != Notice.State.SENT:
        raise Http404
    what, why, person = request.POST.get("do"), request.POST.get("why", ""), person_of(request)
    try:
        if what == "remind":
            n = remind(notice)
            said = ngettext("{n} person was reminded.", "{n} people were reminded.", n)
            messages.success(request, said.format(n=n) if n else _(
                "Nobody to remind: everyone has passed, is excused, or was reminded within 3 hours."
            ))  # fmt: skip
        elif what == "gate":
            at = read_time(request.POST.get("binds_at", ""))
            if at is None:
                raise NotKept(_("Say from when on the quiz is needed: a day and a time."))
            move_gate(notice, person, at, why)
            messages.success(request, _("Kept. Everyone sees the new time."))
        elif what == "withdraw":
            withdraw(notice, person, why)
            messages.success(request, _("Withdrawn: nobody has to pass it any more."))
            return redirect("briefing", pk=notice.briefing.release_id)
    except NotKept as error:
        messages.error(request, str(error))
    return redirect("board", pk=pk)


@permitted(SEND)
@require_POST
def excuse_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one person into the queue until a time, for a reason."""
    notice = notice_for(request, pk, SEND)
    said = request.POST.get("recipient", "")
    recipient = (
        notice.recipients.select_related("person").filter(pk=int(said)).first()
        if said.isascii() and said.isdigit() and len(said) < 18
        else None
    )
    if recipient is None or notice.state != Notice.State.SENT:
        raise Http404
    until = read_time(request.POST.get("until", ""))
    try:
        if until is None:
            raise NotExcused(_("Say until when: a day and a time."))
        recipient.notice = notice
        excuse(recipient, person_of(request), until, request.POST.get("why", ""))
    except NotExcused as error:
        messages.error(request, str(error))
    else:
        forget()
        messages.success(request, _("{person} may take cases of this queue for now.").format(
            person=recipient.person))  # fmt: skip
    return redirect("board", pk=pk)
