"""Points and rungs: how many points a seller has, and what the ladder makes of them.

The window and the rungs are those of the rulebook in force at the time: see `ladder_at`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from brightline.rulebook.model import Ladder, Step
from brightline.workbench.ready import ReadyValues
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_at
from brightline.workbench.sellers.models import AccountAction, PointEntry, Seller

_SUM = ReadyValues(
    lambda hole: (
        PointEntry.objects.filter(
            seller=hole("seller"), counts_from__lte=hole("at"), counts_from__gt=hole("since")
        )
        .order_by()
        .values("seller")
        .annotate(sum=Sum("amount"))
        .values_list("sum")
    ),
    seller=int,
    at=datetime,
    since=datetime,
)


@dataclass(frozen=True, slots=True)
class InForce:
    """A ladder and the rulebook it stands in."""

    ladder: Ladder
    sha: str

    @property
    def window(self) -> timedelta:
        """For how long points count."""
        return timedelta(seconds=self.ladder.window)

    def reached(self, standing: int) -> Step | None:
        """The highest rung at or below a standing."""
        return max(
            (step for step in self.ladder.steps if step.at <= standing),
            key=lambda step: step.at,
            default=None,
        )

    def ahead(self, standing: int) -> Step | None:
        """The lowest rung above a standing."""
        return min(
            (step for step in self.ladder.steps if step.at > standing),
            key=lambda step: step.at,
            default=None,
        )


def ladder_at(market: str, at: datetime, sha: str = "") -> InForce | None:
    """The ladder in force in a market at a moment; that of the rulebook `sha` where none was yet.

    None where the rulebook has no ladder.
    """
    try:
        found = release_at(market, at).sha
    except NoRulebook:
        found = sha
    if not found:
        return None
    ladder = engine_of(found).rulebook.ladder
    return None if ladder is None else InForce(ladder, found)


def standing(seller: Seller, at: datetime, window: timedelta) -> int:
    """The points that count at a moment, as far as is known now."""
    found = _SUM.rows(seller=seller.pk, at=at, since=at - window)
    return int(found[0][0]) if found else 0


def known_then(entries: Iterable[PointEntry], at: datetime, window: timedelta) -> int:
    """The points that counted at a moment, as far as was known at that moment."""
    return sum(e.amount for e in entries if e.at <= at and at - window < e.counts_from)


def peak(
    entries: Sequence[PointEntry], start: datetime, end: datetime | None, window: timedelta
) -> int:
    """The most points at any moment from `start` up to, not including, `end`; as known now."""
    moments = {start} | {
        e.counts_from
        for e in entries
        if e.counts_from >= start and (end is None or e.counts_from < end)
    }
    return max(
        sum(e.amount for e in entries if moment - window < e.counts_from <= moment)
        for moment in moments
    )


def unfounded(seller: Seller) -> list[AccountAction]:
    """Account actions in force whose rung, with what was given back, was never reached.

    An action answers for the time from when it began until the same rung was reached anew.
    """
    entries = list(seller.entries.all())
    actions = list(seller.account_actions.filter(lifted_at=None).order_by("at", "id"))
    found = []
    for action in actions:
        end = min((a.at for a in actions if a.rung == action.rung and a.at > action.at),
                  default=None)  # fmt: skip
        if peak(entries, action.at, end, timedelta(seconds=action.window)) < action.rung:
            found.append(action)
    return found
