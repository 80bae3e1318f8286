"""Coded facts of many cases → their verdicts, vectorised, unknowns included.

The kernel says of every case exactly what `Decider.verdict` says of it. The masks settle what they
can; open cases are told apart by pairs of clauses (`openness`); what is left is settled once for
each distinct question (`exact`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np

from brightline.i18n import _
from brightline.rulebook.deciding import Decider, Verdict
from brightline.screening.answers import Answer, Answers, Numbered
from brightline.screening.chains import Block, reader_of
from brightline.screening.exact import Exact
from brightline.screening.keys import I32, KeyIndex
from brightline.screening.layout import U64, Layout
from brightline.screening.words import Codes, dead_rows, places_in, unsure_rows

BLOCK = 1 << 16
"""Cases that are worked on at a time: what they need stays in cache."""
_FULL = np.uint64((1 << 64) - 1)

__all__ = ["Answer", "Answers", "Kernel"]


class Kernel:
    """Decides columns of coded cases under one table. Safe to share between threads."""

    def __init__(self, decider: Decider, fused: bool = False) -> None:
        """`fused`: read in a compiled loop; needs numba (`screening.fused.available`)."""
        self.decider, self.table = decider, decider.table
        self.layout = Layout(self.table)
        self._numbered = Numbered()
        self._readers = [reader_of(self.layout, chain, fused) for chain in self.layout.chains]
        self._joined = [_Joiner() for _reader in self._readers[1:]]
        self._of_parts = np.full(64, -1, dtype=np.int32)
        self._exact = Exact(decider, self.layout, self._numbered)
        self._lock = Lock()

    def decide(self, codes: Codes, rows: int | None = None, threads: int = 1) -> Answers:
        """Decide cases given one array of codes (int8 or int16) for each of `table.tested`.

        A code is an atom, `UNKNOWN` or `CANNOT_TELL_CODE`; raises `ValueError` on any other.
        `rows` is needed only where the table tests nothing.
        """
        count = len(codes[0]) if rows is None else rows
        index = np.empty(count, dtype=np.int32)
        open_ = _Open(count, self.layout.fact_words)

        def work(start: int) -> None:
            stop = min(start + BLOCK, count)
            part = [of[start:stop] for of in codes]
            lows = self._checked(part)
            own = open_.of(start, stop, all(low >= 0 for low in lows))
            flags = (np.zeros(stop - start, dtype=np.bool_) for _ in "123")
            self._decide_block(Block(part, stop - start, lows, own, *flags), index[start:stop])

        starts = range(0, count, BLOCK)
        if threads > 1 and len(starts) > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(work, starts))
        else:
            for start in starts:
                work(start)
        return Answers(index, open_.all, self._numbered.answers)

    def _decide_block(self, block: Block, index: I32) -> None:
        codes, rows = block.codes, block.rows
        for word in self.layout.axioms:
            if block.all_known(word):
                block.unsettled |= dead_rows(word, places_in(word, codes, rows)) != _FULL
        acc: I32 | None = None
        for number, reader in enumerate(self._readers):
            part = reader.read(block)
            acc = part if acc is None else self._joined[number - 1].join(acc, part)
        self._mark_axioms(block)
        np.logical_and(block.is_open, ~block.undetermined, out=block.is_open)
        block.unsettled |= block.is_open
        if rows:
            self._look_up_answers(block, acc, index)
        unsettled = np.flatnonzero(block.unsettled)
        if unsettled.size:
            left = [np.take(of, unsettled) for of in codes]
            index[unsettled], hangs_on = self._exact.settle(left, unsettled.size)
            if len(block.open) == rows:  # else all is known
                block.open[unsettled] = hangs_on

    def _checked(self, codes: Codes) -> list[int]:
        lows = []
        for of, size in zip(codes, self.layout.sizes, strict=True):
            low, high = (int(of.min()), int(of.max())) if len(of) else (0, 0)
            if low < -2 or high > size - 3:
                raise ValueError(_("a code that its fact does not have"))
            lows.append(low)
        return lows

    def _mark_axioms(self, block: Block) -> None:
        """A case that breaks an impossible combination, or is open and may, is settled exactly."""
        for word in self.layout.axioms:
            if not block.all_known(word):
                places = places_in(word, block.codes, block.rows)
                block.unsettled |= unsure_rows(word, places) != _FULL
                block.unsettled |= block.is_open & (dead_rows(word, places) != _FULL)

    def _look_up_answers(self, block: Block, acc: I32 | None, index: I32) -> None:
        """Write the answers of all but the unsettled cases; learn those of new parts."""
        if acc is None:
            acc = np.zeros(block.rows, dtype=np.int32)
        known = self._of_parts
        np.take(known, acc, out=index, mode="clip")
        if int(acc.max()) < len(known) and int(index.min()) >= 0:
            return
        missing = np.flatnonzero(~block.unsettled & ((index < 0) | (acc >= len(known))))
        parts, at = np.unique(acc[missing], return_index=True)
        for part, row in zip(parts.tolist(), missing[at].tolist(), strict=True):
            self._learn(part, self._exact.verdict(block.codes, row))
        np.take(self._of_parts, acc, out=index, mode="clip")

    def _learn(self, part: int, verdict: Verdict) -> None:
        number = self._numbered.number(verdict)
        with self._lock:
            if part >= len(self._of_parts):
                grown = np.full(max(part + 1, 2 * len(self._of_parts)), -1, dtype=np.int32)
                grown[: len(self._of_parts)] = self._of_parts
                self._of_parts = grown
            self._of_parts[part] = number


class _Open:
    """The open facts of all cases; no memory is touched where everything is known."""

    def __init__(self, count: int, fact_words: int) -> None:
        self._shape, self._lock = (count, fact_words), Lock()
        self._made: U64 | None = None

    def of(self, start: int, stop: int, known: bool) -> U64:
        """Those of a block: a view to be filled; where all is known, nothing will be written."""
        if known:
            return np.zeros((1, self._shape[1]), np.uint64)
        with self._lock:
            if self._made is None:
                self._made = np.zeros(self._shape, np.uint64)
        return self._made[start:stop]

    @property
    def all(self) -> U64:
        """[case, fact word]."""
        if self._made is None:
            return np.broadcast_to(np.zeros((1, self._shape[1]), np.uint64), self._shape)
        return self._made


class _Joiner:
    """Numbers for pairs of parts."""

    def __init__(self) -> None:
        self._count = 0
        self._index = KeyIndex(self._next)

    def _next(self, _key: int) -> int:
        self._count += 1
        return self._count - 1

    def join(self, left: I32, right: I32) -> I32:
        """[case] the number of the pair."""
        keys = left.astype(np.uint64)
        keys <<= np.uint64(32)
        keys |= right.astype(np.uint64)
        return self._index.numbers(keys)
