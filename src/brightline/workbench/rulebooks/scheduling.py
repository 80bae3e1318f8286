"""What may be scheduled: never in the past, never so that nothing is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import QuerySet
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.rulebooks.in_force import spans, spans_of, standing
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.times import said_at

SLACK = timedelta(minutes=2)
"""A form knows minutes only: a time so little past means now."""
SIGN_WITHIN = timedelta(days=3)
"""In which an emergency release is to be signed."""
LAST_CALL = timedelta(seconds=5)
"""So long before it takes effect a release can still be called off: servers look at the clock
themselves, and remember for two seconds."""


class CannotRelease(Exception):
    """A release that cannot be, or cannot be changed so; the message is for the person."""


def takes_effect(effective_at: datetime | None) -> datetime:
    """The moment from which a release is in force. Raises `CannotRelease` on one that is past."""
    now = timezone.now()
    if effective_at is None or now - SLACK <= effective_at <= now:
        return now
    if effective_at < now:
        raise CannotRelease(
            _("A release cannot take effect in the past ({moment}): what was in force then stays "
              "as it was. Choose a time to come, or now.").format(moment=said_at(effective_at))
        )  # fmt: skip
    return effective_at


def hold_no_gap(
    market: str, coming: Sequence[Release] = (), without: Release | None = None
) -> None:
    """Nothing where something is in force at every time to come, with releases that are about to
    be added, and without one that is about to be cancelled. Raises `CannotRelease`."""
    kept = [one for one in standing(market) if without is None or one.pk != without.pk]
    gap = next((span for span in spans_of([*kept, *coming]) if span.release is None), None)
    if gap is not None:
        raise CannotRelease(
            _("From {moment} on no rulebook would be in force in {market}: there is none to fall "
              "back to.").format(moment=said_at(gap.start), market=market)
        )  # fmt: skip


def scheduled(market: str) -> QuerySet[Release]:
    """The releases of a market that take effect in the time to come, the next first."""
    return standing(market).filter(effective_at__gt=timezone.now()).order_by("effective_at")


def out_of_step(market: str) -> dict[int, int]:
    """Scheduled releases that take the place of other content than was signed: by primary key the
    number of the release they will replace. Whatever came between is undone by them."""
    return {
        span.release.pk: before.release.number
        for before, span in pairwise(spans(market))
        if span.release is not None
        and span.start == span.release.effective_at > timezone.now()
        and before.release is not None
        and span.release.base != before.release.sha
    }
