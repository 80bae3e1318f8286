"""One act on several tasks of a queue: shown first, then done, then perhaps undone."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from brightline.i18n import N_, _, format_number, ngettext
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.naming import queue_words, queues_in_words
from brightline.workbench.cases.routing import URGENCIES
from brightline.workbench.look.forms import plain, whole
from brightline.workbench.queues.actions.move import move
from brightline.workbench.queues.actions.put_back import put_back
from brightline.workbench.queues.actions.set_urgency import set_urgency
from brightline.workbench.queues.actions.undo import can_undo, undo
from brightline.workbench.queues.listing import MOST, Sieve, tasks_of
from brightline.workbench.queues.standing import forget
from brightline.workbench.queues.views import checked

P = Permission
STATE = {"move": Task.Status.OPEN, "urgency": Task.Status.OPEN, "put_back": Task.Status.CLAIMED}
"""Which tasks an act touches: those that wait, or those in someone's hands."""
TITLES = {
    "move": N_("Move to another queue"),
    "urgency": N_("Change the urgency"),
    "put_back": N_("Take back from the person"),
}


@permitted(P.QUEUES_QUEUE_MANAGE)
@require_POST
def bulk(request: HttpRequest, market: str, queue: str) -> HttpResponse:
    """Show what an act would touch; with `sure` do it."""
    me = checked(request, P.QUEUES_QUEUE_MANAGE, market, queue)
    do = request.POST.get("do", "")
    if do not in STATE:
        raise Http404
    target = request.POST.get("target", "")
    if do == "move":
        if target == queue or target not in queues_in_words(market):
            messages.error(request, _("Choose the queue to move to."))
            return redirect("queue", market, queue)
        if not may(me, P.QUEUES_QUEUE_MANAGE, market, target):
            raise PermissionDenied(P.QUEUES_QUEUE_MANAGE)
    urgency = whole(request.POST.get("urgency", ""), -1)
    if do == "urgency" and urgency not in URGENCIES:
        messages.error(request, _("Choose a degree of urgency."))
        return redirect("queue", market, queue)
    chosen = _chosen(request, market, queue)
    fits = Task.objects.filter(pk__in=chosen, market=market, queue=queue, status=STATE[do])
    touched = list(fits.values_list("pk", flat=True))
    why = plain(request.POST.get("why", ""))[:1000].strip()
    if request.POST.get("sure") and why and touched:
        return _done(request, me, market, queue, do, touched, target, urgency, why)
    if not chosen:
        messages.error(request, _("Tick at least one task first."))
        return redirect("queue", market, queue)
    words = _(URGENCIES[urgency]) if do == "urgency" else (
        queue_words(market, target) if do == "move" else "")  # fmt: skip
    return render(
        request,
        "queues/preview.html",
        {"market": market, "queue": queue, "words": queue_words(market, queue), "do": do,
         "title": _(TITLES[do]), "target": target, "urgency": urgency, "to": words,
         "touched": touched, "left": len(chosen) - len(touched), "most": MOST,
         "no_reason": bool(request.POST.get("sure")) and not why},
    )  # fmt: skip


def _chosen(request: HttpRequest, market: str, queue: str) -> list[int]:
    """The tasks that were ticked, or all that fit the filters; at most MOST."""
    if request.POST.get("all"):
        found = tasks_of(market, queue, Sieve.of(request.POST))
        return list(found.values_list("pk", flat=True)[:MOST])
    ticked = (whole(text) for text in request.POST.getlist("task")[:MOST])
    return [pk for pk in ticked if pk is not None]


def _done(
    request: HttpRequest, me: User, market: str, queue: str, do: str, touched: list[int],
    target: str, urgency: int, why: str,
) -> HttpResponse:  # fmt: skip
    event: Event | None = None
    if do == "put_back":
        count = put_back(touched, market, queue, me, why)
    else:
        event = (
            move(touched, market, queue, target, me, why)
            if do == "move"
            else set_urgency(touched, market, queue, urgency, me, why)
        )
        count = len(event.after["tasks"]) if event and event.after else 0
    forget()
    words = ngettext("{n} task: {what}.", "{n} tasks: {what}.", count)
    said = words.format(n=format_number(count), what=_(TITLES[do]).lower())
    if event is not None:
        request.session["undo"] = event.seq
    messages.success(request, format_html("{}", said))
    return redirect("queue", market, queue)


@permitted(P.QUEUES_QUEUE_MANAGE)
@require_POST
def undo_bulk(request: HttpRequest, seq: int) -> HttpResponse:
    """Undo a move or a change of urgency."""
    event = Event.objects.filter(seq=seq, on_type="queue").first()
    if event is None:
        raise Http404
    market, _slash, queue = event.on_id.partition("/")
    me = checked(request, P.QUEUES_QUEUE_MANAGE, market, queue)
    if request.session.get("undo") == seq:
        del request.session["undo"]
    if not can_undo(event):
        messages.error(request, _("It is too late to undo this; move the tasks back instead."))
        return redirect("queue", market, queue)
    count = undo(event, me)
    forget()
    words = ngettext("{n} task is as it was.", "{n} tasks are as they were.", count)
    messages.success(request, words.format(n=format_number(count)))
    return redirect("queue", market, queue)
