"""Which cases an edit can reach, from the masks of the rows that it touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.backtesting.matching import Match, Partners
from brightline.screening.layout import U64, Layout, Word
from brightline.screening.words import Codes, dead_rows, places_in

Flags = npt.NDArray[np.bool_]
MOST_ROWS = 512
"""With more touched rows than this, looking for the cases they touch is no gain."""
_FULL = np.uint64((1 << 64) - 1)


@dataclass(frozen=True, slots=True)
class _Side:
    """Partners in one table: their rows as a word, and [fact] which of them ask other things."""

    word: Word
    asks: tuple[tuple[int, np.uint64], ...]

    @classmethod
    def of(cls, layout: Layout, rows: Sequence[int], facts: Sequence[Sequence[int]]) -> _Side:
        asks: dict[int, int] = {}
        for bit, places in enumerate(facts):
            for place in places:
                fact = layout.table.tested.index(place)
                asks[fact] = asks.get(fact, 0) | 1 << bit
        return cls(layout.word_of(rows), tuple((f, np.uint64(bits)) for f, bits in asks.items()))

    def standing(self, codes: Codes, rows: int) -> U64:
        """[case] the rows that known facts do not rule out."""
        return ~dead_rows(self.word, places_in(self.word, codes, rows))

    def add_unknown(self, codes: Codes, found: U64) -> None:
        """Set the bits of rows of which something is unknown that the other version asks too."""
        for fact, bits in self.asks:
            found |= np.where(codes[fact] < 0, bits, np.uint64(0))


class Touch:
    """Finds the cases that an edit can reach. Safe to share between threads."""

    def __init__(self, match: Match, old: Layout, new: Layout) -> None:
        touched = len(match.old_rows) + len(match.new_rows)
        self.everything = match.everything or touched > MOST_ROWS
        paired = [match.partners[at : at + 64] for at in range(0, len(match.partners), 64)]
        self._partners = [_sides(of, old, new) for of in paired]
        alone_old = set(match.old_rows) - {of.old for of in match.partners}
        alone_new = set(match.new_rows) - {of.new for of in match.partners}
        self._old, self._new = _words(old, sorted(alone_old)), _words(new, sorted(alone_new))

    def touched(self, old: Codes, new: Codes, rows: int, differs: Flags | None) -> Flags | None:
        """[case] whether the edit can reach it; None: it may reach all of them.

        `differs`: cases whose facts themselves have other values in the new version.
        """
        if self.everything:
            return None
        found = np.zeros(rows, np.bool_) if differs is None else differs.copy()
        for words, codes in ((self._old, old), (self._new, new)):
            for word in words:
                found |= dead_rows(word, places_in(word, codes, rows)) != _FULL
        for then, now in self._partners:
            before, after = then.standing(old, rows), now.standing(new, rows)
            unknown = np.zeros(rows, np.uint64)
            then.add_unknown(old, unknown)
            now.add_unknown(new, unknown)
            unknown &= before
            unknown |= before ^ after
            found |= unknown != 0
        return found


def _sides(partners: Sequence[Partners], old: Layout, new: Layout) -> tuple[_Side, _Side]:
    return (
        _Side.of(old, [of.old for of in partners], [of.old_facts for of in partners]),
        _Side.of(new, [of.new for of in partners], [of.new_facts for of in partners]),
    )


def _words(layout: Layout, rows: Sequence[int]) -> list[Word]:
    return [layout.word_of(rows[at : at + 64]) for at in range(0, len(rows), 64)]
