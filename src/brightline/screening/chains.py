"""One chain of words over a block of cases: what its SOPs come to, as small numbers.

A *part* is what the SOPs of one chain come to together: a tuple of outcomes (`OPEN` among them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    look_up,
    look_up_dead,
    lowest,
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


class ChainReader:
    """Reads one chain. Safe to share between threads."""

    def __init__(self, layout: Layout, chain: Chain) -> None:
        self.layout, self.chain = layout, chain
        self.parts: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}
        if len(chain.pairs) == 1:
            self._of_row = np.array(
                [self._part((outcome,)) for outcome in (*chain.outcome, OPEN)], dtype=np.int32
            )
        self._by_winners = KeyIndex(self._part_of_winners)

    def _part(self, outcomes: tuple[int, ...]) -> int:
        if outcomes not in self._numbers:
            self.parts.append(outcomes)
            self._numbers[outcomes] = len(self.parts) - 1
        return self._numbers[outcomes]

    def _part_of_winners(self, key: int) -> int:
        return self._part(tuple(self._outcome(of, key) for of in self.chain.words[0].stretches))

    def _outcome(self, of: Stretch, key: int) -> int:
        won = (key & of.bits) >> of.first
        if not won:
            return OPEN
        row = won.bit_length() - 1
        start = self.layout.table.segments[of.segment].start
        return NO_CLAUSE if row == of.rows else self.layout.table.rows[start + row].clause

    def read(self, block: Block) -> I32:
        """[case] the number of the part; marks in the block what is open."""
        if len(self.chain.words) > 1:
            return self._read_long(block)
        word = self.chain.words[0]
        if block.all_known(word):
            won = winners(word, look_up_dead(word, block.codes, block.rows))
        else:
            entries = look_up(word, block.codes, block.rows)
            won = winners(word, np.ascontiguousarray(entries[:, 0]))
            unsure = won & entries[:, 1]
            rows = np.flatnonzero(unsure)
            if rows.size:
                won[rows] = self._open(block, word, rows, entries, won[rows], unsure[rows])
        if len(self.chain.pairs) > 1:
            return self._by_winners.numbers(won)
        # An open case has no winner left: index 64, clipped to the last entry.
        return np.take(self._of_row, lowest(won), mode="clip")

    def _open(
        self, block: Block, word: Word, rows: Index, entries: U64, won: U64, unsure: U64
    ) -> U64:
        """Tell open cases apart; their winners with the bits of open SOPs cleared."""
        facts = self.layout.fact_words
        asked = Question.of(word, np.take(entries, rows, axis=0), facts)
        block.is_open[rows] = True
        block.open[rows] |= asked.tested & asked.unknown
        untold = ((asked.tested & asked.untold) != 0).any(axis=1)
        unsettled = untold
        undetermined = np.zeros(len(rows), dtype=np.bool_)
        for of, pairs in zip(word.stretches, self.chain.pairs, strict=True):
            bits = np.uint64(of.bits)
            here = (
                np.flatnonzero(unsure & bits) if len(word.stretches) > 1 else np.arange(len(rows))
            )
            if not here.size:
                continue
            first = won[here] & bits
            if pairs is None:
                unsettled[here] = True
                continue
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

    def _read_long(self, block: Block) -> I32:
        """Word after word, each for the cases that the ones before left undecided."""
        last = len(self.chain.words) - 1
        part = np.empty(block.rows, dtype=np.int32)
        state = _State.begin(block.rows, self.layout.fact_words)
        for number, word in enumerate(self.chain.words):
            codes = block.codes if number == 0 else [np.take(c, state.rows) for c in block.codes]
            ended = self._step(block, word, codes, state, number == last)
            rows = state.rows[ended]
            row_won = np.where(state.first[ended] >= 0, len(self._of_row) - 1, state.winner[ended])
            part[rows] = np.take(self._of_row, row_won)
            open_rows = np.flatnonzero(ended & (state.first >= 0))
            if open_rows.size:
                self._close(block, state, open_rows)
            if ended.all():
                break
            state = state.kept(np.flatnonzero(~ended))
        return part

    def _step(self, block: Block, word: Word, codes: Codes, state: _State, is_last: bool) -> Flags:
        """Read one word; which cases need no further one."""
        facts, of = self.layout.fact_words, word.stretches[0]
        guard = np.uint64(1 << of.guard)
        fresh = state.first < 0
        if block.all_known(word):
            won = winners(word, look_up_dead(word, codes, len(state.rows)))
            clear = np.ones(len(won), dtype=np.bool_)
            entries = None
        else:
            entries = look_up(word, codes, len(state.rows))
            won = winners(word, np.ascontiguousarray(entries[:, 0]))
            clear = (won & entries[:, 1]) == 0
        ended = clear & (won != guard) if not is_last else clear.copy()
        ended &= fresh
        state.winner[:] = lowest(won).astype(np.int64) + of.base
        asking = np.flatnonzero(~(clear & fresh))
        if asking.size:
            if entries is None:
                entries = look_up(word, codes, len(state.rows))
            ended[asking] = self._ask(word, state, asking, entries, won, is_last, facts)
        return ended

    def _ask(
        self,
        word: Word,
        state: _State,
        rows: Index,
        entries: U64,
        won: U64,
        is_last: bool,
        facts: int,
    ) -> Flags:
        of, guard = word.stretches[0], np.uint64(1 << word.stretches[0].guard)
        asked = Question.of(word, np.take(entries, rows, axis=0), facts)
        state.open[rows] |= asked.tested & asked.unknown
        state.untold[rows] |= ((asked.tested & asked.untold) != 0).any(axis=1)
        state.unknown[rows] |= asked.unknown
        may_win = asked.candidates
        reached_guard = (may_win & guard) != 0
        if not is_last:
            may_win &= ~guard
        fresh = (state.first[rows] < 0) & (may_win != 0)
        first = state.first[rows]
        lead = won[rows]
        first[fresh] = lowest(lead[fresh]).astype(np.int64) + of.base
        state.first[rows] = first
        rest = np.where(fresh, may_win & ~lead, may_win)
        pairs = self.chain.pairs[0]
        if pairs is not None:
            looking = np.flatnonzero((state.shown[rows] < 0) & (first >= 0))
            state.shown[rows[looking]] = tell_apart(
                pairs, of, first[looking], rest[looking], state.unknown[rows[looking]]
            )
        return np.ones(len(rows), dtype=np.bool_) if is_last else ~reached_guard

    def _close(self, block: Block, state: _State, at: Index) -> None:
        rows = state.rows[at]
        block.is_open[rows] = True
        block.open[rows] |= state.open[at]
        block.undetermined[rows] |= state.shown[at] == 2
        block.unsettled[rows] |= (state.shown[at] < 1) | state.untold[at]


@dataclass(slots=True)
class _State:
    """The cases that a long chain has not done with."""

    rows: Index
    first: npt.NDArray[np.int64]
    """The first row that may hold but is not sure; -1: none yet."""
    winner: npt.NDArray[np.int64]
    shown: npt.NDArray[np.int8]
    untold: Flags
    open: U64
    unknown: U64

    @classmethod
    def begin(cls, rows: int, fact_words: int) -> _State:
        return cls(
            np.arange(rows),
            np.full(rows, -1, dtype=np.int64),
            np.zeros(rows, dtype=np.int64),
            np.full(rows, -1, dtype=np.int8),
            np.zeros(rows, dtype=np.bool_),
            np.zeros((rows, fact_words), dtype=np.uint64),
            np.zeros((rows, fact_words), dtype=np.uint64),
        )

    def kept(self, at: Index) -> _State:
        """The state of some of the cases."""
        return _State(
            self.rows[at],
            self.first[at],
            self.winner[at],
            self.shown[at],
            self.untold[at],
            np.take(self.open, at, axis=0),
            np.take(self.unknown, at, axis=0),
        )
