"""A chain of many words: one SOP of more rows than a word holds.

Word after word is read for the cases that the ones before left without a winner. A case is *asked
about* from the first word on in which a row may win but is not sure, to the last that may matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.screening.chains import Block, Flags, parts_of_rows
from brightline.screening.keys import I32
from brightline.screening.layout import U64, Chain, Layout, Word
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


class LongReader:
    """Reads a chain of many words. Safe to share between threads."""

    def __init__(self, layout: Layout, chain: Chain) -> None:
        self._chain = chain
        self._facts = layout.fact_words
        self._of_row = parts_of_rows(chain)

    def read(self, block: Block) -> I32:
        """[case] the number of the part; marks in the block what is open."""
        part = np.full(block.rows, self._of_row[-1], dtype=np.int32)
        rows: Index | None = None  # None: all
        asked = _Asked.none(self._facts)
        for number, word in enumerate(self._chain.words):
            is_last = number == len(self._chain.words) - 1
            rows, opened = self._step(block, word, part, rows, is_last)
            asked = asked.joined(opened, self._facts)
            if asked.rows.size:
                asked = self._ask(block, word, asked, is_last)
            if not rows.size and not asked.rows.size:
                break
        return part

    def _step(
        self, block: Block, word: Word, part: I32, rows: Index | None, is_last: bool
    ) -> tuple[Index, Index]:
        """Give cases their winner in this word; which have none here, which are open now."""
        codes = block.codes if rows is None else _picked(block.codes, rows)
        count = block.rows if rows is None else len(rows)
        of = word.stretches[0]
        places = places_in(word, codes, count)
        won = winners(word, dead_rows(word, places))
        open_here: Flags | None = None
        if not block.all_known(word):
            open_here = (won & unsure_rows(word, places)) != 0
        passed = won == np.uint64(1 << of.guard)
        if is_last:
            passed[:] = False
        ended = ~passed if open_here is None else ~(passed | open_here)
        at = np.flatnonzero(ended)
        winner = lowest(np.take(won, at)).astype(np.intp) + of.base
        part[at if rows is None else rows[at]] = np.take(self._of_row, winner)
        left = np.flatnonzero(passed if open_here is None else passed & ~open_here)
        opened = np.zeros(0, np.intp) if open_here is None else np.flatnonzero(open_here)
        return (left, opened) if rows is None else (rows[left], rows[opened])

    def _ask(self, block: Block, word: Word, asked: _Asked, is_last: bool) -> _Asked:
        """Read a word for the cases asked about; those that later words may still matter to."""
        of, guard = word.stretches[0], np.uint64(1 << word.stretches[0].guard)
        places = places_in(word, _picked(block.codes, asked.rows), len(asked.rows))
        question = Question.of(
            word, places, dead_rows(word, places), unsure_rows(word, places), self._facts
        )
        open_ = question.tested & question.unknown
        block.open[asked.rows] |= open_
        block.is_open[asked.rows] = True
        untold = ((question.tested & question.untold) != 0).any(axis=1)
        block.unsettled[asked.rows] |= untold
        asked.unknown |= question.unknown
        rest = question.candidates
        goes_on = (rest & guard) != 0 if not is_last else np.zeros(len(rest), np.bool_)
        if not is_last:
            rest &= ~guard
        fresh = np.flatnonzero((asked.first < 0) & (rest != 0))
        asked.first[fresh] = lowest(rest[fresh]).astype(np.int64) + of.base
        rest[fresh] &= rest[fresh] - np.uint64(1)
        pairs = self._chain.pairs[0]
        if pairs is not None:
            looking = np.flatnonzero((asked.shown < 0) & (asked.first >= 0))
            asked.shown[looking] = tell_apart(
                pairs, of, asked.first[looking], rest[looking], asked.unknown[looking]
            )
        done = np.flatnonzero(~goes_on)
        block.undetermined[asked.rows[done]] |= asked.shown[done] == 2
        block.unsettled[asked.rows[done]] |= asked.shown[done] < 1
        return asked.kept(np.flatnonzero(goes_on))


def _picked(codes: Codes, rows: Index) -> list[npt.NDArray[np.integer]]:
    return [np.take(of, rows) for of in codes]


@dataclass(slots=True)
class _Asked:
    """The cases asked about so far."""

    rows: Index
    first: npt.NDArray[np.int64]
    """The first row of the SOP that may win; -1: none yet."""
    shown: npt.NDArray[np.int8]
    """What `tell_apart` showed; -1: nothing yet."""
    unknown: U64

    @classmethod
    def none(cls, fact_words: int) -> _Asked:
        return cls.new(np.zeros(0, np.intp), fact_words)

    @classmethod
    def new(cls, rows: Index, fact_words: int) -> _Asked:
        return cls(
            rows,
            np.full(len(rows), -1, dtype=np.int64),
            np.full(len(rows), -1, dtype=np.int8),
            np.zeros((len(rows), fact_words), dtype=np.uint64),
        )

    def joined(self, rows: Index, fact_words: int) -> _Asked:
        """These cases, and more."""
        if not rows.size:
            return self
        more = _Asked.new(rows, fact_words)
        if not self.rows.size:
            return more
        return _Asked(
            np.concatenate([self.rows, more.rows]),
            np.concatenate([self.first, more.first]),
            np.concatenate([self.shown, more.shown]),
            np.concatenate([self.unknown, more.unknown]),
        )

    def kept(self, at: Sequence[int] | Index) -> _Asked:
        """Some of the cases."""
        return _Asked(self.rows[at], self.first[at], self.shown[at], self.unknown[at])
