"""Patterns divided by what a draft tells apart and the version in force does not.

A case is named by one number: that of its pattern, and its class of each fact that divides. Only in
patterns that are divided indeed are the cases' own values looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from brightline.backtesting.classes import Classes
from brightline.backtesting.coded import FactColumn

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
BLOCK = 1 << 16
MOST_NUMBERS = 1 << 62
_MOST_BINS = 1 << 24
"""With more possible numbers than this, those that occur are sorted and not counted out."""


@dataclass(frozen=True, slots=True, eq=False)
class Divider:
    """A fact that divides. `codes` [case] its values, `finer` their classes; `only` [pattern] the
    class that all cases of a pattern have, -1 where they may have several."""

    codes: npt.NDArray[np.integer]
    finer: Classes
    only: I64

    @classmethod
    def of(
        cls,
        codes: npt.NDArray[np.integer],
        finer: Classes,
        known: Classes | None,
        patterns: FactColumn | None,
        count: int,
    ) -> Divider:
        """`known`: the classes that the patterns have already, `patterns` [pattern] which one."""
        if known is None or patterns is None:
            return cls(codes, finer, np.full(count, -1))
        least, most = np.full(known.count, finer.count), np.full(known.count, -1)
        np.minimum.at(least, known.map, finer.map)
        np.maximum.at(most, known.map, finer.map)
        return cls(codes, finer, np.where(least == most, most, -1)[patterns.codes])


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What patterns are divided into. `keys`: the numbers that occur, ascending; `counts` [part]
    cases; `whole` [part] the pattern; `divided` [pattern] whether its values are told
    apart, by whatever cases; `classes` [fact that divides][part]."""

    of: U32
    dividers: Sequence[Divider]
    keys: I64
    counts: I64
    whole: npt.NDArray[np.intp]
    divided: npt.NDArray[np.bool_]
    classes: Sequence[npt.NDArray[np.integer]]

    @classmethod
    def made(
        cls, of: U32, counts: npt.NDArray[np.int64], dividers: Sequence[Divider], threads: int
    ) -> Parts:
        """Divide patterns; `of` [case] its pattern, `counts` [pattern] cases."""
        only = np.stack([one.only for one in dividers])
        divided: npt.NDArray[np.bool_] = np.any(only < 0, axis=0)
        whole = np.flatnonzero(~divided)
        kept = whole.astype(np.int64)
        for at, one in enumerate(dividers):
            kept = kept * one.finer.count + only[at][whole]

        def work(start: int) -> I64:
            part = of[start : start + BLOCK]
            at = np.flatnonzero(np.take(divided, part))
            return numbers_of(part[at], dividers, at + start)

        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(work, range(0, len(of), BLOCK)))
        bins = numbers_in(len(counts), [one.finer for one in dividers])
        keys, own = _counted(np.concatenate([np.zeros(0, np.int64), *found]), bins)
        keys, own = np.concatenate([kept, keys]), np.concatenate([counts[whole], own])
        order = np.argsort(keys)
        keys, own = keys[order], own[order]
        left, classes = keys.copy(), list[npt.NDArray[np.integer]]()
        for one in reversed(dividers):
            classes.insert(0, (left % one.finer.count).astype(one.finer.map.dtype))
            left //= one.finer.count
        return cls(of, dividers, keys, own, left.astype(np.intp), divided, classes)

    def rows(self, cases: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """[case] the part that it is in."""
        return np.searchsorted(self.keys, numbers_of(self.of[cases], self.dividers, cases))


def numbers_of(patterns: U32, dividers: Sequence[Divider], cases: npt.NDArray[np.intp]) -> I64:
    """[case] pattern and classes as one number."""
    found: I64 = patterns.astype(np.int64)
    for one in dividers:
        found *= one.finer.count
        found += np.take(one.finer.map, one.codes[cases])
    return found


def numbers_in(patterns: int, classes: Sequence[Classes] | Mapping[Any, Classes]) -> int:
    """How many numbers there can be."""
    every = classes.values() if isinstance(classes, Mapping) else classes
    return patterns * prod(of.count for of in every)


def _counted(numbers: I64, bins: int) -> tuple[I64, I64]:
    """The numbers that occur, and how often each does."""
    if bins > _MOST_BINS:
        keys, counts = np.unique(numbers, return_counts=True)
        return keys, counts
    counts = np.bincount(numbers, minlength=1)
    keys = np.flatnonzero(counts)
    return keys, counts[keys]
