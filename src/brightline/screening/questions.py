"""Questions that were settled exactly, and their answers: found again by all they hang on."""

from __future__ import annotations

from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.screening.keys import I32
from brightline.screening.layout import U64
from brightline.screening.words import Index

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FIRST_BITS = 12
MOST_KEPT = 400_000


class Settled:
    """From rows of words (a question each) to an answer's number and its open facts.

    Threads may look up while another adds: an entry is written before its slot points to it.
    """

    def __init__(self, width: int, fact_words: int) -> None:
        self._width, self._fact_words, self._lock = width, fact_words, Lock()
        self._table = _Table(_FIRST_BITS, width, fact_words)

    def find(self, questions: U64) -> tuple[I32, U64, Index]:
        """[question] number, open facts; and which questions were never answered before."""
        table = self._table
        entry = table.entries(questions)
        missed = np.flatnonzero(entry == 0)
        return np.take(table.numbers, entry), np.take(table.open, entry, axis=0), missed

    def add(self, questions: U64, numbers: I32, open_: U64) -> None:
        """Keep answers to questions of which no two are equal."""
        with self._lock:
            table, many = self._table, self._table.count + len(questions)
            if many > MOST_KEPT:
                table, many = _Table(_FIRST_BITS, self._width, self._fact_words), len(questions)
            if 2 * many > len(table.slots):
                bits = max(_FIRST_BITS, (4 * many - 1).bit_length())
                larger = _Table(bits, self._width, self._fact_words)
                kept = slice(1, table.count + 1)
                larger.add(table.keys[kept], table.numbers[kept], table.open[kept])
                table = larger
            table.add(questions, numbers, open_)
            self._table = table


class _Table:
    """Open addressing, at most half full. Entry 0 stands for an empty slot."""

    def __init__(self, bits: int, width: int, fact_words: int) -> None:
        self.count = 0
        self.slots = np.zeros(1 << bits, np.int32)
        self.keys: U64 = np.zeros(((1 << bits) // 2 + 1, width), np.uint64)
        self.numbers: I32 = np.zeros(len(self.keys), np.int32)
        self.open: U64 = np.zeros((len(self.keys), fact_words), np.uint64)
        self._shift = np.uint64(64 - bits)

    def entries(self, questions: U64) -> Index:
        """[question] its entry; 0 where there is none."""
        found = np.zeros(len(questions), np.intp)
        left, slots = np.arange(len(questions)), self._slots(questions)
        while left.size:
            entry = np.take(self.slots, slots).astype(np.intp)
            same = (np.take(self.keys, entry, axis=0) == np.take(questions, left, axis=0)).all(1)
            same &= entry != 0
            found[left[same]] = entry[same]
            on = np.flatnonzero(~same & (entry != 0))
            left, slots = left[on], slots[on] + 1 & len(self.slots) - 1
        return found

    def add(self, questions: U64, numbers: I32, open_: U64) -> None:
        """Add questions; those that are there already stay as they are."""
        new = np.flatnonzero(self.entries(questions) == 0)
        if not new.size:
            return
        stop = self.count + 1 + len(new)
        self.keys[self.count + 1 : stop] = questions[new]
        self.numbers[self.count + 1 : stop] = numbers[new]
        self.open[self.count + 1 : stop] = open_[new]
        taken, last = self.slots, len(self.slots) - 1
        for entry, slot in enumerate(self._slots(questions[new]).tolist(), self.count + 1):
            while taken[slot]:
                slot = slot + 1 & last
            taken[slot] = entry
        self.count = stop - 1

    def _slots(self, questions: U64) -> npt.NDArray[np.intp]:
        mixed = np.zeros(len(questions), np.uint64)
        for word in range(questions.shape[1]):
            mixed ^= questions[:, word]
            mixed *= _MULTIPLIER
            mixed ^= mixed >> np.uint64(29)
        mixed *= _MULTIPLIER
        return (mixed >> self._shift).astype(np.intp)
