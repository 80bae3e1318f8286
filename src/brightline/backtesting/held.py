"""Coded cases of one subject and what the version in force says of each, held for many drafts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.earlier import Earlier, Reuse, Verdicts, labels_for
from brightline.backtesting.effort import Interview, Interviewer, following
from brightline.backtesting.judging import Judged, Labels, Side
from brightline.backtesting.matching import Match
from brightline.backtesting.pair import BLOCK, Batch, Pair, taken
from brightline.backtesting.patterns import Grouped, Patterns
from brightline.backtesting.source import Source, kept_at
from brightline.backtesting.states import U8, States
from brightline.backtesting.tally import counted
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Tables

_NOTHING = np.zeros(0, np.intp)
I64 = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]
SHOWN = 3
"""Cases that show what becomes of cases that go from one state to another."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft put to the cases: the pair with its tally, and how many cases were looked at.

    `moved`: old and new state, where they are not the same → the first rows of `grouped`.
    """

    pair: Pair
    source: Source
    grouped: Grouped
    reached: int
    moved: dict[tuple[int, int], list[int]]


class Held:
    """One subject's cases under the version in force: each by itself, or by their patterns."""

    def __init__(
        self, of: CodedCases | Patterns, old: Rulebook, on: date, states: States, threads: int
    ) -> None:
        self._patterns = of if isinstance(of, Patterns) else None
        self._threads = threads
        self._grouped = of.grouped if isinstance(of, Patterns) else Grouped(of, None)
        cases = self._grouped.cases
        self.every = of.every if isinstance(of, Patterns) else of
        self.cases, self._on, self._states = cases, on, states
        self._labels = Labels()
        self.side = Side(Tables(old).table(cases.subject, on), self._labels, states)
        same = Match.of(self.side.table, self.side.table, Renames(old, old))
        self._source = Source(cases, same)
        self._label_of = np.empty(cases.rows, np.int32)
        self._state_of = np.empty(cases.rows, np.uint8)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(self._judge, range(0, cases.rows, BLOCK)))
        if len(self._labels.all) < 1 << 16:
            self._label_of = self._label_of.astype(np.uint16)
        self._label_counts: I64 = counted(
            self._label_of, self._grouped.counts, len(self._labels.all)
        )
        self._state_counts: I64 = counted(self._state_of, self._grouped.counts, 256)
        self._interviewer = Interviewer(self.side.table)
        self._earlier = Earlier()
        self._interviews: dict[int, Interview | None] = {}

    def _judge(self, start: int) -> None:
        stop = min(start + BLOCK, self.cases.rows)
        judged = self.side.judge(self._source.batch(start, stop).old, stop - start)
        self._label_of[start:stop] = judged.labels
        self._state_of[start:stop] = judged.states

    def put(
        self,
        old: Rulebook,
        new: Rulebook,
        states: States,
        pool: ThreadPoolExecutor,
        check: Callable[[], None],
    ) -> Draft:
        """Put a draft to the cases that its edit can reach. `check` raises to end it early."""
        check()
        renames, table = Renames(old, new), Tables(new).table(self.cases.subject, self._on)
        grouped = self._grouped
        if self._patterns is not None:
            grouped = self._patterns.for_table(table, renames, self._threads)
        earlier = self._earlier.before(new, grouped) if renames.none else None
        labels, label_now = labels_for(earlier, self._labels, renames)
        state_now = states.of_others(self._states)
        side = Side(table, labels, states)
        pair = Pair(self.side, side, renames, states)
        source = Source(grouped.cases, pair.match)
        reuse = None if earlier is None else Reuse(earlier, side, new, grouped)
        earlier_states = state_now if earlier is None else states.of_others(earlier.states)
        kept = Verdicts.none(new, side, states, grouped)
        reached = np.zeros(256, np.int64)
        moved: dict[tuple[int, int], list[int]] = {}
        lock = Lock()

        def judged(batch: Batch, rows: Rows, start: int) -> Judged:
            found, known = np.empty(rows.size, np.int32), np.empty(rows.size, np.uint8)
            left = np.arange(rows.size)
            if reuse is not None:
                was, state, holds = reuse.at(rows, start, start + batch.rows)
                found[holds], known[holds] = was[holds], earlier_states[state[holds]]
                left = np.flatnonzero(~holds)
            if left.size:
                now = side.judge(taken(batch.new, rows[left] - start), left.size)
                found[left], known[left] = now.labels, now.states
            kept.label_of[rows], kept.state_of[rows] = found, known
            return Judged(found, known, _NOTHING, np.zeros((0, side.layout.fact_words), np.uint64))

        def work(start: int) -> None:
            check()
            batch = source.batch(start, min(start + BLOCK, grouped.cases.rows))
            touched = pair.touch.touched(batch.old, batch.new, batch.rows, batch.differs)
            rows = np.arange(batch.rows) if touched is None else np.flatnonzero(touched)
            if not rows.size:
                return
            rows += start
            counts = None if grouped.counts is None else grouped.counts[rows]
            now = judged(batch, rows, start)
            own = rows if grouped.whole is None else grouped.whole[rows]
            before = self._state_of[own]
            then = Judged(
                label_now[self._label_of[own]],
                state_now[before],
                _NOTHING,
                np.zeros((0, pair.old.layout.fact_words), np.uint64),
            )
            flags = pair.flags(then, now, np.zeros(rows.size, np.bool_))
            pair.tally.add(then, now, flags, {}, start, counts)
            seen = _first_moved(then.states, now.states, rows)
            with lock:
                reached[:] += counted(before, counts, 256)
                for key, some in seen.items():
                    moved[key] = sorted([*moved.get(key, ()), *some])[:SHOWN]

        if not (pair.match.same and source.alike):
            list(pool.map(work, range(0, grouped.cases.rows, BLOCK)))
        check()
        if renames.none:
            self._earlier.keep(kept, self._grouped)
        self._complete(pair, self._state_counts - reached, label_now, state_now)
        return Draft(pair, source, grouped, int(reached.sum()), moved)

    def _complete(
        self,
        pair: Pair,
        untouched: I64,
        label_now: npt.NDArray[np.int32],
        state_now: npt.NDArray[np.uint8],
    ) -> None:
        """Add the cases that the edit cannot reach to the tally."""
        pair.tally.add_certain(
            {int(state_now[state]): int(untouched[state]) for state in np.flatnonzero(untouched)}
        )
        labels = np.zeros(int(label_now.max(initial=-1)) + 1, np.int64)
        np.add.at(labels, label_now, self._label_counts)
        pair.tally.labels = labels

    def interviews(
        self, draft: Draft, cases: list[int], check: Callable[[], None]
    ) -> list[tuple[Interview | None, Interview | None]]:
        """Some cases questioned under both versions."""
        asker = following(draft.pair, self._interviewer)
        found = []
        for case in cases:
            check()
            kept = kept_at(draft.source, self._row(draft.grouped, case))
            if case not in self._interviews:
                self._interviews[case] = self._interviewer.question(kept.old, kept.told_old)
            before = self._interviews[case]
            now = None if before is None else asker.question(kept.new, kept.told_new)
            found.append((before, now))
        return found

    def _row(self, grouped: Grouped, case: int) -> int:
        if self._patterns is None:
            return case
        return int(self._patterns.rows(grouped, np.array([case]))[0])

    def examples(self, draft: Draft) -> dict[tuple[int, int], list[int]]:
        """Old and new state, where they are not the same → the numbers of a few cases."""
        if self._patterns is None:
            return draft.moved
        rows = sorted({row for some in draft.moved.values() for row in some})
        of = self._patterns.some(draft.grouped, rows, SHOWN)
        found = {}
        for key, some in draft.moved.items():
            found[key] = sorted(case for row in some for case in of[row])[:SHOWN]
        return found


def _first_moved(old: U8, new: U8, rows: npt.NDArray[np.intp]) -> dict[tuple[int, int], list[int]]:
    """The first rows of each pair of different states."""
    at = np.flatnonzero(old != new)
    pairs = old[at].astype(np.uint16) << 8 | new[at]
    return {
        (int(pair) >> 8, int(pair) & 255): rows[at[pairs == pair][:SHOWN]].tolist()
        for pair in np.unique(pairs)
    }
