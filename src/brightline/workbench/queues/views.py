"""The queues of a market, one queue's tasks, and pausing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reaches
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import TaskKind
from brightline.workbench.cases.naming import markets, queue_words, queues_in_words
from brightline.workbench.cases.routing import URGENCIES
from brightline.workbench.queues.actions import pause as pausing
from brightline.workbench.queues.listing import PAGE, Sieve, page_of, tasks_of
from brightline.workbench.queues.standing import Standing, forget, paused, standings

P = Permission


def checked(request: HttpRequest, permission: Permission, market: str, queue: str) -> User:
    """The person, if the market and queue are there and the permission reaches them.

    Raises `Http404` and `PermissionDenied`.
    """
    if market not in markets() or queue not in {*queues_in_words(market), *standings(market)}:
        raise Http404
    if not may(request.user, permission, market, queue):
        raise PermissionDenied(permission)
    return request.user  # type: ignore[return-value]


@permitted(P.QUEUES_QUEUE_WATCH)
def queues(request: HttpRequest) -> HttpResponse:
    """The queues of a market; with the header X-Part only the table, for the live page."""
    me: User = request.user  # type: ignore[assignment]
    every = [one for one in markets() if may(me, P.QUEUES_QUEUE_WATCH, one)]
    market = request.GET.get("market", "")
    if market and market not in every:
        raise Http404
    market = market or next(iter(every), "")
    part = request.headers.get("X-Part") == "1"
    return render(
        request,
        "queues/table.html" if part else "queues/queues.html",
        {
            "market": market, "markets": every, "rows": _rows(me, market) if market else [],
            "settings": bool(market) and reaches(me, P.QUEUES_QUEUE_MANAGE, market, ""),
        },
    )  # fmt: skip


def _rows(me: User, market: str) -> list[dict[str, Any]]:
    standing, stopped = standings(market), paused(market)
    names = queues_in_words(market)
    for queue in standing:  # one that the rulebook does not name any more, with tasks left in it
        names.setdefault(queue, queue)
    return [
        {"queue": queue, "words": words, "now": standing.get(queue, Standing()),
         "paused": stopped.get(queue), "manage": may(me, P.QUEUES_QUEUE_MANAGE, market, queue)}
        for queue, words in names.items()
        if may(me, P.QUEUES_QUEUE_WATCH, market, queue)
    ]  # fmt: skip


@permitted(P.QUEUES_QUEUE_WATCH)
def queue(request: HttpRequest, market: str, queue: str) -> HttpResponse:
    """The tasks of one queue."""
    me = checked(request, P.QUEUES_QUEUE_WATCH, market, queue)
    sieve, after = Sieve.of(request.GET), request.GET.get("after", "")
    found = tasks_of(market, queue, sieve)
    rows, key = page_of(found, after)
    query = {name: value for name, value in vars(sieve).items() if value}
    others = {q: w for q, w in queues_in_words(market).items()
              if q != queue and may(me, P.QUEUES_QUEUE_MANAGE, market, q)}  # fmt: skip
    return render(
        request,
        "queues/queue.html",
        {
            "market": market, "queue": queue, "words": queue_words(market, queue),
            "rows": [(task, TaskKind(task.kind).words, _(URGENCIES[task.urgency]))
                     for task in rows],
            "count": found.count(), "first_page": not after, "page": PAGE,
            "next": urlencode({**query, "after": key}) if key else "",
            "query": urlencode(query), "sieve": sieve, "others": others,
            "kinds": [(kind.value, kind.words) for kind in TaskKind],
            "urgencies": [(degree, _(why)) for degree, why in URGENCIES.items()],
            "manage": may(me, P.QUEUES_QUEUE_MANAGE, market, queue),
            "reads_cases": may(me, P.CASES_CASE_READ, market, queue),
            "paused": paused(market).get(queue),
        },
    )  # fmt: skip


@permitted(P.QUEUES_QUEUE_MANAGE)
@require_POST
def pause(request: HttpRequest, market: str, queue: str) -> HttpResponse:
    """Pause a queue with a reason, or let it run again (`do`)."""
    me = checked(request, P.QUEUES_QUEUE_MANAGE, market, queue)
    words = queue_words(market, queue)
    if request.POST.get("do") == "resume":
        pausing.resume(market, queue, me)
        messages.success(request, _("“{queue}” runs again.").format(queue=words))
    elif not request.POST.get("why", "").strip():
        messages.error(request, _("Say why the queue is paused: moderators see the reason."))
    else:
        pausing.pause(market, queue, me, request.POST["why"][:1000])
        said = _("“{queue}” is paused: nothing is given out from it. What is in hand stays there.")
        messages.success(request, said.format(queue=words))
    forget()
    back = "queue" if request.POST.get("back") == "queue" else "queues"
    return redirect(back, market, queue) if back == "queue" else redirect("queues")
