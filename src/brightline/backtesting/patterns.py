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
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.backtesting.classes import Classes
from brightline.backtesting.coded import CodedCases, FactColumn
from brightline.backtesting.dividing import BLOCK, MOST_NUMBERS, Divider, Parts, numbers_in
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.table import Table

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
_KEPT = 3
_LOOKED_AT = 1 << 18
"""Cases among which more than one of a pattern is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Patterns of one subject. `cases`: a row each, in the order of their first cases as far as
    they are not divided; `counts` [pattern] cases that have it (None: one each); `whole` [pattern]
    the pattern of the version in force that it is part of (None: itself). `of` [case] its row, or
    `parts`, where they are divided.
    """

    cases: CodedCases
    counts: I64 | None
    whole: npt.NDArray[np.intp] | None = None
    of: U32 | None = None
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
        self._counts: I64 = np.bincount(of, minlength=len(first))
        self.grouped = Grouped(cases, self._counts)
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
        if numbers_in(len(self.first), wanted) >= MOST_NUMBERS:
            return self._grouped_anew(wanted, threads)
        known = self.grouped.cases.facts
        dividers = [
            Divider.of(
                self.every.facts[key].codes, finer, self._classes.get(key), known.get(key),
                len(self.first),
            )
            for key, finer in wanted.items()
        ]  # fmt: skip
        parts = Parts.made(self.of, self._counts, dividers, threads)
        facts = {
            key: FactColumn(codes, *finer.values)
            for (key, finer), codes in zip(wanted.items(), parts.classes, strict=True)
        }
        return self._finer_of(facts, parts.counts, parts.whole, parts=parts)

    def _grouped_anew(self, wanted: Mapping[FactKey, Classes], threads: int) -> Grouped:
        """For more facts at once than one number can name."""
        of = numbered(self.every, {**self._classes, **wanted}, threads)
        first = _first_of_each(of)
        facts = {
            key: FactColumn(by.map[self.every.facts[key].codes[first]], *by.values)
            for key, by in wanted.items()
        }
        whole = self.of[first].astype(np.intp)
        return self._finer_of(facts, np.bincount(of, minlength=len(first)), whole, of=of)

    def _finer_of(
        self,
        facts: Mapping[FactKey, FactColumn],
        counts: I64,
        whole: npt.NDArray[np.intp],
        of: U32 | None = None,
        parts: Parts | None = None,
    ) -> Grouped:
        taken = {
            key: FactColumn(fact.codes[whole], fact.options, fact.numbers, fact.intervals)
            for key, fact in self.grouped.cases.facts.items()
            if key not in facts
        }
        every = self.every
        cases = CodedCases(every.subject, len(whole), {**taken, **facts}, told=every.told)
        return Grouped(cases, counts, whole, of, parts)

    def rows(self, grouped: Grouped, cases: npt.NDArray[np.intp]) -> npt.NDArray[np.integer]:
        """[case] the row of each of some cases."""
        if grouped.parts is not None:
            return grouped.parts.rows(cases)
        return (self.of if grouped.of is None else grouped.of)[cases]

    def some(self, grouped: Grouped, rows: Sequence[int], most: int) -> dict[int, list[int]]:
        """A few of the first cases of some rows: of each at least one, at most `most`."""
        found: dict[int, list[int]] = {row: [] for row in rows}
        if not rows:
            return found
        whole = np.array(rows) if grouped.whole is None else grouped.whole[list(rows)]
        wanted = np.zeros(len(self.first), np.bool_)
        begin = int(self.first[whole].min())
        for start in range(begin, self.every.rows, BLOCK):
            far = start - begin >= _LOOKED_AT
            left = np.array([len(found[row]) < (1 if far else most) for row in rows])
            if not left.any():
                break
            wanted[:] = False
            wanted[whole[left]] = True
            at = start + np.flatnonzero(wanted[self.of[start : start + BLOCK]])
            of_at = self.rows(grouped, at)
            for row in np.array(rows)[left].tolist():
                found[row] += at[of_at == row][: most - len(found[row])].tolist()
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


def _by_name(one: tuple[FactKey, Classes]) -> tuple[str, str]:
    return one[0][0] or "", one[0][1]
