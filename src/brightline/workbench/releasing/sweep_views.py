"""The pages of looking at cases again under a release: asked for, counted, carried out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import reaches
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Market
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.look.forms import plain, whole
from brightline.workbench.releasing.actions import sweep as sweeps
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.releasing.sweeping.telling import bounds, moves, queues_to
from brightline.workbench.releasing.sweeping.working import states_of
from brightline.workbench.releasing.views import the_release
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.times import said_at

SWEEP = Permission.RULEBOOKS_RELEASE_SWEEP


@permitted(SWEEP)
def sweep_release(request: HttpRequest, market: str, number: int) -> HttpResponse:
    """Ask for cases to be looked at again, and what was asked for before."""
    release = the_release(request, market, number, SWEEP)
    if request.method == "POST":
        try:
            begun = sweeps.begin(
                release,
                Sweep.Kind.WAITING if request.POST.get("kind") == "waiting" else Sweep.Kind.LIVE,
                request.user,  # type: ignore[arg-type]
                days=whole(request.POST.get("days", ""), 0),
                outcomes=request.POST.getlist("outcomes"),
                subjects=request.POST.getlist("subjects"),
            )
        except sweeps.CannotSweep as error:
            messages.error(request, str(error))
        else:
            return redirect("sweep", begun.pk)
    book = engine_of(release.sha).rulebook
    live = sweeps.live_outcomes(release)
    return render(
        request,
        "releasing/sweep_form.html",
        {
            "release": release, "most": sweeps.MOST_DAYS,
            "outcomes": [(name, in_language(of.title, language(), name), name in live)
                         for name, of in sorted(book.actions.items(), key=lambda a: a[1].severity)],
            "subjects": [(name, in_language(of.title, language(), name))
                         for name, of in book.subjects.items()],
            "earlier": release.sweeps.select_related("by", "release"),
        },
    )  # fmt: skip


def _the_sweep(request: HttpRequest, pk: int) -> Sweep:
    """The sweep, if the right holds in its whole market. Raises `PermissionDenied`."""
    found = get_object_or_404(Sweep.objects.select_related("release", "by"), pk=pk)
    if not reaches(request.user, SWEEP, found.release.market, ""):  # type: ignore[arg-type]
        raise PermissionDenied(SWEEP)
    return found


@permitted(SWEEP)
def sweep(request: HttpRequest, pk: int) -> HttpResponse:
    """What a sweep found, and what became of it; with the header X-Part only what changes."""
    found = _the_sweep(request, pk)
    part = request.headers.get("X-Part") == "1"
    states = states_of(found)
    told: dict[str, Any] = {
        "sweep": found, "release": found.release, "live": found.kind == Sweep.Kind.LIVE,
        "share": min(1.0, found.looked_at / found.total) if found.total else 1.0,
        "acted": sum(n for state, n in states.items() if state != SweptCase.State.FOUND),
        "differ": sum(states.values()), "in_force": _in_force(found.release), "said_at": said_at,
        "states": [(SweptCase.State(s).words, n) for s, n in sorted(states.items())],
    }  # fmt: skip
    if not part:
        market = found.release.market
        told |= {
            "bounds": bounds(found), "moves": moves(found) if not found.running else [],
            "queues": [(queue_words(market, q), n) for q, n in queues_to(found)],
            "automatic": Market.objects.filter(pk=market, automatic=False).first() is None,
            "kept": _kept(found),
        }  # fmt: skip
    return render(request, "releasing/progress.html" if part else "releasing/sweep.html", told)


def _in_force(release: Release) -> bool:
    try:
        return release_now(release.market).sha == release.sha
    except NoRulebook:
        return False


def _kept(found: Sweep) -> list[tuple[str, str]]:
    """What was chosen, in words: outcomes and subjects."""
    book = engine_of(found.release.sha).rulebook
    return [
        (kind, ", ".join(
            in_language(parts[name].title, language(), name) if name in parts else name
            for name in names))
        for kind, parts, names in (
            ("outcomes", book.actions, found.outcomes), ("subjects", book.subjects, found.subjects)
        ) if names
    ]  # fmt: skip


@permitted(SWEEP)
@require_POST
def carry_out_sweep(request: HttpRequest, pk: int) -> HttpResponse:
    """Act on what was found."""
    found = _the_sweep(request, pk)
    try:
        sweeps.carry_out(
            found, request.user,  # type: ignore[arg-type]
            automatic="automatic" in request.POST, tasks="tasks" in request.POST,
            take_back="take_back" in request.POST, why=plain(request.POST.get("why", ""))[:2000],
        )  # fmt: skip
    except sweeps.CannotSweep as error:
        messages.error(request, str(error))
    return redirect("sweep", pk)


@permitted(SWEEP)
@require_POST
def stop_sweep(request: HttpRequest, pk: int) -> HttpResponse:
    """Go no further."""
    sweeps.stop(_the_sweep(request, pk), request.user)  # type: ignore[arg-type]
    return redirect("sweep", pk)
