"""Coded cases of one subject and what the version in force says of each, held for many drafts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.effort import Interview, Interviewer, following
from brightline.backtesting.judging import Finding, Judged, Label, Labels, Side
from brightline.backtesting.matching import Match
from brightline.backtesting.pair import BLOCK, Pair, taken
from brightline.backtesting.source import Source, kept_at
from brightline.backtesting.states import States
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Tables

_NOTHING = np.zeros(0, np.intp)
I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft put to the cases: the pair with its tally, and how many cases were looked at."""

    pair: Pair
    source: Source
    reached: int


class Held:
    """One subject's cases under the version in force."""

    def __init__(
        self, cases: CodedCases, old: Rulebook, on: date, states: States, threads: int
    ) -> None:
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
        self._label_counts: I64 = np.bincount(self._label_of, minlength=len(self._labels.all))
        self._state_counts: I64 = np.bincount(self._state_of, minlength=256)
        self._interviewer = Interviewer(self.side.table)
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
        renames, labels = Renames(old, new), Labels()
        label_now = np.array(
            [labels.number(_renamed(of, renames)) for of in self._labels.all], np.int32
        )
        state_now = self._states_in(states)
        table = Tables(new).table(self.cases.subject, self._on)
        pair = Pair(self.side, Side(table, labels, states), renames, states)
        source = Source(self.cases, pair.match)
        reached = np.zeros(256, np.int64)
        lock = Lock()

        def work(start: int) -> None:
            check()
            batch = source.batch(start, min(start + BLOCK, self.cases.rows))
            touched = pair.touch.touched(batch.old, batch.new, batch.rows, batch.differs)
            at = np.arange(batch.rows) if touched is None else np.flatnonzero(touched)
            if not at.size:
                return
            now = pair.new.judge(taken(batch.new, at), at.size)
            before = self._state_of[start : start + batch.rows][at]
            then = Judged(
                label_now[self._label_of[start : start + batch.rows][at]],
                state_now[before],
                _NOTHING,
                np.zeros((0, pair.old.layout.fact_words), np.uint64),
            )
            flags = pair.flags(then, now, np.zeros(at.size, np.bool_))
            pair.tally.add(then, now, flags, {}, start)
            with lock:
                reached[:] += np.bincount(before, minlength=256)

        if not (pair.match.same and source.alike):
            list(pool.map(work, range(0, self.cases.rows, BLOCK)))
        check()
        self._complete(pair, self._state_counts - reached, label_now, state_now)
        return Draft(pair, source, int(reached.sum()))

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

    def _states_in(self, states: States) -> npt.NDArray[np.uint8]:
        """[own state] the state among those of a pair."""
        found = np.zeros(256, np.uint8)
        joint = [states.actions.index(name) for name in self._states.actions]
        found[: len(joint)] = joint
        for at, bits in enumerate(self._states.sets, len(joint)):
            found[at] = states.of_set(sum(1 << j for own, j in enumerate(joint) if bits >> own & 1))
        return found

    def interviews(
        self, draft: Draft, rows: list[int], check: Callable[[], None]
    ) -> list[tuple[Interview | None, Interview | None]]:
        """Some cases questioned under both versions."""
        asker = following(draft.pair, self._interviewer)
        found = []
        for row in rows:
            check()
            kept = kept_at(draft.source, row)
            if row not in self._interviews:
                self._interviews[row] = self._interviewer.question(kept.old, kept.told_old)
            before = self._interviews[row]
            now = None if before is None else asker.question(kept.new, kept.told_new)
            found.append((before, now))
        return found


def _renamed(of: Label, renames: Renames) -> Label:
    """A label of the version in force in the names of a draft."""

    def now(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(
            sorted(
                (renames.sop_now(s) or s, renames.clause_now(s, c) or c, action, points)
                for s, c, action, points in findings
            )
        )

    return replace(of, faults=now(of.faults), quiet=now(of.quiet))
