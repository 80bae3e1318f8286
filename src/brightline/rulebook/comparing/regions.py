"""Where two versions of an SOP differ, told by the clauses that changed.

Every case that comes to something else belongs to exactly one *change*:

- the clause that decided it no longer applies to it (`NO_LONGER`);
- a clause decides it that did not apply before (`NEWLY`);
- both clauses apply in both versions, but now the other one goes first (`OVERTAKES`);
- the same clause decides it, with another action or other points (`SAME_CLAUSE`).

The cases of a change are given as boxes of facts, to be read with "among the cases that the clause
decided": so a box needs not repeat what all the other clauses say. That the changes cover every
difference and nothing else is proved by the solver each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pysat.solvers import Solver

from brightline.rulebook.columns import Column
from brightline.rulebook.comparing.joint import Cells
from brightline.rulebook.comparing.side import NOTHING, Side
from brightline.rulebook.proving.covering import boxes_of_region
from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.proving.witness import nearest, ordinary

MOST_BOXES = 16
MOST_OUTCOMES = 8


class Kind(StrEnum):
    """Why a case comes to something else."""

    NO_LONGER = "no_longer"
    NEWLY = "newly"
    OVERTAKES = "overtakes"
    SAME_CLAUSE = "same_clause"


@dataclass(frozen=True)
class Flow:
    """Cases that `old` decided and `new` decides now, and one of them.

    `old` and `new` are indexes into the clauses of the two tables; `NOTHING` where none holds.
    """

    old: int
    new: int
    world: World


@dataclass(frozen=True)
class Change:
    """One reason for which cases come to something else.

    `clause` is the clause the change is told by: the old one for `NO_LONGER` and `SAME_CLAUSE`, the
    new one otherwise. `boxes` are the cases it concerns among those the clause decided (or decides
    now); no boxes: all of them. `flows` are some of what becomes of them; `whole`: all of it.
    """

    kind: Kind
    clause: int
    boxes: tuple[Cells, ...]
    flows: tuple[Flow, ...]
    whole: bool


class SopDifference:
    """One SOP in both versions, as a question for a solver."""

    def __init__(
        self,
        columns: Sequence[Column],
        space: Space,
        old: Side,
        new: Side,
        faults: Sequence[Cells] = (),
    ) -> None:
        """`old` and `new` have their literals in `space`, over the joint `columns`.

        `faults` are the boxes of the rules that find fault, by which an ordinary case is told.
        """
        self.columns, self.space, self.old, self.new = columns, space, old, new
        self.faults = faults
        self._smallest: dict[tuple[Kind, int, int, int], tuple[World, tuple[int, ...]]] = {}
        self._twin = {
            a: b for a, name in old.names.items() for b, other in new.names.items() if name == other
        }

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in the order of the clauses."""
        return tuple(self._changes())

    @cached_property
    def usual(self) -> World:
        """The most ordinary case: the one to which the cases of changes are held."""
        either = [-self.old.wins[NOTHING], -self.new.wins[NOTHING]]
        return ordinary(self.space, self.faults, [either])

    def smallest(self, change: Change, flow: Flow) -> tuple[World, tuple[int, ...]]:
        """The case nearest to the ordinary that takes a flow, and the columns out of the ordinary.

        It is looked for among all cases of the change that come from and to the flow's clauses.
        """
        key = (change.kind, change.clause, flow.old, flow.new)
        if key in self._smallest:
            return self._smallest[key]
        found = next(self.cases(change, flow))
        self._smallest[key] = found
        return found

    def cases(self, change: Change, flow: Flow) -> Iterator[tuple[World, tuple[int, ...]]]:
        """Cases that take a flow, the nearest to the ordinary first, as `smallest` gives them.

        First each is out of the ordinary in another way; then come those that only add something
        to an earlier one.
        """
        base = [[literal] for literal in self._given(change)]
        base += [[self.old.wins[flow.old]], [self.new.wins[flow.new]], *self._differs]
        found: list[World] = []
        beyond: list[list[int]] = []
        while (one := nearest(self.space, [*base, *beyond], self.usual)) is not None:
            yield one
            found.append(one[0])
            beyond.append(self._outside(one[0], one[1] or tuple(one[0])))
        seen = [self._outside(world, tuple(world)) for world in found]
        while (one := nearest(self.space, [*base, *seen], self.usual)) is not None:
            yield one
            seen.append(self._outside(one[0], tuple(one[0])))

    def _outside(self, world: World, places: Sequence[int]) -> list[int]:
        """Literals of which one is true where a case differs from a world in some columns."""
        return [one for at in places for one in self.space.variables[at].outside(world[at])]

    def twin(self, change: Change) -> int | None:
        """The clause a change is told by, in the other version; None where it has none."""
        if change.kind in (Kind.NO_LONGER, Kind.SAME_CLAUSE):
            return self._twin.get(change.clause)
        return next((a for a, b in self._twin.items() if b == change.clause), None)

    def _given(self, change: Change) -> list[int]:
        """The literals that every case of a change meets."""
        candidates = {(kind, clause): given for kind, clause, given in self._candidates()}
        return candidates[change.kind, change.clause]

    @cached_property
    def _differs(self) -> list[list[int]]:
        """Clauses: the case comes to something else."""
        return [
            [-won, -self.new.wins[self._twin[a]]]
            for a, won in self.old.wins.items()
            if a in self._twin and self.old.labels[a] == self.new.labels[self._twin[a]]
        ]

    def _changes(self) -> Iterator[Change]:
        candidates = list(self._candidates())
        with self.space.solver(self._differs) as solver:
            for kind, clause, given in candidates:
                yield from self._one(solver, kind, clause, given)

    def _candidates(self) -> Iterator[tuple[Kind, int, list[int]]]:
        """Every change there could be: its kind, its clause, and what its cases meet."""
        overtaken = self._overtaken
        for clause, won in self.old.wins.items():
            yield Kind.NO_LONGER, clause, [won, -self._holds_now(clause)]
        for clause, wins in self.new.wins.items():
            before = self._held_before(clause)
            yield Kind.NEWLY, clause, [wins, -before, overtaken]
            yield Kind.OVERTAKES, clause, [wins, before, overtaken]
        for clause, won in self.old.wins.items():
            if clause in self._twin and clause != NOTHING:
                yield Kind.SAME_CLAUSE, clause, [won, self.new.wins[self._twin[clause]]]

    def untold(self) -> World | None:
        """A case that differs though no change tells it: None, or these proofs are wrong."""
        formula = self.space.formula
        told = [
            -formula.any_of([-literal for literal in given])
            for _kind, _clause, given in self._candidates()
        ]
        with self.space.solver([*self._differs, [-formula.any_of(told)]]) as solver:
            return self.space.world(solver) if solver.solve() else None

    def _holds_now(self, clause: int) -> int:
        """Whether the clause that decided a case still applies to it."""
        if clause not in self._twin:
            return self.space.formula.never
        return self.new.holds[self._twin[clause]]

    def _held_before(self, clause: int) -> int:
        """Whether the clause that decides a case now applied to it before."""
        was = next((a for a, b in self._twin.items() if b == clause), None)
        return self.space.formula.never if was is None else self.old.holds[was]

    @cached_property
    def _overtaken(self) -> int:
        """A literal: the clause that decided a case still applies to it, but another decides it."""
        formula, new = self.space.formula, self.new
        return formula.any_of(
            [
                -formula.any_of([-won, -new.holds[b], new.wins[b]])
                for a, won in self.old.wins.items()
                if (b := self._twin.get(a)) is not None
            ]
        )

    def _one(
        self, solver: Solver, kind: Kind, clause: int, given: Sequence[int]
    ) -> Iterator[Change]:
        """The change of one kind by one clause, where there is any case of it."""
        flows: list[Flow] = []
        shut: list[int] = []
        whole = False
        while len(flows) < MOST_OUTCOMES:
            if not solver.solve([*given, *shut]):
                whole = True
                break
            model = solver.get_model()
            old, new = self.old.winner(model), self.new.winner(model)
            flows.append(Flow(old, new, self.space.world_in(model)))
            shut.append(-self.new.wins[new] if kind is Kind.NO_LONGER else -self.old.wins[old])
        if flows:
            boxes = tuple(self._boxes(kind, clause))
            yield Change(kind, clause, boxes, tuple(flows), whole)

    def _boxes(self, kind: Kind, clause: int) -> Iterator[Cells]:
        """Where the clause used to hold and does not, or holds and did not."""
        if kind is Kind.NO_LONGER and clause in self._twin:
            inside, outside = self.old.holds[clause], self.new.holds[self._twin[clause]]
            scope = -self.old.wins[NOTHING]
        elif kind is Kind.NEWLY and self._held_before(clause) != self.space.formula.never:
            inside, outside = self.new.holds[clause], self._held_before(clause)
            scope = -self.new.wins[NOTHING]
        else:
            return
        region, complement = [[inside], [-outside]], [[-inside, outside]]
        found = boxes_of_region(self.space, region, complement, MOST_BOXES, [scope])
        yield from (cells for _world, cells in found)
