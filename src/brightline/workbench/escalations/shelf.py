"""A market's precedents in memory: their words to compare with, and what they are tied to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.likeness import Likeness
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.ready import ReadyValues

_FRESH = 1.0
AT_ONCE = 1_000
"""As many new ones as a request reads itself; more are read aside, a second for some 2,500."""

_NEWEST = ReadyValues(
    lambda hole: (
        Precedent.objects.filter(market=hole("market")).order_by("-seq").values_list("seq")[:1]
    ),
    market=str,
)


@dataclass
class Shelf:
    """Brought up to date by the number of the precedents' last event, which grows by commits."""

    seq: int = -1
    index: Likeness = field(default_factory=Likeness)
    known: set[int] = field(default_factory=set)
    tied: dict[About, set[int]] = field(default_factory=dict)
    """The active ones, by what they are tied to."""
    asked: float = float("-inf")
    """When the database last said that nothing is missing here (monotonic)."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    reading: threading.Thread | None = None

    def behind(self, market: str) -> int:
        """How many have changed since it was read. One small query where none has, and none within
        a second of the last: another process's precedent shows that late."""
        now = time.monotonic()
        if now - self.asked < _FRESH:
            return 0
        newest = next((seq for (seq,) in _NEWEST.rows(market=market)), -1)
        if newest == self.seq:
            self.asked = now
            return 0
        if newest < self.seq:  # another database, or a copy put back
            self.seq, self.index = -1, Likeness()
            self.known.clear()
            self.tied.clear()
        return Precedent.objects.filter(market=market, seq__gt=self.seq).count()

    def read(self, market: str) -> None:
        """Read what has changed since."""
        rows = list(Precedent.objects.filter(market=market, seq__gt=self.seq).order_by("pk"))
        for row in rows:
            tied = self.tied.setdefault(About(row.sop, row.clause, row.fact), set())
            (tied.add if row.active else tied.discard)(row.pk)
        self.index.add((row.pk, row.search_text) for row in rows if row.pk not in self.known)
        self.known.update(row.pk for row in rows)
        self.seq = max((row.seq for row in rows), default=self.seq)


_shelves: dict[str, Shelf] = {}


@contextmanager
def shelf_of(market: str) -> Iterator[Shelf | None]:
    """The shelf of a market, for one thread at a time; None while a large one is being read."""
    shelf = _shelves.setdefault(market, Shelf())
    with shelf.lock:
        behind = shelf.behind(market)
        if behind > AT_ONCE:
            if shelf.reading is None or not shelf.reading.is_alive():
                shelf.reading = threading.Thread(target=_read_aside, args=[market], daemon=True)
                shelf.reading.start()
            yield None
            return
        if behind:
            shelf.read(market)
        yield shelf


def _read_aside(market: str) -> None:
    fresh = Shelf()
    try:
        fresh.read(market)
        _shelves[market] = fresh
    finally:
        connection.close()


def ties_in(market: str) -> dict[About, set[int]]:
    """What the active precedents are tied to, straight from the database."""
    tied: dict[About, set[int]] = {}
    rows = Precedent.objects.filter(market=market, active=True).order_by()
    for pk, sop, clause, fact in rows.values_list("pk", "sop", "clause", "fact"):
        tied.setdefault(About(sop, clause, fact), set()).add(pk)
    return tied


def ask_again() -> None:
    """Ask the database at the next look: a precedent was made or changed here."""
    for shelf in [*_shelves.values()]:
        shelf.asked = float("-inf")


def forget() -> None:
    """Drop what is kept in memory: between tests."""
    _shelves.clear()
