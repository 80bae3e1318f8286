"""What can be proved of one SOP: which clauses ever win, and which cases no clause meets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from brightline.rulebook.proving.covering import Cells, boxes_of_region
from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.table import Segment, Table


class DeadClause(NamedTuple):
    """A clause that is never reported; `beaten_by` are the clauses that win wherever it holds.

    Where that is empty, no case at all can meet it.
    """

    clause: int
    beaten_by: tuple[int, ...]


class SopProofs:
    """The rows of an SOP, in the order in which they win, as a question for a solver."""

    def __init__(self, table: Table, segment: Segment) -> None:
        self.table, self.segment = table, segment
        self.rows = table.rows[segment.start : segment.stop]
        impossible = [row.cells for row in table.rows[table.rule_rows :]]
        boxes = [*(row.cells for row in self.rows), *segment.scope]
        self.space = Space(table.columns, boxes, impossible)
        self.row_holds = self.space.holds[: len(self.rows)]
        self.in_scope = self.space.formula.any_of(self.space.holds[len(self.rows) :])
        """A literal that is true where the SOP applies."""
        self.clauses = [
            index for index, of in enumerate(table.clauses) if of.sop.sop == segment.sop.sop
        ]
        self.otherwise = frozenset(
            index for index in self.clauses if table.clauses[index].clause.otherwise
        )
        self.in_order = list(dict.fromkeys(row.clause for row in self.rows))
        """The clauses that have a row, in the order in which they win."""

    def holding(self, clause: int) -> list[int]:
        """The literals of a clause's rows: it holds where one of them is true."""
        return self._holding.get(clause, [])

    def next_in(self, world: World, clause: int) -> int | None:
        """The clause that would be reported in a world if one clause were not there."""
        for row in self.rows:
            if row.clause != clause and all(world[p] & cell for p, cell in row.cells.items()):
                return row.clause
        return None

    @cached_property
    def _holding(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, holds in zip(self.rows, self.row_holds, strict=True):
            found.setdefault(row.clause, []).append(holds)
        return found

    @property
    def winning(self) -> Collection[int]:
        """The clauses that can win, in the order in which they do."""
        return self._in_order[0].keys()

    def won_by(self, clause: int) -> World:
        """A world in which a clause wins. Raises `KeyError` for one that never does."""
        return self.space.world_in(self._in_order[0][clause])

    @cached_property
    def dead(self) -> tuple[DeadClause, ...]:
        """The clauses that never win, `otherwise` apart, in the order of the table."""
        never = [c for c in self.clauses if c not in self.winning and c not in self.otherwise]
        return tuple(DeadClause(clause, self._beaten_by(clause)) for clause in never)

    @cached_property
    def has_gap(self) -> bool:
        """Whether some case in scope meets no clause but `otherwise`, or none at all."""
        return self._in_order[1] is not None

    @cached_property
    def _in_order(self) -> tuple[dict[int, Sequence[int]], World | None]:
        """Walks the rows as they win, shutting each: models of clauses that win, and a gap."""
        winning: dict[int, Sequence[int]] = {}
        with self.space.solver() as solver:
            for row, holds in zip(self.rows, self.row_holds, strict=True):
                if row.clause in self.otherwise:
                    continue
                if row.clause not in winning and solver.solve([holds]):
                    winning[row.clause] = solver.get_model()
                solver.add_clause([-holds])
            gap = None
            if solver.solve([self.in_scope]):
                gap = self.space.world(solver)
        return winning, gap

    def gaps(self, most: int = 16) -> Iterator[tuple[World, Cells]]:
        """The cases that no clause but `otherwise` meets, as a few large boxes."""
        rules = [
            holds
            for row, holds in zip(self.rows, self.row_holds, strict=True)
            if row.clause not in self.otherwise
        ]
        scope = self.in_scope
        region = [[scope], *([-holds] for holds in rules)]
        return boxes_of_region(self.space, region, [[scope], rules], most, given=[scope])

    def _beaten_by(self, clause: int) -> tuple[int, ...]:
        """The clauses that together win wherever one holds; as few as can be left."""
        holds = dict.fromkeys(
            h for r, h in zip(self.rows, self.row_holds, strict=True) if r.clause == clause
        )
        rivals: dict[int, list[int]] = {}
        for row, rival in zip(self.rows, self.row_holds, strict=True):
            if row.clause == clause:
                break
            rivals.setdefault(row.clause, []).append(-rival)
        some = self.space.formula.any_of(list(holds))
        with self.space.solver() as solver:
            if not solver.solve([some]):
                return ()
            solver.solve([some, *_flat(rivals)])
            core = set(solver.get_core())
            kept = {rival: own for rival, own in rivals.items() if core.intersection(own)}
            for rival in list(kept):
                fewer = {other: literals for other, literals in kept.items() if other != rival}
                if not solver.solve([some, *_flat(fewer)]):
                    kept = fewer
        return tuple(kept)


def _flat(literals: dict[int, list[int]]) -> list[int]:
    return [literal for group in literals.values() for literal in group]
