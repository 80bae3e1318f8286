"""What can be proved of several SOPs that decide the same cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.proving.winning import Winning, winning
from brightline.rulebook.table import Table


class Clash(NamedTuple):
    """Two clauses of different SOPs that decide one case, equally severe, by different actions."""

    first: int
    second: int
    world: World


class Overruled(NamedTuple):
    """A clause that finds no fault, in an SOP where others always find some in its cases."""

    clause: int
    by: tuple[int, ...]
    world: World


class SubjectProofs:
    """All SOPs of a table as one question for a solver."""

    def __init__(self, table: Table) -> None:
        self.table = table
        boxes = [row.cells for row in table.rows[: table.rule_rows]]
        self.space = Space(
            table.columns, boxes, [row.cells for row in table.rows[table.rule_rows :]]
        )
        self.by_sop: list[Winning[int]] = [
            winning(
                self.space.formula,
                (
                    (table.rows[at].clause, self.space.holds[at])
                    for at in range(segment.start, segment.stop)
                ),
            )
            for segment in table.segments
        ]
        severity = {name: action.severity for name, action in table.rulebook.actions.items()}
        self._severity = [severity[of.clause.action] for of in table.clauses]

    def clashes(self) -> Iterator[Clash]:
        """For every two SOPs and two of their actions at most one clash."""
        clauses = self.table.clauses
        actions = {of.clause.action for of in clauses}
        severities = [self.table.rulebook.actions[name].severity for name in actions]
        if len(set(severities)) == len(severities):
            return  # no two actions are equally severe
        told: set[tuple[str, ...]] = set()
        with self.space.solver() as solver:
            for one, other in combinations(self.by_sop, 2):
                for a in one.wins:
                    for b in other.wins:
                        pair = (clauses[a].clause.action, clauses[b].clause.action)
                        if pair[0] == pair[1] or self._severity[a] != self._severity[b]:
                            continue
                        key = (clauses[a].sop.sop, clauses[b].sop.sop, *sorted(pair))
                        if key not in told and solver.solve(
                            [one.wins[a], other.wins[b], *self._none_above(self._severity[a])]
                        ):
                            told.add(key)
                            yield Clash(a, b, self.space.world(solver))

    def _none_above(self, severity: int) -> list[int]:
        """Assumptions: no clause that is more severe wins."""
        return [
            -literal
            for sop in self.by_sop
            for clause, literal in sop.wins.items()
            if self._severity[clause] > severity
        ]

    def overruled(self) -> Iterator[Overruled]:
        """The clauses that find no fault, though in each of their cases another SOP finds some.

        Clauses with `otherwise`, and those that hand a case to a person, grant nothing.
        """
        clauses = self.table.clauses
        for own in self.by_sop:
            others = {
                clause: literal
                for sop in self.by_sop
                if sop is not own
                for clause, literal in sop.wins.items()
                if clauses[clause].violation
            }
            for clause, literal in own.wins.items():
                of = clauses[clause]
                action = self.table.rulebook.actions[of.clause.action]
                if of.violation or of.clause.otherwise or action.person or not others:
                    continue
                yield from self._overruled(clause, literal, others)

    def _overruled(self, clause: int, literal: int, others: dict[int, int]) -> Iterator[Overruled]:
        with self.space.solver() as solver:
            if solver.solve([literal, *(-other for other in others.values())]):
                return  # a case in which it is left alone
            if not solver.solve([literal]):
                return  # it never wins in its own SOP: told elsewhere
            world = self.space.world(solver)
            needed = dict(others)
            for other in list(needed):
                fewer = [-lit for name, lit in needed.items() if name != other]
                if not solver.solve([literal, *fewer]):
                    del needed[other]
            yield Overruled(clause, tuple(needed), world)
