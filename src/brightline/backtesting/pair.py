"""One subject under two versions: blocks of coded cases in, counts out."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from brightline.backtesting.coded import BlockCodes
from brightline.backtesting.judging import Flags, Judged, Labels, Side
from brightline.backtesting.matching import Match
from brightline.backtesting.states import States
from brightline.backtesting.tally import Tally
from brightline.backtesting.touching import Touch
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Tables
from brightline.screening.words import Codes

BLOCK = 1 << 17
"""Cases that a thread takes at a time."""
MOSTLY = 0.6
"""With a greater share of a block touched, the whole block is decided."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Cases coded under both tables: one array for each of `table.tested`, all of one length.

    `differs`: cases in which a fact has another value in the new version than in the old one (other
    word lists, other ranges). `groups`: name of a grouping → [case] the number of its group.
    """

    rows: int
    old: Codes
    new: Codes
    differs: Flags | None = None
    groups: Mapping[str, npt.NDArray[np.integer]] = field(default_factory=dict)

    def part(self, start: int, stop: int) -> Batch:
        """Some of the cases, as views."""
        new = self.old if self.new is self.old else [of[start:stop] for of in self.new]
        old = [of[start:stop] for of in self.old]
        return Batch(
            min(stop, self.rows) - start,
            old,
            old if new is self.old else new,
            None if self.differs is None else self.differs[start:stop],
            {name: of[start:stop] for name, of in self.groups.items()},
        )


class Pair:
    """Both tables of a subject, ready to judge. Safe to share between threads."""

    def __init__(self, old: Side, new: Side, renames: Renames, states: States) -> None:
        """Two sides that number their labels and states alike."""
        self.subject, self.old, self.new, self.states = new.table.subject, old, new, states
        self.labels = new.labels
        self.match = Match.of(old.table, new.table, renames)
        self.touch = Touch(self.match, old.layout, new.layout)
        actions = len(states.actions)
        self.tally = Tally(len(old.table.tested), len(new.table.tested), actions)
        self.moved = _moved_facts(self.match)
        """Tested facts of both tables by their indexes in `tested`; None: all are the same."""

    @classmethod
    def of(cls, old: Rulebook, new: Rulebook, subject: str, on: date, states: States) -> Pair:
        """Both tables as they stand on a day."""
        renames, labels = Renames(old, new), Labels()
        then, now = Tables(old).table(subject, on), Tables(new).table(subject, on)
        sides = Side(then, labels, states, renames), Side(now, labels, states)
        return cls(*sides, renames, states)

    def count(self, batch: Batch, first: int = 0, threads: int = 1) -> None:
        """Add cases to the tally; the first of them has the number `first`."""

        def work(start: int) -> None:
            self.add(batch.part(start, min(start + BLOCK, batch.rows)), first + start)

        starts = range(0, batch.rows, BLOCK)
        if threads > 1 and len(starts) > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(work, starts))
        else:
            for start in starts:
                work(start)

    def add(self, batch: Batch, first: int) -> None:
        """Add one block to the tally; the first of its cases has the number `first`."""
        old, new, flags = self.judge(batch)
        self.tally.add(old, new, flags, batch.groups, first)

    def judge(self, batch: Batch) -> tuple[Judged, Judged, Flags]:
        """Both verdicts on a block of cases, and the flags of their cells."""
        old = self.old.judge(batch.old, batch.rows)
        touched = self.touch.touched(batch.old, batch.new, batch.rows, batch.differs)
        if touched is None:
            new = self.new.judge(batch.new, batch.rows)
            certain = np.zeros(batch.rows, np.bool_)
        else:
            new = self._new_of(old, batch, touched)
            certain = ~touched
        return old, new, self.flags(old, new, certain)

    def _new_of(self, old: Judged, batch: Batch, touched: Flags) -> Judged:
        """The new verdicts: the old ones but for the touched cases."""
        at = np.flatnonzero(touched)
        if at.size > MOSTLY * batch.rows:
            return self.new.judge(batch.new, batch.rows)
        untouched_open = ~touched[old.is_open]
        kept = old.open_facts[untouched_open]
        open_facts = self._renumbered(kept)
        labels, states, is_open = old.labels, old.states, old.is_open[untouched_open]
        if at.size:
            judged = self.new.judge(taken(batch.new, at), at.size)
            labels, states = labels.copy(), states.copy()
            labels[at], states[at] = judged.labels, judged.states
            is_open = np.concatenate([is_open, at[judged.is_open]])
            open_facts = np.concatenate([open_facts, judged.open_facts])
        return Judged(labels, states, is_open, open_facts)

    def _renumbered(self, bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """Sets of facts of the old table as sets of the new table's."""
        words = self.new.layout.fact_words
        if self.moved is None:
            return bits
        found = np.zeros((len(bits), words), np.uint64)
        for old, new in self.moved:
            has = bits[:, old // 64] >> np.uint64(old % 64) & np.uint64(1)
            found[:, new // 64] |= has << np.uint64(new % 64)
        return found

    def flags(self, old: Judged, new: Judged, certain: Flags) -> Flags:
        """[case] the flag of its cell; `certain`: cases that the edit cannot reach."""
        core = np.array(self.labels.core, np.int32)
        same = old.states == new.states
        is_open = old.states >= len(self.states.actions)
        both_open = is_open & (new.states >= len(self.states.actions))
        other: Flags = same & ~is_open & (core[old.labels] != core[new.labels])
        return other | both_open & certain


def taken(codes: Codes, at: npt.NDArray[np.intp]) -> Codes:
    """The codes of some cases."""
    return codes.taken(at) if isinstance(codes, BlockCodes) else [np.take(of, at) for of in codes]


def _moved_facts(match: Match) -> list[tuple[int, int]] | None:
    """Tested facts of both tables: index in the old `tested`, in the new; None: all the same."""
    then = {place: fact for fact, place in enumerate(match.old.tested)}
    now = {place: fact for fact, place in enumerate(match.new.tested)}
    moved = [(then[a], now[b]) for a, b, _o in match.columns if a in then and b in now]
    if len(moved) == len(then) == len(now) and all(a == b for a, b in moved):
        return None
    return moved
