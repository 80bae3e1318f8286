"""What whoever sends notices sees: releases, the notices of one, the sending of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _, language, ngettext
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.actions.send import NotToSend, send
from brightline.workbench.understanding.board import (
    LATE,
    PASSED,
    group_of,
    measured_release,
    rows_of,
)
from brightline.workbench.understanding.ending import ending_of
from brightline.workbench.understanding.models import Briefing, Channel, Notice
from brightline.workbench.understanding.pairs import previous_of
from brightline.workbench.understanding.people import workers
from brightline.workbench.understanding.views.asking import BOARD, SEND, person_of
from brightline.workbench.understanding.views.times import field_time, read_time

SHOWN = 30
A_SHIFT = timedelta(hours=8)
LITTLE_LEAD = timedelta(hours=24)


@permitted(BOARD)
@require_GET
def briefings(request: HttpRequest) -> HttpResponse:
    """The releases, the newest first: whether their notices were sent, how many have passed."""
    releases = [
        one
        for one in Release.objects.filter(cancellation=None)
        .defer("form")
        .order_by("-effective_at", "-number")[: 4 * SHOWN]
        if may(request.user, BOARD, one.market)
    ][:SHOWN]
    ends = ending_of(releases)
    known = {b.release_id: b for b in Briefing.objects.filter(release__in=releases)}
    rows = []
    for release in releases:
        briefing = known.get(release.pk)
        notices = list(briefing.notices.all()) if briefing else []
        rows.append({
            "release": release, "briefing": briefing, "lead": _lead(briefing),
            "ending": ends.get(release.pk),
            "notices": len(notices), "ahead": release.effective_at > timezone.now(),
            "unsent": sum(one.state == Notice.State.DRAFT for one in notices),
            "measure": measured_release(notices), "first": previous_of(release) is None,
        })  # fmt: skip
    return render(request, "understanding/briefings.html", {"rows": rows})


def _lead(briefing: Briefing | None) -> str:
    return str(briefing.lead.get(language(), "")) if briefing else ""


def _release(request: HttpRequest, pk: int) -> Release:
    release = Release.objects.filter(pk=pk).first()
    if release is None:
        raise Http404
    if not may(request.user, BOARD, release.market):
        raise PermissionDenied(BOARD)
    return release


@permitted(BOARD)
@require_GET
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """The notices of a release, drafted where they are not yet: edit, look, send, follow."""
    release = _release(request, pk)
    made = draft(release)
    notices = list(made.notices.select_related("briefing__release"))
    now = timezone.now()
    rows: list[dict[str, Any]] = []
    for one in notices:
        board = rows_of(one, now) if one.state == Notice.State.SENT else []
        group = group_of("", board)
        rows.append({
            "notice": one, "queue": queue_words(one.market, one.queue), "group": group,
            "people": group.people if board else len(workers(one.market, one.queue)),
            "late": sum(row.status == LATE for row in board),
            "passed": sum(row.status == PASSED for row in board),
            "may_send": may(request.user, SEND, one.market, one.queue),
            "edited": one.version > 1,
        })  # fmt: skip
    drafts = [row for row in rows if row["notice"].state == Notice.State.DRAFT]
    return render(request, "understanding/briefing.html", {
        "release": release, "briefing": made, "lead": _lead(made), "rows": rows,
        "drafts": drafts, "send": any(row["may_send"] for row in drafts),
        "binds_at": field_time(proposed(release, now)), "ahead": release.effective_at > now,
        "earliest": field_time(release.effective_at),
        "little_lead": release.effective_at - now < LITTLE_LEAD,
        "measure": measured_release(notices), "ending": ending_of([release]).get(release.pk),
        "channels": Channel.objects.filter(market=release.market, ended_at=None).count(),
    })  # fmt: skip


def proposed(release: Release, now: datetime) -> datetime:
    """When the gate should close: with the rules, but never before everyone has had a shift and a
    night to read; where the rules are in force sooner, the difference is the grace."""
    soonest = (now + LITTLE_LEAD).replace(second=0, microsecond=0)
    return max(release.effective_at, soonest)


@permitted(SEND)
@require_POST
def send_notices(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the ticked drafts of a release."""
    release = _release(request, pk)
    made = Briefing.objects.filter(release=release).first()
    ticked = {one for one in request.POST.getlist("notice") if one.isascii() and one.isdigit()}
    chosen = [one for one in made.notices.all() if str(one.pk) in ticked] if made else []
    if not all(may(request.user, SEND, one.market, one.queue) for one in chosen):
        raise PermissionDenied(SEND)
    binds_at = read_time(request.POST.get("binds_at", ""))
    if not chosen:
        messages.warning(request, _("Tick at least one notice."))
    elif binds_at is None:
        messages.error(request, _("Say from when on the quiz is needed: a day and a time."))
    else:
        try:
            told = send(chosen, person_of(request), _at_least(binds_at, release))
        except NotToSend as error:
            messages.error(request, str(error))
        else:
            people = len({one.person_id for one in told})
            said = ngettext("Sent to {n} person.", "Sent to {n} people.", people)
            messages.success(request, said.format(n=people))
    return redirect("briefing", pk=pk)


def _at_least(at: datetime, release: Release) -> datetime:
    """The field has no seconds: the minute in which the rules come into force is meant as that."""
    same_minute = timedelta(0) < release.effective_at - at < timedelta(minutes=1)
    return release.effective_at if same_minute else at
