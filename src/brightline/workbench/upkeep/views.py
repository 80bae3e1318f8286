"""The pages of this room: the calendar, the law, one instrument, the clauses, one clause."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from brightline.i18n import _, language, ngettext
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.naming import rulebook_of
from brightline.workbench.desk.actions.take_in import Wish, take_in
from brightline.workbench.desk.models import Origin, Request
from brightline.workbench.desk.models.request import OPEN
from brightline.workbench.drafts.access import markets_for, who
from brightline.workbench.look.forms import plain
from brightline.workbench.rulebooks.times import VIETNAM, short_at
from brightline.workbench.upkeep.actions.report_law_change import report_law_change
from brightline.workbench.upkeep.calendar import SOON, due
from brightline.workbench.upkeep.clause_history import history
from brightline.workbench.upkeep.effects import before_and_after
from brightline.workbench.upkeep.laws import coverage, resting
from brightline.workbench.upkeep.stale import since

P = Permission
READ, ASK = P.DESK_REQUEST_READ, P.DESK_REQUEST_MANAGE


def _market(request: HttpRequest) -> tuple[str, list[str], Rulebook | None]:
    """The market of a page, all that may be chosen, and its rulebook. Raises `Http404`."""
    every = markets_for(who(request), READ)
    market = request.GET.get("market", "") or next(iter(every), "")
    if request.GET.get("market") and market not in every:
        raise Http404
    return market, every, rulebook_of(market) if market else None


def _book(request: HttpRequest, market: str, permission: Permission = READ) -> Rulebook:
    book = rulebook_of(market) if market in markets_for(who(request), permission) else None
    if book is None:
        raise Http404
    return book


def _today() -> date:
    return timezone.now().astimezone(VIETNAM).date()


@permitted(READ)
def calendar(request: HttpRequest) -> HttpResponse:
    """What is overdue, due soon, and later."""
    market, every, book = _market(request)
    today = _today()
    found = due(market, book, timezone.now()) if book else []
    groups: dict[str, list[Any]] = {"overdue": [], "soon": [], "later": []}
    for one in found:
        left = (one.day - today).days
        groups["overdue" if left < 0 else "soon" if left <= SOON else "later"].append((one, left))
    return render(
        request, "upkeep/calendar.html",
        {"market": market, "markets": every, "groups": groups, "none": not found,
         "asks": may(who(request), ASK, market), "asked": _asked(market)},
    )  # fmt: skip


def _asked(market: str) -> dict[str, int]:
    """Open requests that a review or a recheck has led to: what it was for, and their number."""
    rows = Request.objects.filter(
        market=market, state__in=OPEN, voices__ref__startswith=f"due:{market}:"
    ).values_list("voices__ref", "pk")
    return {ref.split(":", 2)[2]: pk for ref, pk in rows}


@permitted(ASK)
@require_POST
def ask_for(request: HttpRequest, market: str) -> HttpResponse:
    """Open a request for something that is due."""
    book = _book(request, market, ASK)
    sop, law = request.POST.get("sop", "")[:80], request.POST.get("law", "")[:80]
    day = request.POST.get("day", "")[:10]
    try:
        on = date.fromisoformat(day)
        if sop:
            what = in_language(book.sop_named(sop).title, "vi", sop)
            title = _("Review the SOP “{sop}”").format(sop=what)
        else:
            what = in_language(book.law[law].cite, "vi", law)
            title = _("Check again: {law}").format(law=what)
    except (KeyError, ValueError):
        raise Http404 from None
    made = take_in(
        Wish(market, Origin.LAW if law else Origin.OTHER, title, title=title, sop=sop, law=law,
             due=on, ref=f"due:{market}:{sop or law}:{day}"),
        who(request),
    )  # fmt: skip
    return redirect("request", made.pk)


@permitted(READ)
def law(request: HttpRequest) -> HttpResponse:
    """Every instrument, what rests on it, and how far the register is covered."""
    market, every, book = _market(request)
    return render(
        request, "upkeep/law.html",
        {"market": market, "markets": every, "soon": SOON, "language": language(),
         "laws": resting(book, _today()) if book else [],
         "coverage": coverage(book) if book else None, "text": in_language},
    )  # fmt: skip


@permitted(READ)
def instrument(request: HttpRequest, market: str, name: str) -> HttpResponse:
    """One instrument: every clause that rests on it, and the requests it has led to."""
    book = _book(request, market)
    one = next((one for one in resting(book, _today()) if one.name == name), None)
    if one is None:
        raise Http404
    return render(
        request, "upkeep/instrument.html",
        {"market": market, "one": one, "text": in_language, "language": language(),
         "actions": book.actions, "asks": may(who(request), ASK, market),
         "requests": Request.objects.filter(market=market, law=name).order_by("-made_at")[:50]},
    )  # fmt: skip


@permitted(ASK)
@require_POST
def law_changed(request: HttpRequest, market: str, name: str) -> HttpResponse:
    """The instrument has changed: requests for every clause that rests on it."""
    book = _book(request, market, ASK)
    if name not in book.law:
        raise Http404
    text = plain(request.POST.get("text", "")).strip()[:5000]
    day = request.POST.get("due", "")[:10]
    try:
        by = date.fromisoformat(day) if day else None
        made = report_law_change(market, book, name, text, who(request), key=_key(text), due=by)
    except ValueError:
        messages.error(request, _("Say what has changed."))
    else:
        said = ngettext("{n} request is open now.", "{n} requests are open now.", len(made))
        messages.success(request, said.format(n=len(made)))
    return redirect("instrument", market, name)


def _key(text: str) -> str:
    """A name for what was said: the same said twice opens nothing twice."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:16]


@permitted(P.RULEBOOKS_RELEASE_READ)
def clause(request: HttpRequest, market: str, sop: str, name: str) -> HttpResponse:
    """One clause: who changed it, why, on which request, and what happened after."""
    me = who(request)
    if market not in markets_for(me, P.RULEBOOKS_RELEASE_READ):
        raise Http404
    try:
        steps = history(market, sop, name)
    except KeyError:
        raise Http404 from None
    counts = may(me, P.APPEALS_APPEAL_READ, market)
    rows = [
        (step, before_and_after(market, step, steps[n + 1] if n + 1 < len(steps) else None)
         if counts and not (step.new and n + 1 == len(steps) and not step.release.base) else None)
        for n, step in enumerate(steps)
    ]  # fmt: skip
    book = rulebook_of(market)
    found = next((s for s in book.sops if s.sop == sop), None) if book else None
    now = next((c for c in found.clauses if c.id == name), None) if found else None
    return render(
        request, "upkeep/clause.html",
        {"market": market, "sop": sop, "name": name, "rows": rows, "now": now, "short_at": short_at,
         "title": in_language(now.title, language(), name) if now else name,
         "sop_title": in_language(found.title, language(), sop) if found else sop,
         "drafts": may(me, P.DRAFTS_DRAFT_READ, market), "reads": may(me, READ, market)},
    )  # fmt: skip


@permitted(P.RULEBOOKS_RELEASE_READ)
def clauses(request: HttpRequest) -> HttpResponse:
    """Every SOP and clause in force, each with the way to its history."""
    every = markets_for(who(request), P.RULEBOOKS_RELEASE_READ)
    market = request.GET.get("market", "") or next(iter(every), "")
    if request.GET.get("market") and market not in every:
        raise Http404
    book = rulebook_of(market) if market else None
    return render(
        request, "upkeep/clauses.html",
        {"market": market, "markets": every, "book": book, "text": in_language,
         "language": language(), "since": since(market) if book else {}, "today": _today(),
         "short_at": short_at},
    )  # fmt: skip
