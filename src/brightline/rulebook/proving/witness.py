"""The smallest case that shows something: as few facts as can be away from the ordinary.

The *ordinary* value of a fact is the one that the fewest rules which find fault ask for: what a
case is like of which nothing is amiss. Of all worlds that show a finding, the one nearest to the
ordinary is told, so that a reader sees what matters and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from brightline.rulebook.proving.space import Box, Space, World
from brightline.rulebook.table import Table


def ordinary(space: Space, faults: Sequence[Box], region: Iterable[Sequence[int]] = ()) -> World:
    """The most ordinary world of a region (clauses, such as those that keep to a scope).

    `faults` are the boxes of the rules that find fault.
    """
    usual = _usual(space, faults)
    found = nearest(space, region, usual)
    return found[0] if found is not None else usual


def faults_of(table: Table) -> list[Box]:
    """The boxes of the rules of a table that find fault."""
    rules = table.rows[: table.rule_rows]
    return [row.cells for row in rules if table.clauses[row.clause].violation]


def _usual(space: Space, faults: Sequence[Box]) -> dict[int, int]:
    """For every column of a space the class that the fewest rules which find fault ask for."""
    found = {}
    for place, variable in space.variables.items():
        against = dict.fromkeys(variable.classes, 0)
        for box in faults:
            cell = box.get(place)
            if cell is not None:
                for atoms in against:
                    against[atoms] += bool(atoms & cell)
        least = min(against.values())
        found[place] = [atoms for atoms, count in against.items() if count == least][-1]
    return found


def nearest(
    space: Space, region: Iterable[Sequence[int]], usual: Mapping[int, int]
) -> tuple[World, tuple[int, ...]] | None:
    """The world of a region nearest to the ordinary, and the columns in which it differs.

    `region` are clauses that, with those of the space, say where to look. None where it is empty.
    """
    wishes = [-space.formula.any_of(space.variables[p].outside(c)) for p, c in usual.items()]
    problem = WCNF()  # its `append` takes most of the time that a proof needs: filled by hand
    problem.hard = [*space.formula.clauses, *region]
    problem.soft = [[literal] for literal in wishes]
    problem.wght = [1] * len(wishes)
    problem.nv, problem.topw = space.formula.count, 1 + len(wishes)
    with RC2(problem, solver="g4") as solver:
        model = solver.compute()
        if model is None:
            return None
    world = space.world_in(_complete(model, space.formula.count))
    return world, tuple(place for place, cell in usual.items() if world[place] != cell)


def _complete(model: Sequence[int], count: int) -> list[int]:
    """The model with every Boolean in it, in order; what it leaves out is false."""
    values = [-(at + 1) for at in range(count)]
    for literal in model:
        if abs(literal) <= count:
            values[abs(literal) - 1] = literal
    return values
