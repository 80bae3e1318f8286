"""The releases of a market, what was in force when, and the page of one release."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may, reaches
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import title
from brightline.workbench.cases.naming import markets
from brightline.workbench.look.forms import plain
from brightline.workbench.releasing.changes import changes
from brightline.workbench.releasing.page_parts import LIST_PARTS, PARTS
from brightline.workbench.rulebooks.actions import sign as signing
from brightline.workbench.rulebooks.actions.cancel import cancel
from brightline.workbench.rulebooks.actions.roll_back import one_back, roll_back
from brightline.workbench.rulebooks.in_force import (
    NoRulebook,
    engine_of,
    release_at,
    spans,
)
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.scheduling import CannotRelease, out_of_step
from brightline.workbench.rulebooks.signing import signed_release
from brightline.workbench.rulebooks.times import (
    VIETNAM,
    NoMoment,
    read_moment,
    said_at,
    short_at,
)

P = Permission
_JOINED = ("published_by", "restores", "cancellation", "ratification")


def reached_markets(person: User, permission: Permission) -> list[str]:
    """The markets with a rulebook in which a person may do something."""
    return [one for one in markets() if may(person, permission, one)]


def the_release(request: HttpRequest, market: str, number: int, permission: Permission) -> Release:
    """A release, if the person may do this in its market. Raises `Http404`, `PermissionDenied`.

    What changes a market's rules takes a right for the whole market, not for one queue.
    """
    me: User = request.user  # type: ignore[assignment]
    found = (
        Release.objects.filter(market=market, number=number)
        .select_related(*_JOINED, "cancellation__by")
        .first()
    )
    if found is None:
        raise Http404
    allowed = (
        may(me, permission, market)
        if permission is P.RULEBOOKS_RELEASE_READ
        else reaches(me, permission, market, "")
    )
    if not allowed:
        raise PermissionDenied(permission)
    return found


@permitted(P.RULEBOOKS_RELEASE_READ)
def releases(request: HttpRequest) -> HttpResponse:
    """What is in force, what is scheduled, what was: and what was in force at a moment (`at`)."""
    me: User = request.user  # type: ignore[assignment]
    every = reached_markets(me, P.RULEBOOKS_RELEASE_READ)
    market = request.GET.get("market", "") or next(iter(every), "")
    if request.GET.get("market") and market not in every:
        raise Http404
    asked = plain(request.GET.get("at", "")).strip()
    now = timezone.now()
    found = list(
        Release.objects.filter(market=market).defer("form").select_related(*_JOINED)
        .order_by("-number")
    )  # fmt: skip
    current = _at(market, now)
    steps = out_of_step(market) if market else {}
    rows = [_row(one, now, current, steps) for one in found]
    return render(
        request,
        "releasing/releases.html",
        {
            "market": market, "markets": every, "current": current, "asked": asked,
            "answer": _answer(market, asked) if asked else None,
            "coming": sorted((r for r in rows if r["state"] == "scheduled"),
                             key=lambda r: r["release"].effective_at),
            "rows": rows, "back": one_back(market) if market else None,
            "next": _next(market, now),
            "publishes": bool(market) and reaches(me, P.RULEBOOKS_RELEASE_PUBLISH, market, ""),
            "said_at": said_at, "short_at": short_at,
            "parts": [(part.template, given) for part in LIST_PARTS
                      if market and (given := part.context(request, market)) is not None],
        },
    )  # fmt: skip


def _at(market: str, moment: datetime) -> Release | None:
    try:
        return release_at(market, moment)
    except NoRulebook:
        return None


def _next(market: str, now: datetime) -> Any:
    """The stretch of time that comes after that of now, where one is known."""
    return next((span for span in spans(market) if span.start > now), None)


def _row(
    release: Release, now: datetime, current: Release | None, steps: dict[int, int]
) -> dict[str, Any]:
    return {
        "release": release,
        "state": state_of(release, now, current),
        "replaces": steps.get(release.pk),
        "out_of_step": release.pk in steps,
    }


def state_of(release: Release, now: datetime, current: Release | None) -> str:
    """`cancelled`, `scheduled`, `in_force`, `expired` or `past`."""
    if hasattr(release, "cancellation"):
        return "cancelled"
    if release.effective_at > now:
        return "scheduled"
    if current is not None and release.pk == current.pk:
        return "in_force"
    if release.expires_at is not None and release.expires_at <= now:
        return "expired"
    return "past"


def _answer(market: str, asked: str) -> dict[str, Any]:
    """What was, is or will be in force at the moment asked for, and for how long."""
    try:
        moment = read_moment(asked)
    except NoMoment as error:
        return {"wrong": str(error)}
    span = next((s for s in reversed(spans(market)) if s.start <= moment), None)
    return {
        "wrong": "", "moment": moment, "release": _at(market, moment), "span": span,
        "ahead": moment > timezone.now(),
    }  # fmt: skip


@permitted(P.RULEBOOKS_RELEASE_READ)
def release(request: HttpRequest, market: str, number: int) -> HttpResponse:
    """One release: when it holds, what it changes, who signed, what may be done with it."""
    me: User = request.user  # type: ignore[assignment]
    found = the_release(request, market, number, P.RULEBOOKS_RELEASE_READ)
    now = timezone.now()
    current = _at(market, now)
    state = state_of(found, now, current)
    try:
        book = engine_of(found.sha).rulebook
    except NoRulebook:
        return render(request, "releasing/altered.html", {"release": found}, status=409)
    signed = signed_release(found) if _signable(found) else []
    writers = signing.writers_of(found)
    publishes = reaches(me, P.RULEBOOKS_RELEASE_PUBLISH, market, "")
    steps = out_of_step(market)
    return render(
        request,
        "releasing/release.html",
        {
            "release": found, "state": state, "current": current, "said_at": said_at,
            "changes": changes(found.base, book, found.effective_at.astimezone(VIETNAM).date()),
            "base": _number_of(found), "counts": _counts(book),
            "signed": [(one, title(one.need.role)) for one in signed],
            "mine": [(role.value, title(role)) for role in
                     signing.open_to(me, market, signed, writers)] if found.unsigned else [],
            "wrote": me.pk in writers,
            "publishes": publishes, "out_of_step": found.pk in steps,
            "replaces": steps.get(found.pk),
            "restorable": publishes and state in ("past", "expired")
            and current is not None and current.sha != found.sha,
            "sweeps": reaches(me, P.RULEBOOKS_RELEASE_SWEEP, market, ""),
            "parts": [(part.template, given) for part in PARTS
                      if (given := part.context(request, found)) is not None],
        },
    )  # fmt: skip


def _signable(release: Release) -> bool:
    return release.emergency or release.way == "draft"


def _number_of(release: Release) -> int | None:
    """The number under which the content that it took the place of was known then."""
    if not release.base:
        return None
    return (
        Release.objects.filter(market=release.market, sha=release.base, number__lt=release.number)
        .order_by("-number").values_list("number", flat=True).first()
    )  # fmt: skip


def _counts(book: Any) -> dict[str, int]:
    return {
        "sops": len(book.sops),
        "clauses": sum(len(sop.clauses) for sop in book.sops),
        "examples": sum(len(sop.examples) for sop in book.sops),
    }


@permitted(P.RULEBOOKS_RELEASE_PUBLISH)
@require_POST
def cancel_release(request: HttpRequest, market: str, number: int) -> HttpResponse:
    """Call a scheduled release off."""
    found = the_release(request, market, number, P.RULEBOOKS_RELEASE_PUBLISH)
    try:
        cancel(found, request.user, plain(request.POST.get("why", ""))[:2000])  # type: ignore[arg-type]
    except CannotRelease as error:
        messages.error(request, str(error))
    else:
        said = _("Release {n} is cancelled: it will not take effect.")
        messages.success(request, said.format(n=found.number))
    return redirect("release", market, number)


@permitted(P.RULEBOOKS_RELEASE_PUBLISH)
@require_POST
def restore_release(request: HttpRequest, market: str, number: int) -> HttpResponse:
    """Bring the content of an earlier release back, at once."""
    found = the_release(request, market, number, P.RULEBOOKS_RELEASE_PUBLISH)
    try:
        back = roll_back(found, request.user, plain(request.POST.get("why", ""))[:2000])  # type: ignore[arg-type]
    except (CannotRelease, NoRulebook) as error:
        messages.error(request, str(error))
        return redirect("release", market, number)
    said = _("Release {back} is in force: it says what release {n} said. Cases that are claimed "
             "from now on are decided under it.")  # fmt: skip
    messages.success(request, said.format(back=back.number, n=found.number))
    return redirect("release", market, back.number)


@permitted(P.RULEBOOKS_RELEASE_SIGN)
@require_POST
def sign_release(request: HttpRequest, market: str, number: int) -> HttpResponse:
    """Sign an emergency release afterwards."""
    found = the_release(request, market, number, P.RULEBOOKS_RELEASE_SIGN)
    if not found.emergency:
        raise Http404
    try:
        signing.sign_release(
            found, request.user, request.POST.get("role", "")[:32],  # type: ignore[arg-type]
            plain(request.POST.get("note", ""))[:2000],
        )  # fmt: skip
    except signing.CannotSign as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Signed."))
    return redirect("release", market, number)
