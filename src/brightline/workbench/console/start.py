"""The start of a moderator's work: what waits, which queues, and off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.case_lines import headline
from brightline.workbench.cases.claiming import queues_of
from brightline.workbench.cases.gates import barred
from brightline.workbench.cases.taken import held_task
from brightline.workbench.console.actions.begin import Begun, begin
from brightline.workbench.console.page_words import page_words
from brightline.workbench.console.today import just_decided, today
from brightline.workbench.console.waiting import waiting_for
from brightline.workbench.console.wellness import Wellness, exposures
from brightline.workbench.escalations.on_case import unread
from brightline.workbench.understanding.announced import to_read
from brightline.workbench.understanding.todo import to_do

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
    shut = barred(person, [(one.market, one.queue) for one in waiting])
    return render(request, "console/console.html", {
        "waiting": waiting,
        "markets": len({one.market for one in waiting}),
        "page_words": page_words(),
        "total": sum(
            one.count
            for one in waiting
            if not one.paused and (one.market, one.queue) not in shut
        ),
        "barred": {f"{market}/{queue}": bar for (market, queue), bar in shut.items()},
        "todo": to_do(person), "announced": to_read(person),
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
    return redirect(say_why_none(request, begun))


def next_task(request: HttpRequest) -> Begun:
    """The next task of the queues that the person chose."""
    chosen = request.session.get(CHOSEN)
    only = None if chosen is None else [_pair(one) for one in chosen]
    return begin(person_of(request), only)


def say_why_none(request: HttpRequest, begun: Begun) -> str:
    """Leave a message why there is no task; where to go for what can be done about it."""
    shut = barred(person_of(request), chosen_queues(request))
    if shut:
        messages.warning(request, _(
            "The rules of these queues have changed. Read the notice and pass its quiz: then you "
            "get their cases at once."
        ))  # fmt: skip
        return next(iter(shut.values())).address if len(shut) == 1 else reverse("notices")
    if begun.limited:
        messages.warning(request, _(
            "You have reached your limit for harmful cases in this shift, and what waits in these "
            "queues begins with one. Choose other queues, or rest; the limit is under “Wellness”."
        ))  # fmt: skip
    else:
        messages.info(request, _("Nothing waits for you in these queues right now."))
    return reverse("console")


def chosen_queues(request: HttpRequest) -> list[tuple[str, str]]:
    """The queues that the person chose, of those that are theirs."""
    chosen = request.session.get(CHOSEN)
    mine = queues_of(person_of(request))
    return mine if chosen is None else [pair for pair in map(_pair, chosen) if pair in mine]


def _pair(key: str) -> tuple[str, str]:
    market, _slash, queue = str(key).partition("/")
    return market, queue


def person_of(request: HttpRequest) -> User:
    """Who is asking; the gate let only people through."""
    assert isinstance(request.user, User)
    return request.user
