"""Blocks of cases under two tables: the old verdict of each, the new one where it can differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
import numpy.typing as npt

from brightline.backtesting.possible import PossibleActions
from brightline.backtesting.states import U8, States
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.deciding import Decider
from brightline.rulebook.model import CANNOT_TELL
from brightline.rulebook.table import Table
from brightline.screening.answers import Answer, Answers
from brightline.screening.fused import available
from brightline.screening.kernel import Kernel
from brightline.screening.layout import U64, Layout
from brightline.screening.words import Codes

I32 = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

Finding = tuple[str, str, str, int]
"""SOP and clause by their newer ids, action, points."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a version says of cases, in the names of the newer one.

    `faults` are the reported clauses that count (violated, or `cannot_tell`), `quiet` the others.
    """

    action: str
    determined: bool
    faults: tuple[Finding, ...]
    quiet: tuple[Finding, ...]
    contradictory: bool = False


class Labels:
    """Numbers for labels, in the order in which they are met. Safe to share between threads."""

    def __init__(self) -> None:
        self.all: list[Label] = []
        self.core: list[int] = []
        """[label] a number for what matters of it: action, whether determined, faults."""
        self._findings: set[Finding] = set()
        self._numbers: dict[Label, int] = {}
        self._cores: dict[tuple[object, ...], int] = {}
        self._lock = Lock()

    def number(self, label: Label) -> int:
        """The label's number."""
        with self._lock:
            if label not in self._numbers:
                self._numbers[label] = len(self.all)
                key = (label.action, label.determined, label.faults)
                self.core.append(self._cores.setdefault(key, len(self._cores)))
                self.all.append(label)
                self._findings.update(label.faults, label.quiet)
            return self._numbers[label]

    def copy(self) -> Labels:
        """The same, to go on numbering from."""
        made = Labels()
        with self._lock:
            made.all, made.core, made._findings = [*self.all], [*self.core], {*self._findings}
            made._numbers, made._cores = dict(self._numbers), dict(self._cores)
        return made

    def renamed(self, renames: Renames) -> tuple[Labels, I32]:
        """The same in the names of a newer version; [label] its number there."""
        with self._lock:
            every = [*self.all]
            now = {of: _now(of, renames) for of in self._findings}
        if all(of == same for of, same in now.items()):
            return self.copy(), np.arange(len(every), dtype=np.int32)
        made = Labels()

        def findings(of: tuple[Finding, ...]) -> tuple[Finding, ...]:
            return tuple(sorted(now[one] for one in of))

        numbers = [
            made.number(replace(of, faults=findings(of.faults), quiet=findings(of.quiet)))
            for of in every
        ]
        return made, np.array(numbers, np.int32)


def _now(of: Finding, renames: Renames) -> Finding:
    sop, clause, action, points = of
    return renames.sop_now(sop) or sop, renames.clause_now(sop, clause) or clause, action, points


class Side:
    """One version's table, ready to decide. `renames`: from its names to the newer ones."""

    def __init__(
        self, table: Table, labels: Labels, states: States, renames: Renames | None = None
    ) -> None:
        self.table, self.labels, self._states, self._renames = table, labels, states, renames
        self.kernel = Kernel(Decider(table), available() and len(table.tested) <= 64)
        self._possible = PossibleActions(self.kernel.layout)
        self._joint = [states.actions.index(name) for name in table.actions]
        self._known: list[int] = []
        self._state_of: list[int] = []
        self._lock = Lock()

    @property
    def layout(self) -> Layout:
        """The table as words."""
        return self.kernel.layout

    def judge(self, codes: Codes, rows: int) -> Judged:
        """The cases' labels and states, and the facts that the open ones hang on."""
        answers = self.kernel.decide(codes, rows)
        labels, state = self._translated(answers)
        is_open = np.flatnonzero(state[answers.index] == 255)
        states = state[answers.index]
        if is_open.size:
            part = [np.take(of, is_open) for of in codes]
            states[is_open] = self._states.of_sets(
                self._possible.of(part, is_open.size), self._joint
            )
        return Judged(labels[answers.index], states, is_open, answers.open[is_open])

    def _translated(self, answers: Answers) -> tuple[I32, U8]:
        """[answer] the label, and the state (255: open, so it differs from case to case)."""
        with self._lock:
            for answer in answers.distinct[len(self._known) :]:
                self._known.append(self.labels.number(self._label(answer)))
                state = self._states.actions.index(answer.action) if answer.determined else 255
                self._state_of.append(state)
            return np.array(self._known, np.int32), np.array(self._state_of, np.uint8)

    def _label(self, answer: Answer) -> Label:
        faults: list[Finding] = []
        quiet: list[Finding] = []
        for one in answer.reported:
            sop, clause = one.sop, one.clause
            if self._renames is not None:
                clause = self._renames.clause_now(sop, clause) or clause
                sop = self._renames.sop_now(sop) or sop
            counts = one.violation or one.clause == CANNOT_TELL
            (faults if counts else quiet).append((sop, clause, one.action, one.points))
        faults.sort()
        quiet.sort()
        return Label(
            answer.action,
            answer.determined,
            tuple(faults),
            tuple(quiet),
            bool(answer.contradictions),
        )


@dataclass(slots=True)
class Judged:
    """What one version says of a block of cases. `open_facts` [open case, fact word]."""

    labels: I32
    states: U8
    is_open: npt.NDArray[np.intp]
    open_facts: U64
