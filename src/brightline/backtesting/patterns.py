"""Cases that no table can tell apart, held once: a pattern of facts and how many cases have it.

Ten million cases of a marketplace have some ten thousand patterns, so what a draft costs hangs on
the patterns. Of a number, a pattern knows only between which thresholds of the version in force it
lies. Where a draft has another threshold, or tests a fact that nothing tested before, the patterns
that it divides are divided by the cases' own values (`Patterns.for_table`), never guessed.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.backtesting.classes import Classes
from brightline.backtesting.coded import CodedCases, FactColumn
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.table import Table

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
BLOCK = 1 << 16
_KEPT = 3
_MOST_BINS = 1 << 24
"""With more possible numbers than this, those that occur are looked up and not counted out."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Patterns of one subject. `cases`: a row each, in the order of their first cases as far as
    they are not divided; `counts` [pattern] cases that have it (None: one each); `whole` [pattern]
    the pattern of the version in force that it is part of (None: itself).
    """

    cases: CodedCases
    counts: I64 | None
    whole: npt.NDArray[np.intp] | None = None
    parts: Parts | None = None


class Patterns:
    """The cases of one subject by their patterns. Safe to call from several threads."""

    def __init__(self, every: CodedCases, classes: Mapping[FactKey, Classes], of: U32) -> None:
        """`every`: case by case; `of` [case] its pattern, numbered as they are met."""
        self.every, self.of, self._classes = every, of, classes
        first = _first_of_each(of)
        self.first: I64 = first
        """[pattern] the number of its first case."""
        facts = {
            key: FactColumn(by.map[every.facts[key].codes[first]], *by.values)
            for key, by in classes.items()
        }
        cases = CodedCases(every.subject, len(first), facts, told=every.told)
        self.grouped = Grouped(cases, np.bincount(of, minlength=len(first)))
        self._finer: OrderedDict[object, Grouped] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def by(cls, every: CodedCases, table: Table, threads: int = 2) -> Patterns:
        """Group cases by what a table tells apart; options are told apart whatever it says."""
        classes = classes_by(every, table)
        return cls(every, classes, numbered(every, classes, threads))

    def for_table(self, table: Table, renames: Renames, threads: int = 2) -> Grouped:
        """The patterns, divided where a draft's table tells cases of one pattern apart."""
        wanted: dict[FactKey, Classes] = {}
        for column, key, names in self.every.known_columns(table, renames):
            known = self._classes.get(key)
            now = known or Classes.alike(self.every.facts[key])
            finer = now.divided(column, names)
            if finer is not known:
                wanted[key] = finer
        if not wanted:
            return self.grouped
        name = tuple((key, of.map.tobytes()) for key, of in sorted(wanted.items(), key=_by_name))
        with self._lock:
            if name not in self._finer:
                self._finer[name] = self._divided(wanted, threads)
                while len(self._finer) > _KEPT:
                    self._finer.popitem(last=False)
            self._finer.move_to_end(name)
            return self._finer[name]

    def _divided(self, wanted: Mapping[FactKey, Classes], threads: int) -> Grouped:
        parts = Parts.of(self, wanted, threads)
        whole = parts.whole
        taken = {
            key: FactColumn(of.codes[whole], of.options, of.numbers, of.intervals)
            for key, of in self.grouped.cases.facts.items()
            if key not in wanted
        }
        facts = {**taken, **parts.facts}
        cases = CodedCases(self.every.subject, len(whole), facts, told=self.every.told)
        return Grouped(cases, parts.counts, whole, parts)

    def row(self, grouped: Grouped, case: int) -> int:
        """The pattern of a case."""
        if grouped.parts is None:
            return int(self.of[case])
        key = int(grouped.parts.numbers(case, case + 1)[0])
        return int(np.searchsorted(grouped.parts.keys, key))

    def some(self, grouped: Grouped, rows: Sequence[int], most: int) -> dict[int, list[int]]:
        """The first cases of some patterns, at most so many of each."""
        found: dict[int, list[int]] = {row: [] for row in rows}
        numbers = {row if grouped.parts is None else int(grouped.parts.keys[row]): row
                   for row in rows}  # fmt: skip
        left = {key: min(most, int(grouped.counts[row])) for key, row in numbers.items()}
        begin = int(self.first[[row if grouped.whole is None else grouped.whole[row]
                                for row in rows]].min()) if rows else 0  # fmt: skip
        for start in range(begin, self.every.rows, BLOCK):
            if not left:
                break
            stop = min(start + BLOCK, self.every.rows)
            keys = (self.of[start:stop] if grouped.parts is None
                    else grouped.parts.numbers(start, stop))  # fmt: skip
            at = np.flatnonzero(np.isin(keys, np.array(list(left), keys.dtype)))
            for place, key in zip(at.tolist(), keys[at].tolist(), strict=True):
                if key in left:
                    found[numbers[key]].append(start + place)
                    left[key] -= 1
                    if not left[key]:
                        del left[key]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Patterns divided by finer classes of some facts. `keys`: ascending, pattern and classes."""

    patterns: Patterns = field(repr=False)
    wanted: Mapping[FactKey, Classes]
    keys: I64
    counts: I64
    whole: npt.NDArray[np.intp]
    facts: Mapping[FactKey, FactColumn]

    @classmethod
    def of(cls, patterns: Patterns, wanted: Mapping[FactKey, Classes], threads: int) -> Parts:
        """Divide every pattern by the classes that its cases have."""
        made = cls(patterns, wanted, *_no_parts())
        rows, sizes = patterns.every.rows, [of.count for of in wanted.values()]
        bins = len(patterns.first) * int(np.prod(sizes, dtype=object))
        kind = np.uint32 if bins < 1 << 32 else np.int64
        numbers = np.empty(rows, kind)

        def work(start: int) -> None:
            stop = min(start + BLOCK, rows)
            numbers[start:stop] = made.numbers(start, stop)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(0, rows, BLOCK)))
        keys, counts = _counted(numbers, bins)
        left, facts = keys.copy(), dict[FactKey, FactColumn]()
        for (key, of), size in reversed(list(zip(wanted.items(), sizes, strict=True))):
            facts[key] = FactColumn((left % size).astype(of.map.dtype), *of.values)
            left //= size
        return cls(patterns, wanted, keys, counts, left.astype(np.intp), facts)

    def numbers(self, start: int, stop: int) -> I64:
        """[case] pattern and classes as one number."""
        found: I64 = self.patterns.of[start:stop].astype(np.int64)
        for key, of in self.wanted.items():
            found *= of.count
            found += np.take(of.map, self.patterns.every.facts[key].codes[start:stop])
        return found


def classes_by(every: CodedCases, table: Table) -> dict[FactKey, Classes]:
    """How the facts that a table tests are told apart: options by name, numbers by thresholds."""
    found = {}
    for column, key, _names in every.known_columns(table, None):
        of = every.facts[key]
        found[key] = Classes.alike(of).divided(column, None) if column.numeric else Classes.each(of)
    return found


def numbered(every: CodedCases, classes: Mapping[FactKey, Classes], threads: int) -> U32:
    """[case] the number of its pattern, in the order in which they are met.

    Patterns are told apart by a random number for each; that no two fell together is verified case
    by case, else it is done again with others.
    """
    columns = [(every.facts[key].codes, of) for key, of in classes.items()]
    while True:
        draw = np.random.default_rng(secrets.randbits(128))
        tables = [draw.integers(0, 1 << 63, of.count, np.uint64)[of.map] for _codes, of in columns]
        names = np.zeros(every.rows, np.uint64)

        def name(start: int, tables: Any = tables, names: Any = names) -> None:
            for (codes, _of), table in zip(columns, tables, strict=True):
                names[start : start + BLOCK] ^= np.take(table, codes[start : start + BLOCK])

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(name, range(0, every.rows, BLOCK)))
            encoded: Any = pa.array(names).dictionary_encode()
            del names
            of: U32 = encoded.indices.to_numpy().view(np.uint32)
            first = _first_of_each(of)
            of_first = [by.map[codes[first]] for codes, by in columns]

            def right(start: int, of: Any = of, of_first: Any = of_first) -> bool:
                at = of[start : start + BLOCK]
                return all(
                    np.array_equal(np.take(theirs, at), np.take(by.map, codes[start:][:BLOCK]))
                    for theirs, (codes, by) in zip(of_first, columns, strict=True)
                )

            if all(pool.map(right, range(0, every.rows, BLOCK))):
                return of


def _first_of_each(of: U32) -> I64:
    """[pattern] its first case, where they are numbered as they are met."""
    found, seen = [np.zeros(0, np.int64)], 0
    for start in range(0, len(of), BLOCK):
        part = of[start : start + BLOCK]
        most = int(part.max()) + 1
        if most > seen:
            new, at = np.unique(part, return_index=True)
            found.append(start + at[new >= seen].astype(np.int64))
            seen = most
    return np.concatenate(found)


def _counted(numbers: npt.NDArray[Any], bins: int) -> tuple[I64, I64]:
    """The numbers that occur, ascending, and how often each does."""
    if bins <= _MOST_BINS:
        counts: I64 = np.bincount(numbers, minlength=bins)
        keys = np.flatnonzero(counts)
        return keys, counts[keys]
    encoded: Any = pa.array(numbers).dictionary_encode()
    found = encoded.dictionary.to_numpy().astype(np.int64)
    counts = np.bincount(encoded.indices.to_numpy(), minlength=len(found))
    order = np.argsort(found)
    return found[order], counts[order]


def _no_parts() -> tuple[I64, I64, npt.NDArray[np.intp], dict[FactKey, FactColumn]]:
    none = np.zeros(0, np.int64)
    return none, none, none.astype(np.intp), {}


def _by_name(one: tuple[FactKey, Classes]) -> tuple[str, str]:
    return one[0][0] or "", one[0][1]
