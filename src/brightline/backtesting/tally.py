"""Counts of cases by what became of them, added up block by block, in any order of the blocks.

A *cell* is what a case comes to in both versions (two states), and one flag more: where both decide
the same action, that other clauses are reported; where both are open, that the case cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.backtesting.judging import I32, Flags, Judged
from brightline.backtesting.states import U8
from brightline.screening.layout import U64

I64 = npt.NDArray[np.int64]
_PAIR = 32


@dataclass(frozen=True, slots=True)
class Cell:
    """Two states, and the flag."""

    old: int
    new: int
    flag: bool

    @classmethod
    def of(cls, number: int) -> Cell:
        return cls(number >> 9, number >> 1 & 255, bool(number & 1))


class Tally:
    """The counts of one subject. Safe to share between threads."""

    def __init__(self, old_facts: int, new_facts: int, actions: int) -> None:
        """`actions`: states below this are determined."""
        self._actions = actions
        self.cases = 0
        self.cells: list[Cell] = []
        self.groups: dict[str, I64] = {}
        """Name of the grouping → [group, cell] cases; `""` is all cases in one group."""
        self.labels = np.zeros(0, np.int64)
        """[label] cases that have it in the old version."""
        self.pairs: dict[tuple[int, int], list[int]] = {}
        """(old label, new label) of cases that change or may → how many, the number of the first.

        They differ, or they are the same and both versions are open."""
        self.missing_old = np.zeros(old_facts, np.int64)
        """[tested fact] open cases that hang on it."""
        self.missing_new = np.zeros(new_facts, np.int64)
        self._index = np.full(1 << 17, -1, np.int32)
        self._lock = Lock()

    def add(
        self,
        old: Judged,
        new: Judged,
        flags: Flags,
        groups: Mapping[str, npt.NDArray[np.integer]],
        first: int,
        counts: I64 | None = None,
    ) -> list[tuple[tuple[int, int], int]]:
        """Count a block whose first case has the number `first`.

        `groups`: name → [case] the number of its group; `flags`: see above. Returns the pairs of
        labels of which this block has the first case, each with the row that shows it. `counts`:
        how many cases each row stands for; None: one each.
        """
        cells = self._cells(old.states, new.states, flags)
        count = len(self.cells)
        found = {"": counted(cells, counts, count)[None]}
        for name, of in groups.items():
            keys = of.astype(np.intp)
            keys *= count
            keys += cells
            most = int(of.max(initial=0)) + 1
            found[name] = counted(keys, counts, most * count).reshape(-1, count)
        labels = counted(old.labels, counts)
        both_open = (old.states >= self._actions) & (new.states >= self._actions)
        pairs = self._pairs(old.labels, new.labels, both_open & ~flags, counts)
        missing = (
            _bits(old.open_facts, len(self.missing_old), counts, old.is_open),
            _bits(new.open_facts, len(self.missing_new), counts, new.is_open),
        )
        with self._lock:
            self.cases += len(cells) if counts is None else int(counts.sum())
            for name, counts in found.items():
                self.groups[name] = _added(self.groups.get(name), counts)
            self.labels = _added(self.labels[None], labels[None])[0]
            unseen = [
                (key, at)
                for key, (_n, at) in pairs.items()
                if key not in self.pairs or first + at < self.pairs[key][1]
            ]
            for key, (number, at) in pairs.items():
                known = self.pairs.setdefault(key, [0, first + at])
                known[0] += number
                known[1] = min(known[1], first + at)
            self.missing_old += missing[0]
            self.missing_new += missing[1]
        return unseen

    def add_certain(self, counts: Mapping[int, int]) -> None:
        """Add cases that are known to be the same in both versions: state → cases."""
        for state, count in counts.items():
            states = np.array([state], np.uint8)
            cells = self._cells(states, states, states >= self._actions)
            row = np.zeros((1, len(self.cells)), np.int64)
            row[0, cells[0]] = count
            self.groups[""] = _added(self.groups.get(""), row)
            self.cases += count

    def merge(
        self,
        cases: int,
        cells: Sequence[Cell],
        groups: Mapping[str, Sequence[tuple[int, Sequence[int]]]],
        labels: Sequence[tuple[int, int]],
        pairs: Sequence[tuple[tuple[int, int], int, int]],
        missing: tuple[Sequence[int], Sequence[int]],
    ) -> None:
        """Add counts made elsewhere, in the numbers of this tally.

        `groups`: name → (number of the group, cases by the order of `cells`).
        """
        with self._lock:
            self.cases += cases
            at = [self._cell_at(cell) for cell in cells]
            for name, rows in groups.items():
                most = max((group for group, _row in rows), default=0) + 1
                found = np.zeros((most, len(self.cells)), np.int64)
                for group, row in rows:
                    for cell, count in zip(at, row, strict=False):
                        found[group, cell] += count
                self.groups[name] = _added(self.groups.get(name), found)
            counted = np.zeros(max((label for label, _n in labels), default=-1) + 1, np.int64)
            for label, count in labels:
                counted[label] += count
            self.labels = _added(self.labels[None], counted[None])[0]
            for key, count, first in pairs:
                known = self.pairs.setdefault(key, [0, first])
                known[0] += count
                known[1] = min(known[1], first)
            self.missing_old += np.array(missing[0], np.int64)
            self.missing_new += np.array(missing[1], np.int64)

    def _cell_at(self, cell: Cell) -> int:
        number = cell.old << 9 | cell.new << 1 | cell.flag
        if self._index[number] < 0:
            self.cells.append(cell)
            self._index[number] = len(self.cells) - 1
        return int(self._index[number])

    def _cells(self, old: U8, new: U8, flags: Flags) -> I32:
        """[case] the number of its cell."""
        numbers = old.astype(np.int32)
        numbers <<= 8
        numbers |= new
        numbers <<= 1
        numbers |= flags
        cells = np.take(self._index, numbers)
        if cells.min(initial=0) < 0:
            with self._lock:
                for number in np.unique(numbers[cells < 0]).tolist():
                    if self._index[number] < 0:
                        self.cells.append(Cell.of(number))
                        self._index[number] = len(self.cells) - 1
            cells = np.take(self._index, numbers)
        return cells

    def _pairs(
        self, old: I32, new: I32, may_differ: Flags, of: I64 | None
    ) -> dict[tuple[int, int], tuple[int, int]]:
        at = np.flatnonzero((old != new) | may_differ)
        if not at.size:
            return {}
        keys = old[at].astype(np.int64) << _PAIR | new[at]
        distinct, first, which, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        if of is not None:
            counts = counted(which.reshape(-1), of[at])
        listed = zip(distinct.tolist(), counts.tolist(), at[first].tolist(), strict=True)
        low = (1 << _PAIR) - 1
        return {(key >> _PAIR, key & low): (count, row) for key, count, row in listed}


def counted(numbers: npt.NDArray[np.integer], counts: I64 | None, least: int = 0) -> I64:
    """[number] how many rows have it; `counts`: how many each row stands for."""
    if counts is None:
        return np.bincount(numbers, minlength=least)
    return np.bincount(numbers, counts, least).astype(np.int64)  # exact below 2^53


def _bits(words: U64, facts: int, counts: I64 | None, rows: npt.NDArray[np.intp]) -> I64:
    """[fact] in how many of the rows its bit is set."""
    found = np.zeros(facts, np.int64)
    if len(words):
        for fact in range(facts):
            has = words[:, fact // 64] & np.uint64(1 << fact % 64)
            found[fact] = np.count_nonzero(has) if counts is None else counts[rows][has != 0].sum()
    return found


def _added(known: I64 | None, more: npt.NDArray[np.integer]) -> I64:
    """Two tables added, each as if it had the other's rows and columns too."""
    if known is None:
        return more.astype(np.int64)
    shape = tuple(max(sizes) for sizes in zip(known.shape, more.shape, strict=True))
    if shape == known.shape:
        found = known
    else:
        found = np.zeros(shape, np.int64)
        found[: known.shape[0], : known.shape[1]] = known
    found[: more.shape[0], : more.shape[1]] += more
    return found
