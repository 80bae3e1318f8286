"""Open cases settled exactly by filling in what is unknown in every way, many cases at once.

What the masks and pairs of clauses leave open hangs on a few facts, of which only those values
differ that some row in question tells apart (`classes`). Each way of filling them in is a case in
which they are known, so it is read from the same look-ups. Cases with something that cannot be
told, with a contradiction, or with too many ways are left to the `Decider`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.rulebook.deciding import OPEN
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.table import Table
from brightline.screening.classes import Classes, bit_of, classes_of
from brightline.screening.layout import U64, Chain, Layout
from brightline.screening.words import Codes, Index, dead_rows, lowest, places_in, winners

MOST_WAYS = 4096
"""A case of more ways than this is left to the `Decider`."""
_AT_ONCE = 1 << 16
_FULL = np.uint64((1 << 64) - 1)
_BOUNDS = np.iinfo(np.int64)
I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filled:
    """What some cases come to.

    `outcomes` [distinct, SOP] are outcomes, `OPEN` where there are several; `ranks` [distinct] is
    the action's rank, -1 where the case is undetermined; `of` [case] points into both.
    """

    cases: Index
    of: Index
    outcomes: I64
    ranks: I64


class Filler:
    """Fills in for one table. Safe to share between threads."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self._layout = layout
        self._sops = len(table.segments)
        # Indexed by outcome: a clause, and at the end NO_CLAUSE.
        self._rank = np.array([*(of.rank for of in table.clauses), 0], np.int64)
        findings = [i if of.violation else NO_CLAUSE for i, of in enumerate(table.clauses)]
        self._finding = np.array([*findings, NO_CLAUSE], np.int64)
        self._outcome = [self._outcomes_of(chain) for chain in layout.chains]

    def _outcomes_of(self, chain: Chain) -> list[list[I64]]:
        """[word][stretch] row of the stretch, guard last → outcome."""
        table = self._layout.table
        made = []
        for word in chain.words:
            starts = [table.segments[of.segment].start + of.base for of in word.stretches]
            pairs = zip(starts, word.stretches, strict=True)
            rows = [table.rows[start : start + of.rows] for start, of in pairs]
            made.append([np.array([*(r.clause for r in of), NO_CLAUSE], np.int64) for of in rows])
        return made

    def fill(self, codes: Codes, unknown: U64, in_question: U64) -> list[Filled]:
        """What the cases come to that can be settled so; each is in one of the parts.

        `unknown` [case, fact word] are the unknown facts that a case hangs on, `in_question`
        [case, word] the rows; nothing that it hangs on may be untold.
        """
        classes = classes_of(self._layout, unknown, in_question)
        ways = classes.ways(MOST_WAYS + 1)
        able = np.flatnonzero(ways <= MOST_WAYS)
        ends = np.cumsum(ways[able])
        parts, at = [], 0
        while at < len(able):
            begun = int(ends[at - 1]) if at else 0
            stop = max(at + 1, int(np.searchsorted(ends, begun + _AT_ONCE, side="right")))
            cases = able[at:stop]
            parts.append(self._filled(codes, unknown, classes, cases, ways[cases]))
            at = stop
        return parts

    def _filled(
        self, codes: Codes, unknown: U64, classes: Classes, cases: Index, ways: I64
    ) -> Filled:
        owner = np.repeat(np.arange(len(cases)), ways)
        starts = np.cumsum(ways) - ways
        left = np.arange(len(owner)) - starts[owner]
        filled = []
        for fact, of in enumerate(codes):
            column = np.take(of, cases)[owner].astype(np.int16)
            open_ = bit_of(unknown[cases], fact)
            if open_.any():
                here = np.flatnonzero(open_[owner])
                whose = cases[owner[here]]
                column[here], left[here] = classes.values(fact, whose, left[here])
            filled.append(column)
        outcomes = self._outcomes(filled, len(owner))
        legal = self._legal(filled, len(owner))
        ranks = self._rank[outcomes].max(axis=0, initial=0)
        alike = _alike(outcomes, legal, starts)
        agreed = _alike(self._finding[outcomes], legal, starts).all(axis=0)
        agreed &= _alike(ranks[None], legal, starts)[0]
        first = starts.copy()  # of each case its first legal way
        at = np.flatnonzero(legal)[::-1]
        first[owner[at]] = at
        table = np.where(alike, outcomes[:, first], OPEN)
        table = np.concatenate([table, np.where(agreed, ranks[first], -1)[None]]).T
        any_legal = np.flatnonzero(np.bitwise_or.reduceat(legal, starts))
        distinct, of_case = np.unique(table[any_legal], axis=0, return_inverse=True)
        return Filled(cases[any_legal], of_case.reshape(-1), distinct[:, :-1], distinct[:, -1])

    def _outcomes(self, codes: Codes, rows: int) -> I64:
        """[SOP, case] the outcome, where all that it hangs on is known."""
        found = np.full((self._sops, rows), NO_CLAUSE, np.int64)
        for chain, outcome in zip(self._layout.chains, self._outcome, strict=True):
            left: Index | None = None
            for word, of_stretch in zip(chain.words, outcome, strict=True):
                part = codes if left is None else [np.take(of, left) for of in codes]
                count = rows if left is None else len(left)
                won = winners(word, dead_rows(word, places_in(word, part, count)))
                for of, clauses in zip(word.stretches, of_stretch, strict=True):
                    row = lowest(won & np.uint64(of.bits)).astype(np.intp) - of.first
                    found[of.segment, slice(None) if left is None else left] = clauses[row]
                if len(chain.words) > 1:
                    passed = np.flatnonzero(won == np.uint64(1 << word.stretches[0].guard))
                    left = passed if left is None else left[passed]
        return found

    def _legal(self, codes: Codes, rows: int) -> Flags:
        """[case] whether no impossible combination holds."""
        legal = np.ones(rows, np.bool_)
        for word in self._layout.axioms:
            legal &= dead_rows(word, places_in(word, codes, rows)) == _FULL
        return legal


def _alike(values: I64, legal: Flags, starts: Index) -> Flags:
    """[…, case] whether the values of all its legal ways are the same."""
    low = np.minimum.reduceat(np.where(legal, values, _BOUNDS.max), starts, axis=1)
    high = np.maximum.reduceat(np.where(legal, values, _BOUNDS.min), starts, axis=1)
    same: Flags = low == high
    return same
