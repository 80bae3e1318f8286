"""Which actions an open case can still get, for many cases at once, read from the masks.

A row may win if it is not ruled out and no row before it surely holds. The actions of those rows
are all that an SOP can come to, and an action is possible for the case if some SOP can come to it
and every other can come to something no more severe. Never too few; too many only where rows that
may win are covered by several others *together*, or by an impossible combination.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brightline.rulebook.table import Table
from brightline.screening.layout import U64, Chain, Layout, Stretch
from brightline.screening.words import Codes, Question, dead_rows, places_in, unsure_rows

_ONE = np.uint64(1)
MOST_ACTIONS = 60


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of an SOP in a word become ranks: for each byte of a mask, a table of 256."""

    stretch: Stretch
    bytes: tuple[tuple[int, U64], ...]
    cannot_tell: int


class PossibleActions:
    """For one table of at most `MOST_ACTIONS` actions. Safe to share between threads."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._readings = [
            [[_reading(layout.table, of) for of in word.stretches] for word in chain.words]
            for chain in layout.chains
        ]

    def of(self, codes: Codes, rows: int) -> U64:
        """[case] the actions that it can get: bit r is the action of rank r in the table."""
        any_of, floor = np.zeros(rows, np.uint64), np.ones(rows, np.uint64)
        for chain, readings in zip(self._layout.chains, self._readings, strict=True):
            for found in self._of_chain(chain, readings, codes, rows):
                any_of |= found
                floor = np.maximum(floor, found & (~found + _ONE))
        return any_of & ~(floor - _ONE) | floor

    def _of_chain(
        self, chain: Chain, readings: list[list[_Reading]], codes: Codes, rows: int
    ) -> list[U64]:
        """For each SOP of a chain, [case] the ranks of what it can come to."""
        reached = np.ones(rows, np.bool_)
        own: list[U64] = [np.zeros(rows, np.uint64) for _of in readings[0]]
        for word, of_word in zip(chain.words, readings, strict=True):
            last = word is chain.words[-1]
            places = places_in(word, codes, rows)
            dead, unsure = dead_rows(word, places), unsure_rows(word, places)
            asked = Question.of(word, places, dead, unsure, self._layout.fact_words)
            untold = ((asked.tested & asked.untold) != 0).any(axis=1)
            guard = np.uint64(1 << of_word[-1].stretch.guard)
            may_win = asked.candidates if last else asked.candidates & ~guard
            for number, reading in enumerate(of_word):
                found = np.where(untold, np.uint64(1 << reading.cannot_tell), np.uint64(0))
                mine = may_win & np.uint64(reading.stretch.bits)
                for shift, table in reading.bytes:
                    found |= table[(mine >> np.uint64(shift)).astype(np.uint8)]
                own[number] |= np.where(reached, found, np.uint64(0))
            if not last:
                reached &= (asked.candidates & guard) != 0
        return own


def _reading(table: Table, of: Stretch) -> _Reading:
    segment = table.segments[of.segment]
    rows = table.rows[segment.start + of.base :][: of.rows]
    ranks = {of.first + at: table.clauses[row.clause].rank for at, row in enumerate(rows)}
    ranks[of.guard] = 0
    sets = np.arange(256)
    made = []
    for shift in range(0, 64, 8):
        found = np.zeros(256, np.uint64)
        for bit in range(shift, shift + 8):
            if bit in ranks:
                found[sets >> (bit - shift) & 1 == 1] |= np.uint64(1 << ranks[bit])
        if found.any():
            made.append((shift, found))
    return _Reading(of, tuple(made), segment.rank_if_cannot_tell)
