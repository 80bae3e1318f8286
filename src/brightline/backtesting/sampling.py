"""Cases kept while a file goes by: one for every way to change, and some at random."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from brightline.backtesting.choosing import Way, chosen
from brightline.backtesting.counting import Tables
from brightline.backtesting.effort import SAMPLED, Interview, Interviewer, effort_of, following
from brightline.backtesting.judging import Label
from brightline.backtesting.kept import Kept
from brightline.backtesting.pair import Pair
from brightline.backtesting.reading import Part
from brightline.backtesting.results import Effort, Kind, TellingCase
from brightline.backtesting.tally import Cell
from brightline.backtesting.telling import Shown, told

MOST_WAYS = 5000
"""Ways to change (pairs of labels) of which an example is kept."""
_MIXED = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Seen:
    """A case that shows a way to change, and its number."""

    subject: str
    then: Label
    now: Label
    number: int
    kept: Kept
    kind: Kind


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case drawn at random: its lot, its number."""

    lot: int
    number: int
    subject: str
    kept: Kept


class Keeper:
    """Counts the parts of a file and keeps what examples and interviews need."""

    def __init__(self, pairs: Mapping[str, Pair], sampled: int = SAMPLED) -> None:
        self._pairs, self._sampled = pairs, sampled
        self.cases = 0
        self._ways: dict[tuple[str, int, int], tuple[Kept, Kind]] = {}
        self._shown: dict[tuple[str, int, int], int] = {}
        """The number of the case that shows a way."""
        self._drawn: list[tuple[int, int, str, Kept]] = []
        """A heap of the cases whose lots are least: a simple random sample, the same each time."""

    def add(self, part: Part, pair: Pair, tables: Tables) -> None:
        """Count a part."""
        batch = part.batch
        if not batch.rows:
            return
        old, new, flags = pair.judge(batch)
        unseen = pair.tally.add(old, new, flags, batch.groups, self.cases)
        for (then, now), at in unseen:
            if (part.subject, then, now) in self._ways or len(self._ways) < MOST_WAYS:
                cell = Cell(int(old.states[at]), int(new.states[at]), bool(flags[at]))
                self._ways[part.subject, then, now] = _kept(part, pair, at), tables.kind(cell)
                self._shown[part.subject, then, now] = self.cases + at
        self._draw(part, pair)
        self.cases += batch.rows

    def _draw(self, part: Part, pair: Pair) -> None:
        lots = lots_of(self.cases, part.batch.rows)
        at: npt.NDArray[np.intp] = np.arange(part.batch.rows)
        if len(self._drawn) >= self._sampled:
            at = np.flatnonzero(lots < np.uint64(-self._drawn[0][0]))
        for row in at.tolist():
            kept = _kept(part, pair, row)
            self._keep(Drawn(int(lots[row]), self.cases + row, part.subject, kept))

    def _keep(self, one: Drawn) -> None:
        entry = (-one.lot, one.number, one.subject, one.kept)
        if len(self._drawn) < self._sampled:
            heapq.heappush(self._drawn, entry)
        elif entry[0] > self._drawn[0][0]:
            heapq.heapreplace(self._drawn, entry)

    def seen(self) -> list[Seen]:
        """The cases that show ways to change, for another keeper to take in."""
        found = []
        for (subject, then, now), (kept, kind) in self._ways.items():
            labels = self._pairs[subject].labels.all
            number = self._shown[subject, then, now]
            found.append(Seen(subject, labels[then], labels[now], number, kept, kind))
        return found

    def drawn(self) -> list[Drawn]:
        """The cases drawn, for another keeper to take in."""
        return [Drawn(-lot, number, s, kept) for lot, number, s, kept in self._drawn]

    def take_in(self, cases: int, seen: Sequence[Seen], drawn: Sequence[Drawn]) -> None:
        """What others kept of so many cases; of a way the first case is shown."""
        self.cases += cases
        for one in seen:
            labels = self._pairs[one.subject].labels
            key = one.subject, labels.number(one.then), labels.number(one.now)
            earlier = self._shown.get(key)
            if earlier is None and len(self._ways) >= MOST_WAYS:
                continue
            if earlier is None or one.number < earlier:
                self._ways[key] = one.kept, one.kind
                self._shown[key] = one.number
        for card in drawn:
            self._keep(card)

    def effort(self) -> Effort | None:
        """Questions and seconds a case; None where there is no case."""
        drawn = sorted(self._drawn, key=lambda one: one[1])
        return questioned(self._pairs, [(one[2], one[3]) for one in drawn], self.cases)

    def telling(self) -> tuple[TellingCase, ...]:
        """The most telling cases."""
        return shown(self._pairs, self._ways)


def questioned(
    pairs: Mapping[str, Pair], drawn: Sequence[tuple[str, Kept]], cases: int
) -> Effort | None:
    """Question sampled cases (subject, case) under both versions; None where there are none."""
    if not drawn:
        return None
    sides: dict[str, tuple[Interviewer, Interviewer]] = {}
    interviews: list[tuple[Interview | None, Interview | None]] = []
    for subject, kept in drawn:
        if subject not in sides:
            pair = pairs[subject]
            former = Interviewer(pair.old.table)
            sides[subject] = former, following(pair, former)
        old, new = sides[subject]
        before = old.question(kept.old, kept.told_old)
        now = None if before is None else new.question(kept.new, kept.told_new)
        interviews.append((before, now))
    return effort_of(interviews, len(drawn), cases)


def shown(
    pairs: Mapping[str, Pair], ways: Mapping[tuple[str, int, int], tuple[Kept, Kind]]
) -> tuple[TellingCase, ...]:
    """The most telling of the ways to change: (subject, old label, new label) → a case of it."""
    listed: dict[object, Way] = {}
    for (subject, then, now), (_case, kind) in ways.items():
        pair = pairs[subject]
        way = Way(pair, then, now, pair.tally.pairs[then, now][0], kind)
        # Ways that differ only in clauses which are reported before and now alike are one.
        alike = (subject, kind, way.clauses, pair.labels.core[then], pair.labels.core[now])
        known = listed.get(alike)
        if known is not None:
            first, cases = max(known, way, key=lambda of: of.cases), known.cases + way.cases
            way = replace(first, cases=cases)
        listed[alike] = way
    found = []
    for way in chosen(listed.values()):
        kept, kind = ways[way.pair.subject, way.old, way.new]
        case = Shown(kept.id, kept.old, kept.new, way.cases, kind)
        found.append(told(way.pair, way.then, way.now, case))
    return tuple(found)


def lots_of(first: int, rows: int) -> npt.NDArray[np.uint64]:
    """A lot for each case by its number (SplitMix64): random to the eye, the same each time."""
    lots = np.arange(first + 1, first + rows + 1, dtype=np.uint64)
    lots *= np.uint64(0x9E3779B97F4A7C15)
    lots = (lots ^ (lots >> np.uint64(30))) * _MIXED[0]
    lots = (lots ^ (lots >> np.uint64(27))) * _MIXED[1]
    return (lots ^ (lots >> np.uint64(31))) >> np.uint64(1)


def _kept(part: Part, pair: Pair, at: int) -> Kept:
    batch = part.batch
    return Kept(
        part.ids[at],
        tuple(int(of[at]) for of in batch.old),
        tuple(int(of[at]) for of in batch.new),
        _told(pair.old.table.tested, part.told_old, at),
        _told(pair.new.table.tested, part.told_new, at),
    )


def _told(
    tested: Sequence[int], told: Mapping[int, npt.NDArray[np.int16]], at: int
) -> tuple[bool, ...]:
    return tuple(place in told and bool(told[place][at] >= 0) for place in tested)
