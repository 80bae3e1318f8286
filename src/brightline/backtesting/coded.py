"""Cases in memory as small numbers: a column a fact, each value held once.

A column is coded by its own values, not by the thresholds of a rulebook, so that it can be put to
any version: to code it for a table is one look-up a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt

from brightline.rulebook.boxes import FactKey
from brightline.rulebook.columns import CANNOT_TELL_CODE, UNKNOWN, Column, FactError
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Kind
from brightline.rulebook.table import Table
from brightline.screening.coding import number_codes

Codes = npt.NDArray[np.integer]
UNKNOWN_AT, UNTOLD_AT, FIRST_AT = 0, 1, 2
"""What the first codes of every column stand for: not known, cannot be told; then its values."""


@dataclass(frozen=True, slots=True, eq=False)
class FactColumn:
    """One fact of many cases. Code 0: unknown; 1: a moderator could not tell; 2 + k: value k.

    The values are `options` (text; `yes` and `no` among them), or `numbers`, or `intervals` where
    of a number only the half-open interval [low, high) is stored.
    """

    codes: Codes
    options: tuple[str, ...] = ()
    numbers: npt.NDArray[np.float64] | None = None
    intervals: tuple[tuple[float, float], ...] = ()

    def look_up(self, column: Column, renamed: Mapping[str, str] | None = None) -> Codes:
        """[own code] the code in a table's column.

        `renamed`: option → its name there. A value that the column does not have is unknown, and
        so is an interval that a threshold cuts in two.
        """
        values: npt.NDArray[np.int16]
        if column.numeric != (self.numbers is not None or bool(self.intervals)):
            values = np.full(self.size, UNKNOWN, np.int16)
        elif self.numbers is not None:
            values = number_codes(column, self.numbers)
        elif self.intervals:
            values = np.array([_within(column, *of) for of in self.intervals], np.int16)
        else:
            named = renamed or {}
            values = np.array([_option(column, named.get(o, o)) for o in self.options], np.int16)
        found = np.concatenate([np.array([UNKNOWN, CANNOT_TELL_CODE], np.int16), values])
        return found.astype(np.int8) if column.atoms <= 120 else found

    @property
    def size(self) -> int:
        """How many values it has."""
        if self.numbers is not None:
            return len(self.numbers)
        return len(self.intervals) or len(self.options)


def _option(column: Column, option: str) -> int:
    try:
        return column.code(option)
    except FactError:
        return UNKNOWN


def _within(column: Column, low: float, high: float) -> int:
    for atom in range(column.atoms):
        begin, end = column.interval(atom)
        if begin <= low and high <= end:
            return atom
    return UNKNOWN


@dataclass(frozen=True, slots=True, eq=False)
class GroupColumn:
    """A grouping of many cases: `names[code]`; the name of code 0 is "" (none given)."""

    codes: npt.NDArray[np.unsignedinteger]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CodedCases:
    """Cases of one subject.

    `facts` by their places (SOP or None, name) in the version they were recorded under, or in a
    later one. `groups`: `category`, `segment`, `week`, `human` (the action a moderator took).
    `told`: facts that signals told, so that no moderator is asked for them. `ids`: None: their
    numbers from 1.
    """

    subject: str
    rows: int
    facts: Mapping[FactKey, FactColumn]
    groups: Mapping[str, GroupColumn] = field(default_factory=dict)
    told: frozenset[FactKey] = frozenset()
    ids: Sequence[str] | None = None

    @classmethod
    def of_table(
        cls,
        table: Table,
        codes: Sequence[Codes],
        groups: Mapping[str, GroupColumn] | None = None,
        told: Iterable[FactKey] = (),
    ) -> CodedCases:
        """From codes of a table's tested columns; numbers are then known as intervals only."""
        facts = {}
        for place, of in zip(table.tested, codes, strict=True):
            column = table.columns[place]
            shifted = of.astype(np.int32)
            own = np.where(shifted < 0, -1 - shifted, shifted + FIRST_AT)
            own = own.astype(unsigned(column.atoms + FIRST_AT))
            if column.numeric:
                intervals = tuple(column.interval(atom) for atom in range(column.atoms))
                facts[column.key] = FactColumn(own, intervals=intervals)
            else:
                facts[column.key] = FactColumn(own, column.options)
        rows = len(codes[0]) if codes else 0
        return cls(table.subject, rows, facts, groups or {}, frozenset(told))

    def id(self, row: int) -> str:
        """The id of a case."""
        return str(row + 1) if self.ids is None else str(self.ids[row])

    def look_ups(self, table: Table, renames: Renames | None = None) -> list[LookUp | None]:
        """For each tested column of a table its own column and look-up; None: not known of any.

        `renames`: from the version of the cases to that of the table, where it is a newer one.
        """
        known = {column.key: (key, names)
                 for column, key, names in self.known_columns(table, renames)}  # fmt: skip
        found: list[LookUp | None] = []
        for place in table.tested:
            column = table.columns[place]
            if column.key not in known:
                found.append(None)
                continue
            key, names = known[column.key]
            of = self.facts[key]
            found.append(LookUp(of.codes, of.look_up(column, names)))
        return found

    def known_columns(
        self, table: Table, renames: Renames | None
    ) -> Iterator[tuple[Column, FactKey, Mapping[str, str] | None]]:
        """The tested columns of a table of which something is known: the column, under which key,
        and option → its name in the table."""
        by_now: dict[FactKey, FactKey] = {}
        if renames is not None:
            by_now = {renames.fact_now(key): key for key in self.facts}
        for place in table.tested:
            column = table.columns[place]
            key = column.key if column.key in self.facts else by_now.get(column.key)
            if key is None or key not in self.facts:
                continue
            names = None
            if renames is not None and column.fact.kind is Kind.CHOICE:
                options, known = self.facts[key].options, set(column.options)
                names = {o: renames.option_now(column.key, o) for o in options if o not in known}
            yield column, key, names


@dataclass(frozen=True, slots=True, eq=False)
class LookUp:
    """The cases' own codes of a fact, and what each is in a table."""

    own: Codes
    table: Codes

    def codes(self, start: int, stop: int) -> Codes:
        """The table's codes of some cases."""
        return np.take(self.table, self.own[start:stop])

    def same(self, other: LookUp) -> bool:
        """Whether both give every case the same code."""
        return self.own is other.own and np.array_equal(self.table, other.table)


class BlockCodes(Sequence[Codes]):
    """The codes of a table's tested columns for a block of cases, each made when it is needed."""

    def __init__(self, look_ups: Sequence[LookUp | None], start: int, stop: int) -> None:
        self._look_ups, self._start, self._stop = look_ups, start, stop
        self._made: dict[int, Codes] = {}
        self._like: dict[int, tuple[BlockCodes, int]] = {}

    def like(self, fact: int, other: BlockCodes, theirs: int) -> None:
        """Take a column from other codes of the same cases, where it is the same."""
        self._like[fact] = other, theirs

    def __len__(self) -> int:
        return len(self._look_ups)

    @overload
    def __getitem__(self, fact: int) -> Codes: ...
    @overload
    def __getitem__(self, fact: slice) -> list[Codes]: ...
    def __getitem__(self, fact: int | slice) -> Codes | list[Codes]:
        if isinstance(fact, slice):
            return [self[at] for at in range(*fact.indices(len(self)))]
        if fact in self._like:
            other, theirs = self._like[fact]
            return other[theirs]
        if fact not in self._made:
            of = self._look_ups[fact]
            self._made[fact] = (
                np.broadcast_to(np.array(UNKNOWN, np.int8), (self._stop - self._start,))
                if of is None
                else of.codes(self._start, self._stop)
            )
        return self._made[fact]

    def taken(self, at: npt.NDArray[np.intp]) -> list[Codes]:
        """The codes of some cases of the block."""
        found = []
        for fact, of in enumerate(self._look_ups):
            if fact in self._made or of is None:
                found.append(np.take(self[fact], at))
            else:
                found.append(np.take(of.table, np.take(of.own[self._start : self._stop], at)))
        return found


def unsigned(values: int) -> type[np.unsignedinteger]:
    """The smallest type that numbers so many values."""
    return np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.uint32
