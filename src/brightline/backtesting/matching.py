"""Two tables row by row: which rows an edit touched, and which values mean the same in both.

A verdict is made of the rows that may still hold and of what those ask of facts that are not known.
So a case comes to the same in both tables, whatever is still unknown, if known facts rule out every
touched row in both, or leave a touched row standing in both that asks the same of what is unknown.
Only the other cases need the new table at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from brightline.rulebook.columns import Column
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.table import Segment, Table

Overlap = npt.NDArray[np.bool_]
"""[old code + 2, new code + 2] whether one case can have both codes."""


@dataclass(frozen=True)
class Partners:
    """A row in both versions, and the facts (places in each table) they differ in."""

    old: int
    new: int
    old_facts: tuple[int, ...]
    new_facts: tuple[int, ...]


@dataclass(frozen=True)
class Match:
    """Two tables of one subject. `old_rows` and `new_rows`: rows without a twin in the other.

    `partners`: of those, pairs of one clause that stand at the same place and differ in tests only.

    `everything`: the edit reaches further than rows (what an action weighs, what happens where a
    moderator cannot tell), so no case can be left out.
    """

    old: Table
    new: Table
    renames: Renames
    old_rows: tuple[int, ...]
    new_rows: tuple[int, ...]
    everything: bool
    partners: tuple[Partners, ...] = ()

    @classmethod
    def of(cls, old: Table, new: Table, renames: Renames) -> Match:
        """Match the rows of two tables."""
        twins = _Twins(old, new, renames)
        pairs = twins.pairs()
        kept_old, kept_new = {a for a, _b in pairs}, {b for _a, b in pairs}
        return cls(
            old,
            new,
            renames,
            tuple(row for row in range(old.width) if row not in kept_old),
            tuple(row for row in range(new.width) if row not in kept_new),
            twins.reach_further(),
            tuple(twins.partners(pairs)),
        )

    @cached_property
    def same(self) -> bool:
        """Whether no case at all can come to anything else by the rows alone."""
        return not (self.everything or self.old_rows or self.new_rows)

    @cached_property
    def columns(self) -> tuple[tuple[int, int, Overlap], ...]:
        """The facts of both tables: place in the old one, in the new one, what can go together."""
        places = {column.key: place for place, column in enumerate(self.new.columns)}
        found = []
        for place, column in enumerate(self.old.columns):
            now = places.get(self.renames.fact_now(column.key))
            if now is not None:
                overlap = _overlap(column, self.new.columns[now], self.renames)
                found.append((place, now, overlap))
        return tuple(found)


def same_coding(overlap: Overlap) -> bool:
    """Whether a value has the same code in both tables, whatever it is."""
    return overlap.shape[0] == overlap.shape[1] and bool(
        (overlap == np.eye(len(overlap), dtype=np.bool_)).all()
    )


def _overlap(old: Column, new: Column, renames: Renames) -> Overlap:
    """Codes that one value can have in both; unknown goes with unknown only."""
    found = np.zeros((old.atoms + 2, new.atoms + 2), np.bool_)
    found[0, 0] = found[1, 1] = True
    if old.fact.kind is not new.fact.kind:
        return found
    if not new.numeric:
        options = [renames.option_now(new.key, option) for option in old.options]
        for atom, option in enumerate(options):
            if option in new.options:
                found[atom + 2, new.options.index(option) + 2] = True
        return found
    for atom in range(old.atoms):
        low, high = old.interval(atom)
        for other in range(new.atoms):
            begin, end = new.interval(other)
            found[atom + 2, other + 2] = max(low, begin) < min(high, end)
    return found


class _Twins:
    """Rows of one clause that hold in the same cases, in the same order within their SOP."""

    def __init__(self, old: Table, new: Table, renames: Renames) -> None:
        self.old, self.new, self.renames = old, new, renames
        places = {column.key: place for place, column in enumerate(new.columns)}
        self.now = {
            place: (
                places[renames.fact_now(column.key)],
                _overlap(column, new.columns[places[renames.fact_now(column.key)]], renames)[
                    2:, 2:
                ],
            )
            for place, column in enumerate(old.columns)
            if renames.fact_now(column.key) in places
        }

    def reach_further(self) -> bool:
        """Whether actions weigh something else, or an SOP does something else without an answer."""
        old, new = self.old.actions, self.new.actions
        shared = set(old) & set(new)
        if old[0] != new[0] or [a for a in old if a in shared] != [a for a in new if a in shared]:
            return True
        then = {self._sop_now(seg): seg for seg in self.old.segments}
        return any(
            seg.sop.sop in then and then[seg.sop.sop].sop.cannot_tell != seg.sop.cannot_tell
            for seg in self.new.segments
        )

    def pairs(self) -> list[tuple[int, int]]:
        """Twins, an old and a new row each."""
        then = {self._sop_now(seg): seg for seg in self.old.segments}
        found: list[tuple[int, int]] = []
        for seg in self.new.segments:
            before = then.get(seg.sop.sop)
            if before is not None:
                found += _in_order(
                    self._twins(range(before.start, before.stop), range(seg.start, seg.stop))
                )
        axioms = range(self.old.rule_rows, self.old.width)
        return found + self._twins(axioms, range(self.new.rule_rows, self.new.width))

    def partners(self, twins: Sequence[tuple[int, int]]) -> Iterator[Partners]:
        """Rows without a twin that are one clause in both tables, between the same twins."""
        old_twins, new_twins = {a for a, _b in twins}, {b for _a, b in twins}
        then = {self._sop_now(seg): seg for seg in self.old.segments}
        for seg in self.new.segments:
            before = then.get(seg.sop.sop)
            if before is None:
                continue
            waiting: defaultdict[object, list[int]] = defaultdict(list)
            gap = 0
            for row in range(before.start, before.stop):
                if row in old_twins:
                    gap += 1
                else:
                    waiting[gap].append(row)
            gap = 0
            for row in range(seg.start, seg.stop):
                if row in new_twins:
                    gap += 1
                    continue
                of_gap, label = waiting[gap], self._label(row, True)
                at = next((i for i, r in enumerate(of_gap) if self._label(r) == label), None)
                if at is not None:
                    yield self._partners(of_gap[at], row)
                    del of_gap[: at + 1]  # those before would stand in another order

    def _partners(self, old: int, new: int) -> Partners:
        then, now = self.old.rows[old].cells, self.new.rows[new].cells
        same_now = {
            self.now[place][0]
            for place, cell in then.items()
            if place in self.now and self._same_cell(place, cell, now.get(self.now[place][0]))
        }
        return Partners(
            old,
            new,
            tuple(p for p in then if p not in self.now or self.now[p][0] not in same_now),
            tuple(p for p in now if p not in same_now),
        )

    def _sop_now(self, segment: Segment) -> str:
        name = segment.sop.sop
        return self.renames.sop_now(name) or f"\0{name}"

    def _twins(self, old: range, new: range) -> list[tuple[int, int]]:
        by_label: defaultdict[object, list[int]] = defaultdict(list)
        for row in old:
            by_label[self._label(row)].append(row)
        found = []
        for row in new:
            candidates = by_label[self._label(row, True)]
            twin = next((one for one in candidates if self._same_cells(one, row)), None)
            if twin is not None:
                candidates.remove(twin)
                found.append((twin, row))
        return found

    def _label(self, row: int, new: bool = False) -> object:
        table = self.new if new else self.old
        clause = table.rows[row].clause
        if clause < 0:
            return None
        of = table.clauses[clause]
        name: str | None = of.clause.id
        if not new:
            name = self.renames.clause_now(of.sop.sop, of.clause.id)
        return name, of.clause.action, of.clause.points, of.violation

    def _same_cells(self, old: int, new: int) -> bool:
        then, now = self.old.rows[old].cells, self.new.rows[new].cells
        if any(place not in self.now for place in then):
            return False
        if {self.now[place][0] for place in then} != set(now):
            return False
        return all(
            self._same_cell(place, cell, now[self.now[place][0]]) for place, cell in then.items()
        )

    def _same_cell(self, place: int, old: int, new: int | None) -> bool:
        """Whether a cell of a column of the old table and one of the new let the same pass."""
        if new is None:
            return False
        _at, overlap = self.now[place]
        inside = np.array([bool(old >> atom & 1) for atom in range(overlap.shape[0])])
        inside_now = np.array([bool(new >> atom & 1) for atom in range(overlap.shape[1])])
        return not (overlap & (inside[:, None] != inside_now[None, :])).any()


def _in_order(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The most of the pairs whose rows stand in the same order (longest increasing run)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (row, _new) in enumerate(pairs):  # the new rows ascend already
        length = bisect_left(tops, row)
        if length == len(tops):
            tops.append(row)
            ends.append(at)
        else:
            tops[length], ends[length] = row, at
        before.append(ends[length - 1] if length else -1)
    at, kept = (ends[-1] if ends else -1), []
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return reversed(kept)
