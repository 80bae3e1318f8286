"""Cases kept while a file goes by: one for every way to change, and some at random."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from brightline.backtesting.counting import Tables
from brightline.backtesting.pair import Pair
from brightline.backtesting.reading import Part
from brightline.backtesting.results import Effort, TellingCase

MOST_WAYS = 5000
"""Ways to change (pairs of labels) of which an example is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A case: its codes in the tested columns of both tables."""

    id: str
    old: tuple[int, ...]
    new: tuple[int, ...]


class Keeper:
    """Counts the parts of a file and keeps what examples and interviews need."""

    def __init__(self, pairs: Mapping[str, Pair]) -> None:
        self._pairs = pairs
        self.cases = 0
        self.ways: dict[tuple[str, int, int], Kept] = {}

    def add(self, part: Part, pair: Pair) -> None:
        """Count a part."""
        batch = part.batch
        if not batch.rows:
            return
        old, new, flags = pair.judge(batch)
        unseen = pair.tally.add(old, new, flags, batch.groups, self.cases)
        for (then, now), at in unseen:
            if len(self.ways) < MOST_WAYS:
                kept = Kept(
                    part.ids[at],
                    tuple(int(of[at]) for of in batch.old),
                    tuple(int(of[at]) for of in batch.new),
                )
                self.ways[part.subject, then, now] = kept
        self.cases += batch.rows

    def effort(self, cases: int) -> Effort | None:
        """Questions and seconds a case."""
        return None

    def telling(self, tables: Tables) -> tuple[TellingCase, ...]:
        """The most telling cases."""
        return ()
