"""Open cases settled exactly by filling in what is unknown in every way, many cases at once.

What the masks and pairs of clauses leave open hangs on a few facts. Each way of filling them in is
a case in which they are known, so it is read from the same look-ups. Cases with something that
cannot be told, with a contradiction, or with too many ways are left to the `Decider`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.rulebook.deciding import OPEN, Decider
from brightline.rulebook.settling import NO_CLAUSE
from brightline.screening.layout import U64, Chain, Layout
from brightline.screening.words import Codes, Index, dead_rows, lowest, places_in, winners

MOST_WAYS = 4096
"""A case of more ways than this is left to the `Decider`."""
_AT_ONCE = 1 << 16
_FULL = np.uint64((1 << 64) - 1)
_NONE = NO_CLAUSE
Outcomes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a case can come to: [SOP] the outcome or `OPEN`, and the action's rank if agreed."""

    outcomes: tuple[int, ...]
    rank: int | None


class Filler:
    """Fills in for one table. Safe to share between threads."""

    def __init__(self, decider: Decider, layout: Layout) -> None:
        table = decider.table
        self._layout = layout
        self._sops = len(table.segments)
        # Indexed by outcome: a clause, and at the end NO_CLAUSE.
        self._rank = np.array([*(c.rank for c in table.clauses), 0], np.int64)
        self._finding = np.array(
            [*(i if c.violation else _NONE for i, c in enumerate(table.clauses)), _NONE], np.int64
        )
        self._outcome = [self._outcomes_of(chain) for chain in layout.chains]
        self._atoms = np.array([size - 2 for size in layout.sizes], np.int64)

    def _outcomes_of(self, chain: Chain) -> list[list[Outcomes]]:
        """[word][stretch] row of the stretch, guard last → outcome."""
        table = self._layout.table
        made = []
        for word in chain.words:
            starts = [table.segments[of.segment].start + of.base for of in word.stretches]
            made.append(
                [
                    np.array([*(r.clause for r in table.rows[at : at + of.rows]), _NONE], np.int64)
                    for at, of in zip(starts, word.stretches, strict=True)
                ]
            )
        return made

    def fill(self, codes: Codes, unknown: U64) -> Iterator[tuple[int, Filled]]:
        """(case, what it can come to) for every case that can be settled so.

        `unknown` [case, fact word] are the unknown facts that the case hangs on; nothing it
        hangs on may be untold.
        """
        bits = np.stack([self._has(unknown, fact) for fact in range(len(codes))])
        ways = np.ones(unknown.shape[0], np.int64)
        for fact, atoms in enumerate(self._atoms.tolist()):
            ways = np.minimum(ways * np.where(bits[fact], atoms, 1), MOST_WAYS + 1)
        able = np.flatnonzero(ways <= MOST_WAYS)
        ends = np.cumsum(ways[able])
        at = 0
        while at < len(able):
            begun = int(ends[at - 1]) if at else 0
            stop = max(at + 1, int(np.searchsorted(ends, begun + _AT_ONCE, side="right")))
            cases = able[at:stop]
            yield from self._filled(codes, bits[:, cases], cases, ways[cases])
            at = stop

    @staticmethod
    def _has(sets: U64, fact: int) -> npt.NDArray[np.bool_]:
        has: npt.NDArray[np.bool_] = (sets[:, fact // 64] >> np.uint64(fact % 64) & 1).astype(bool)
        return has

    def _filled(
        self, codes: Codes, bits: npt.NDArray[np.bool_], cases: Index, ways: npt.NDArray[np.int64]
    ) -> Iterator[tuple[int, Filled]]:
        owner = np.repeat(np.arange(len(cases)), ways)
        starts = np.cumsum(ways) - ways
        digits = np.arange(len(owner)) - starts[owner]
        filled = []
        for fact, of in enumerate(codes):
            column = np.take(of, cases)[owner].astype(np.int16)
            if bits[fact].any():
                here = np.flatnonzero(bits[fact][owner])
                atoms = int(self._atoms[fact])
                column[here] = digits[here] % atoms
                digits[here] //= atoms
            filled.append(column)
        outcomes = self._outcomes(filled, len(owner))
        legal = self._legal(filled, len(owner))
        ranks = self._rank[outcomes].max(axis=0, initial=0)
        findings = self._finding[outcomes]
        any_legal = np.bitwise_or.reduceat(legal, starts)
        alike = _alike(outcomes, legal, starts)
        agreed = _alike(findings, legal, starts).all(axis=0) & _alike(ranks[None], legal, starts)[0]
        first = _first_legal(legal, starts, owner)
        for case in np.flatnonzero(any_legal).tolist():
            way = first[case]
            pairs = zip(outcomes[:, way].tolist(), alike[:, case].tolist(), strict=True)
            made = tuple(outcome if same else OPEN for outcome, same in pairs)
            yield int(cases[case]), Filled(made, int(ranks[way]) if agreed[case] else None)

    def _outcomes(self, codes: Codes, rows: int) -> Outcomes:
        """[SOP, case] the outcome, where all that it hangs on is known."""
        found = np.full((self._sops, rows), _NONE, np.int64)
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

    def _legal(self, codes: Codes, rows: int) -> npt.NDArray[np.bool_]:
        """[case] whether no impossible combination holds."""
        legal = np.ones(rows, np.bool_)
        for word in self._layout.axioms:
            legal &= dead_rows(word, places_in(word, codes, rows)) == _FULL
        return legal


def _alike(values: Outcomes, legal: npt.NDArray[np.bool_], starts: Index) -> npt.NDArray[np.bool_]:
    """[…, case] whether the values of all its legal ways are the same."""
    low = np.minimum.reduceat(np.where(legal, values, np.iinfo(np.int64).max), starts, axis=1)
    high = np.maximum.reduceat(np.where(legal, values, np.iinfo(np.int64).min), starts, axis=1)
    same: npt.NDArray[np.bool_] = low == high
    return same


def _first_legal(legal: npt.NDArray[np.bool_], starts: Index, owner: Index) -> Index:
    """[case] its first legal way; any of its ways where there is none."""
    first = starts.copy()
    at = np.flatnonzero(legal)[::-1]
    first[owner[at]] = at
    return first
