"""One chain of words over a block of cases: what its SOPs come to, as small numbers.

A *part* is what the SOPs of one chain come to together: a tuple of outcomes (`OPEN` among them).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from brightline.rulebook.deciding import OPEN
from brightline.rulebook.settling import NO_CLAUSE
from brightline.screening.keys import I32, KeyIndex
from brightline.screening.layout import U64, Chain, Layout, Stretch, Word
from brightline.screening.openness import tell_apart
from brightline.screening.words import (
    Codes,
    Index,
    Question,
    dead_rows,
    lowest,
    places_in,
    unsure_rows,
    winners,
)

Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Block:
    """What is known so far of a block of cases."""

    codes: Codes
    rows: int
    lowest_code: Sequence[int]
    """The least code of each tested column in the block."""
    open: U64
    """[case, fact word] the unknown facts that rows in question test."""
    is_open: Flags
    undetermined: Flags
    """Shown to be undetermined."""
    unsettled: Flags
    """To be settled exactly."""

    def all_known(self, word: Word) -> bool:
        """Whether every fact that the word looks at is known in every case."""
        return all(self.lowest_code[fact] >= 0 for fact in word.facts)


class Reader(Protocol):
    """Reads one chain. Safe to share between threads."""

    def read(self, block: Block) -> I32:
        """[case] the number of the part; marks in the block what is open."""
        ...


def reader_of(layout: Layout, chain: Chain, fused: bool) -> Reader:
    """The reader for a chain: of one word, of many, or, with `fused`, compiled."""
    from brightline.screening.long_chains import LongReader

    if fused and layout.fact_words == 1:
        from brightline.screening.fused import FusedReader

        return FusedReader(layout, chain)
    return WordReader(layout, chain) if len(chain.words) == 1 else LongReader(layout, chain)


def parts_of_rows(chain: Chain) -> I32:
    """For a chain of one SOP: row → number of the part; the last entry is for an open SOP."""
    outcomes = (*chain.outcome, OPEN)
    numbers = {outcome: number for number, outcome in enumerate(dict.fromkeys(outcomes))}
    return np.array([numbers[outcome] for outcome in outcomes], dtype=np.int32)


class WordReader:
    """Reads a chain of one word, with one SOP or several in it."""

    def __init__(self, layout: Layout, chain: Chain) -> None:
        self._layout, self._chain, self._word = layout, chain, chain.words[0]
        self._by_winners = KeyIndex(part_of_winners(layout, self._word))
        self._of_row = parts_of_rows(chain) if len(chain.pairs) == 1 else None

    def read(self, block: Block) -> I32:
        """See `Reader`."""
        word = self._word
        places = places_in(word, block.codes, block.rows)
        dead = dead_rows(word, places)
        won = winners(word, dead)
        if not block.all_known(word):
            unsure = unsure_rows(word, places)
            rows = np.flatnonzero(won & unsure)
            if rows.size:
                places = [np.take(place, rows) for place in places]
                dead, unsure = np.take(dead, rows), np.take(unsure, rows)
                won[rows] = self._open(block, rows, places, dead, unsure, np.take(won, rows))
        if self._of_row is None:
            return self._by_winners.numbers(won)
        # An open case has no winner left: index 64, clipped to the last entry.
        return np.take(self._of_row, lowest(won), mode="clip")

    def _open(
        self, block: Block, rows: Index, places: Sequence[Index], dead: U64, unsure: U64, won: U64
    ) -> U64:
        """Tell open cases apart; their winners with the bits of open SOPs cleared."""
        word = self._word
        asked = Question.of(word, places, dead, unsure, self._layout.fact_words)
        block.is_open[rows] = True
        block.open[rows] |= asked.tested & asked.unknown
        unsettled = ((asked.tested & asked.untold) != 0).any(axis=1)
        undetermined = np.zeros(len(rows), dtype=np.bool_)
        for of, pairs in zip(word.stretches, self._chain.pairs, strict=True):
            bits = np.uint64(of.bits)
            here = np.flatnonzero(won & unsure & bits)
            if pairs is None:
                unsettled[here] = True
            elif here.size:
                first = won[here] & bits
                shown = tell_apart(
                    pairs,
                    of,
                    lowest(first).astype(np.int64) - of.first + of.base,
                    (asked.candidates[here] & bits) ^ first,
                    asked.unknown[here],
                )
                undetermined[here] |= shown == 2
                unsettled[here] |= shown < 1
        block.undetermined[rows] |= undetermined
        block.unsettled[rows] |= unsettled
        return won & ~unsure


def part_of_winners(layout: Layout, word: Word) -> Callable[[int], int]:
    """What gives the winners of a word (a mask) the number of their part."""
    numbers: dict[tuple[int, ...], int] = {}

    def outcome(of: Stretch, key: int) -> int:
        won = (key & of.bits) >> of.first
        if not won:
            return OPEN
        row = won.bit_length() - 1
        start = layout.table.segments[of.segment].start
        return NO_CLAUSE if row == of.rows else layout.table.rows[start + row].clause

    def part(key: int) -> int:
        outcomes = tuple(outcome(of, key) for of in word.stretches)
        return numbers.setdefault(outcomes, len(numbers))

    return part
