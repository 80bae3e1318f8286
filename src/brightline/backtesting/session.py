"""What an edited draft would do to past cases, while its author types.

A session holds coded cases and what the version in force says of each. A draft is put only to the
cases that its edit can reach: those in which a row that it touched is not ruled out by facts that
are known. What the others come to is known already.

    session = Session([cases], in_force)
    impact = session.impact(draft)          # Impact: kinds, flows, bounds, clauses, seconds

A call that is overtaken by a newer one ends with `Superseded`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from threading import Lock
from typing import Any

import numpy as np

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.counting import Tables
from brightline.backtesting.effort import Interview, effort_of
from brightline.backtesting.held import SHOWN, Draft, Held
from brightline.backtesting.patterns import Patterns
from brightline.backtesting.reported import clause_lines, sop_lines
from brightline.backtesting.results import (
    CHANGED,
    MAY_CHANGE,
    Bounds,
    ClauseLine,
    Effort,
    Flow,
    SopLine,
)
from brightline.backtesting.states import States, joint_actions, joint_states
from brightline.i18n import _
from brightline.rulebook.model import Rulebook

_SEED = 20_261_125
SAMPLED = 30
"""Cases that are questioned for `Impact.effort`."""


class Superseded(Exception):
    """A newer draft came in while this one was being put to the cases."""


@dataclass(frozen=True, slots=True)
class Example:
    """A few cases that go from one action to another, by their numbers from 0."""

    subject: str
    old: str
    new: str
    cases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft would do. As in `Backtest`; `reached`: cases that had to be looked at anew.

    `effort` is None where it was not asked for.
    """

    old: str
    new: str
    cases: int
    reached: int
    kinds: dict[str, int]
    open_old: int
    open_new: int
    person_old: int
    person_new: int
    flows: tuple[Flow, ...]
    bounds: tuple[Bounds, ...]
    sops: tuple[SopLine, ...]
    clauses: tuple[ClauseLine, ...]
    effort: Effort | None
    examples: tuple[Example, ...]
    seconds: float

    @property
    def changed(self) -> int:
        """Cases decided in both versions, and differently."""
        return sum(self.kinds.get(kind, 0) for kind in CHANGED)

    @property
    def may_change(self) -> int:
        """Cases of which the stored facts do not say whether they change."""
        return sum(self.kinds.get(kind, 0) for kind in MAY_CHANGE)

    def to_json(self) -> dict[str, Any]:
        """As plain data, ready for `json.dumps`."""
        return {**asdict(self), "changed": self.changed, "may_change": self.may_change}


class Session:
    """Coded cases, one `CodedCases` a subject, and what one version says of them.

    Making one takes as long as deciding all cases (of `Patterns`: all patterns); it holds about as
    many bytes a case as there are facts tested, twice, and six more (of `Patterns`: four). Safe
    to call from several threads.
    """

    def __init__(
        self,
        cases: Sequence[CodedCases | Patterns],
        old: Rulebook,
        *,
        as_of: date | None = None,
        threads: int = 2,
        sampled: int = SAMPLED,
    ) -> None:
        """`as_of`: the day whose rules are meant, of this version and of every draft.

        `cases`: by their `Patterns` where there are many; these are to be grouped `by` this
        version's table of that day.
        """
        self.old, self.as_of, self._threads = old, as_of or date.today(), threads
        states = joint_states(old, old)
        self._held = {
            subject: Held(of, old, self.as_of, states, threads)
            for of in cases
            if (subject := (of.every if isinstance(of, Patterns) else of).subject) in old.subjects
        }
        self.cases = sum(held.every.rows for held in self._held.values())
        self._sampled, self._turn = sampled, 0
        self._lock, self._asking = Lock(), Lock()

    def impact(
        self,
        new: Rulebook,
        *,
        effort: bool = True,
        lines: bool = True,
        cancelled: Callable[[], bool] | None = None,
    ) -> Impact:
        """What a draft does to the cases of every subject that it knows.

        `lines`: by SOP and by clause too, and the draft's own hash; else `Impact.sops`, `clauses`
        and `new` are empty. Raises `Superseded` where another call came in meanwhile, or
        `cancelled()` says so. Subjects that the draft does not know any more are left out of the
        counts.
        """
        with self._lock:
            self._turn += 1
            turn = self._turn

        def over() -> bool:
            return self._turn != turn or (cancelled is not None and cancelled())

        def check() -> None:
            if over():
                raise Superseded(_("a newer draft came in"))

        started = time.perf_counter()
        states = States(joint_actions(self.old, new))
        held = [of for subject, of in self._held.items() if subject in new.subjects]
        with ThreadPoolExecutor(self._threads) as pool:
            drafts = [of.put(self.old, new, states, pool, check) for of in held]
        tables = Tables(self.old, new, states, [draft.pair for draft in drafts], {})
        asked = None
        if effort and tables.cases:
            asked = self._effort(tables, drafts, check)
        return Impact(
            self.old.sha,
            new.sha if lines else "",
            tables.cases,
            sum(draft.reached for draft in drafts),
            tables.kinds(),
            tables.open_cases(new=False),
            tables.open_cases(new=True),
            tables.person_cases(new=False),
            tables.person_cases(new=True),
            tables.flows(),
            tables.bounds(),
            sop_lines(tables.pairs) if lines else (),
            clause_lines(tables.pairs) if lines else (),
            asked,
            tuple(self._examples(tables, drafts)),
            round(time.perf_counter() - started, 4),
        )

    def _effort(self, tables: Tables, drafts: Sequence[Draft], check: Callable[[], None]) -> Effort:
        """Questions and seconds of sampled cases, the same for every draft."""
        draw = np.random.default_rng(_SEED)
        sampled = min(self._sampled, tables.cases)
        chosen = np.sort(draw.choice(tables.cases, sampled, replace=False))
        interviews: list[tuple[Interview | None, Interview | None]] = []
        first = 0
        for draft in drafts:
            held = self._held[draft.pair.subject]
            rows = held.every.rows
            inside = chosen[(chosen >= first) & (chosen < first + rows)] - first
            with self._asking:
                interviews += held.interviews(draft, inside.tolist(), check)
            first += rows
        return effort_of(interviews, sampled, tables.cases)

    def _examples(self, tables: Tables, drafts: Sequence[Draft]) -> Iterator[Example]:
        for draft in drafts:
            subject, found = draft.pair.subject, dict[tuple[str, str], list[int]]()
            for (old, new), cases in self._held[subject].examples(draft).items():
                actions = tables.action_of(old), tables.action_of(new)
                if actions[0] != actions[1]:
                    found.setdefault(actions, []).extend(cases)
            for (before, now), cases in found.items():
                yield Example(subject, before, now, tuple(sorted(cases)[:SHOWN]))
