"""The masks of a table as NumPy words, laid out once for asking.

Rows are bits of unsigned 64-bit words. The rows of every SOP begin on a word of their own and the
impossible combinations come last, so that the first row that holds is found word by word.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD
from brightline.rulebook.table import Segment, Table

Words = NDArray[np.uint64]
Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

WORD = 64
FULL = (1 << WORD) - 1


@dataclass(frozen=True)
class Stretch:
    """The rows of one SOP: table rows `start … stop - 1`, in words `first … last - 1`.

    Outcomes are numbered: the SOP's clauses in order of winning, then no clause, then cannot tell.
    """

    start: int
    stop: int
    first: int
    last: int
    number: dict[int, int]
    """Outcome as `settling` names it → its number here."""
    wins: Whole
    """By bit: the number of the row's clause."""
    findings: Whole
    """By number: what counts as reported (a violated clause, `UNTOLD`), else `NO_CLAUSE`."""
    ranks: Whole
    """By number: the rank of the action."""

    @property
    def untold(self) -> int:
        """The number of the outcome `cannot_tell`."""
        return len(self.number) - 1


class Layout:
    """A table's rows as words."""

    def __init__(self, table: Table) -> None:
        self.table = table
        lengths = [segment.stop - segment.start for segment in table.segments]
        lengths.append(table.width - table.rule_rows)
        ends = list(accumulate((length + WORD - 1) // WORD for length in lengths))
        firsts = [0, *ends[:-1]]
        self.stretches = [
            _stretch(table, segment, firsts[i], ends[i]) for i, segment in enumerate(table.segments)
        ]
        self.axiom_words = range(firsts[-1], ends[-1])
        self.width = ends[-1]
        every_atom = [mask for masks in table.masks for mask in masks[:-2]]
        self.passing = self._array(every_atom)
        """A line for every atom of every column: the rows that it leaves standing."""
        self.first_atom = list(accumulate((c.atoms for c in table.columns), initial=0))
        """The line of each column's first atom in `passing`."""
        self.tests_of = [table.every & ~(masks[UNKNOWN] >> table.width) for masks in table.masks]
        """The rows that test each column, as bits of one integer."""
        self.testing = self._array(self.tests_of)
        """The same as words, a line a column."""

    def _array(self, masks: list[int]) -> Words:
        lines = [self.words(mask) for mask in masks]
        return np.array(lines, dtype=np.uint64).reshape(len(masks), self.width)

    def words(self, rows: int) -> list[int]:
        """Rows given as the bits of one integer, as words."""
        found: list[int] = []
        for stretch in self.stretches:
            bits = rows >> stretch.start & (1 << stretch.stop - stretch.start) - 1
            found += [bits >> WORD * i & FULL for i in range(stretch.last - stretch.first)]
        bits = rows >> self.table.rule_rows & (1 << self.table.width - self.table.rule_rows) - 1
        return found + [bits >> WORD * i & FULL for i in range(len(self.axiom_words))]


def _stretch(table: Table, segment: Segment, first: int, last: int) -> Stretch:
    clauses = [table.rows[row].clause for row in range(segment.start, segment.stop)]
    outcomes = [*dict.fromkeys(clauses), NO_CLAUSE, UNTOLD]
    number = {outcome: index for index, outcome in enumerate(outcomes)}
    wins = np.zeros(WORD * (last - first), dtype=np.int64)
    wins[: len(clauses)] = [number[clause] for clause in clauses]
    ranks, findings = [], []
    for outcome in outcomes:
        if outcome >= 0:
            ranks.append(table.clauses[outcome].rank)
            findings.append(outcome if table.clauses[outcome].violation else NO_CLAUSE)
        else:
            ranks.append(0 if outcome == NO_CLAUSE else segment.rank_if_cannot_tell)
            findings.append(outcome)
    return Stretch(
        segment.start,
        segment.stop,
        first,
        last,
        number,
        wins,
        np.array(findings, dtype=np.int64),
        np.array(ranks, dtype=np.int64),
    )
