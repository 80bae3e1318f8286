"""The points and account actions of a seller over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from brightline.rulebook.model import Step
from brightline.workbench.sellers.ladder import InForce, known_then, ladder_at
from brightline.workbench.sellers.models import AccountAction, PointEntry, Seller


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry of the ledger, and the points right after it, as known then."""

    entry: PointEntry
    points: int
    counts_until: datetime | None


@dataclass(frozen=True, slots=True)
class History:
    """Points now, what is next, and how it came to that. `now` is when it was read."""

    now: datetime
    inforce: InForce | None
    points: int
    entries: tuple[Booked, ...]
    actions: tuple[AccountAction, ...]

    @property
    def reached(self) -> Step | None:
        """The rung the points stand on now."""
        return self.inforce.reached(self.points) if self.inforce else None

    @property
    def ahead(self) -> Step | None:
        """The next rung."""
        return self.inforce.ahead(self.points) if self.inforce else None

    def course(self) -> list[tuple[datetime, int]]:
        """The points from each moment they changed on, lapses included, as known at each."""
        if self.inforce is None:
            return []
        window = self.inforce.window
        entries = [booked.entry for booked in self.entries]
        moments = {e.at for e in entries} | {e.counts_from + window for e in entries}
        return [
            (moment, known_then(entries, moment, window))
            for moment in sorted(moments)
            if moment <= self.now
        ]


def history_of(market: str, code: str, seller: Seller | None, now: datetime) -> History:
    """The history of a seller; an empty one where no decision has touched them."""
    inforce = ladder_at(market, now)
    entries = list(seller.entries.select_related("case", "decision")) if seller else []
    window = inforce.window if inforce else timedelta(days=36_500)
    booked = tuple(
        Booked(
            entry,
            known_then([e for e in entries if e.pk <= entry.pk], entry.at, window),
            entry.counts_from + window if inforce else None,
        )
        for entry in entries
    )
    actions = tuple(seller.account_actions.select_related("decision")) if seller else ()
    return History(now, inforce, known_then(entries, now, window), booked, actions)
