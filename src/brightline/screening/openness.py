"""Open cases told apart without a solver, where two clauses alone show that both can still win.

Let `a` be the lowest row of an SOP that may hold, and `b` a later one that `a` does not cover: a
fact is unknown in which b's cell reaches outside a's. Then a wins under some way of filling in the
unknown, and b under another. Rows that `a` covers can never win and are passed over. It is exact as
long as no impossible combination and nothing that cannot be told is in play.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from brightline.screening.layout import U64, Pairs, Stretch
from brightline.screening.words import lowest

Flags = npt.NDArray[np.bool_]


def tell_apart(
    pairs: Pairs,
    stretch: Stretch,
    first: npt.NDArray[np.int64],
    rest: U64,
    unknown: U64,
) -> npt.NDArray[np.int8]:
    """[case] what the pair (first row, next candidate it does not cover) shows.

    `first` is a row of the SOP, `rest` the later candidates as bits of this word. 2: two different
    findings can win, so the case is undetermined; 1 or 0: only two clauses of one finding, or the
    same clause: not settled here; -1: no candidate is left that the first does not cover.
    """
    shown = np.full(len(first), -1, dtype=np.int8)
    left: npt.NDArray[np.intp] | None = None  # None: all
    first = first * pairs.size + (stretch.base - stretch.first)
    while True:
        index = first + lowest(rest)
        none_left = rest == 0
        if none_left.any():
            keep = np.flatnonzero(~none_left)
            if not keep.size:
                return shown
            left = keep if left is None else left[keep]
            index, first, rest, unknown = index[keep], first[keep], rest[keep], unknown[keep]
        open_apart = np.take(pairs.apart, index, axis=0) & unknown
        reaches = (
            (open_apart != 0).any(axis=1) if open_apart.shape[1] > 1 else open_apart[:, 0] != 0
        )
        told = np.where(reaches, np.take(pairs.differ, index), np.int8(-1))
        if left is None:
            shown[:] = told
        else:
            shown[left] = told
        keep = np.flatnonzero(~reaches)
        if not keep.size:
            return shown
        left = keep if left is None else left[keep]
        first, unknown = first[keep], unknown[keep]
        rest = rest[keep]
        rest &= rest - np.uint64(1)
