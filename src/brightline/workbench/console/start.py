"""The start of a moderator's work: what waits, which queues, and off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.case_lines import headline
from brightline.workbench.cases.claiming import queues_of
from brightline.workbench.cases.taken import held_task
from brightline.workbench.console.actions.begin import Begun, begin
from brightline.workbench.console.page_words import page_words
from brightline.workbench.console.today import just_decided, today
from brightline.workbench.console.waiting import waiting_for
from brightline.workbench.console.wellness import Wellness, exposures
from brightline.workbench.escalations.on_case import unread

CHOSEN = "console_queues"
"""Where the session keeps the queues that were chosen; missing: all of one's own."""


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def console(request: HttpRequest) -> HttpResponse:
    """What waits, and the way to begin or go on."""
    person = person_of(request)
    waiting = waiting_for(person)
    held = held_task(person)
    settings = Wellness.of(person.wellness)
    chosen = request.session.get(CHOSEN)
    return render(request, "console/console.html", {
        "waiting": waiting,
        "markets": len({one.market for one in waiting}),
        "page_words": page_words(),
        "total": sum(one.count for one in waiting if not one.paused),
        "chosen": [one.key for one in waiting] if chosen is None else chosen,
        "held": held,
        "held_title": headline(held.case.attributes) if held else "",
        "today": today(person),
        "just": just_decided(person),
        "wellness": settings,
        "unread": unread(person),
        "exposed": len(exposures(person.wellness, timezone.now())),
    })  # fmt: skip


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def begin_work(request: HttpRequest) -> HttpResponse:
    """Claim the next task of the queues that were ticked; else back, with the reason why not."""
    person = person_of(request)
    mine = [f"{market}/{queue}" for market, queue in queues_of(person)]
    ticked = [one for one in request.POST.getlist("queue") if one in mine]
    if request.POST.get("choosing"):
        if not ticked:
            messages.warning(request, _("Tick at least one queue."))
            return redirect("console")
        request.session[CHOSEN] = ticked if set(ticked) != set(mine) else None
    begun = next_task(request)
    if begun.task is not None:
        return redirect("console_task", begun.task.pk)
    say_why_none(request, begun)
    return redirect("console")


def next_task(request: HttpRequest) -> Begun:
    """The next task of the queues that the person chose."""
    chosen = request.session.get(CHOSEN)
    only = None if chosen is None else [_pair(one) for one in chosen]
    return begin(person_of(request), only)


def say_why_none(request: HttpRequest, begun: Begun) -> None:
    """Leave a message why there is no task."""
    if begun.limited:
        messages.warning(request, _(
            "You have reached your limit for harmful cases in this shift, and what waits in these "
            "queues begins with one. Choose other queues, or rest; the limit is under “Wellness”."
        ))  # fmt: skip
    else:
        messages.info(request, _("Nothing waits for you in these queues right now."))


def _pair(key: str) -> tuple[str, str]:
    market, _slash, queue = str(key).partition("/")
    return market, queue


def person_of(request: HttpRequest) -> User:
    """Who is asking; the gate let only people through."""
    assert isinstance(request.user, User)
    return request.user
