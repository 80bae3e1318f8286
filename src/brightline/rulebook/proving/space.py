"""The cases of a table as a SAT problem: every fact takes exactly one of its values.

Values that no box tells apart are one *class*. A *cell* (a bit set of atoms) is a choice of
classes, a *box* (column → cell) a conjunction of cells. The facts of a world are all known: what
rules say of unknown facts follows from what they say of known ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pysat.solvers import Solver

from brightline.rulebook.columns import Column
from brightline.rulebook.proving.variables import Formula, Ladder, OneHot, Variable

Box = Mapping[int, int]
"""Column → the atoms it may have (a bit set); a column that is not named may have any."""
World = Mapping[int, int]
"""Column → a class of atoms (a bit set), for every column of a space."""

ENGINE = "cadical153"


class Space:
    """Every world that `impossible` allows, over the columns that some box tests."""

    def __init__(
        self, columns: Sequence[Column], boxes: Sequence[Box], impossible: Sequence[Box] = ()
    ) -> None:
        """`columns` are those of the table that the boxes number."""
        self.formula = Formula()
        self.boxes = boxes
        cells: dict[int, dict[int, None]] = {}
        for box in [*boxes, *impossible]:
            for place, cell in box.items():
                cells.setdefault(place, {})[cell] = None
        self.variables: dict[int, Variable] = {
            place: _variable(self.formula, columns[place], cells[place]) for place in sorted(cells)
        }
        self.formula.clauses += [self._outside(box) for box in impossible]
        self._known: dict[tuple[tuple[int, int], ...], int] = {}
        self.holds = [self.literal(box) for box in boxes]
        """For every box the literal that is true in exactly the worlds inside it."""

    def literal(self, box: Box) -> int:
        """A literal that is true in exactly the worlds inside a box."""
        key = tuple(sorted(box.items()))
        if key not in self._known:
            self._known[key] = -self.formula.any_of(self._outside(box))
        return self._known[key]

    def _outside(self, box: Box) -> list[int]:
        """Literals of which one is true in exactly the worlds outside a box."""
        return [
            literal
            for place, cell in box.items()
            for literal in self.variables[place].outside(cell)
        ]

    def within(self, box: Box) -> list[int]:
        """Assumptions that keep a world inside a box."""
        return [-literal for literal in self._outside(box)]

    def by_column(self, literals: Sequence[int]) -> list[set[int]]:
        """The literals that `within` gave, those of each column together; the longest first."""
        known = set(literals)
        grouped = [known.intersection(variable.literals) for variable in self.variables.values()]
        return sorted((group for group in grouped if group), key=len, reverse=True)

    def weaker(self, literal: int) -> Sequence[int]:
        """Literals of the same column that follow from one given by `within`, the nearest first."""
        return next(v.weaker(literal) for v in self.variables.values() if literal in v.literals)

    def cells(self, literals: Sequence[int]) -> dict[int, int]:
        """The box that literals given by `within` leave: the cells of the columns they narrow."""
        known = set(literals)
        found = {}
        for place, variable in self.variables.items():
            own = known.intersection(variable.literals)
            if own:
                found[place] = variable.left(own)
        return found

    def solver(self, more: Iterable[Sequence[int]] = ()) -> Solver:
        """A solver that knows the space; the caller closes it (`with`)."""
        solver = Solver(name=ENGINE, bootstrap_with=self.formula.clauses)
        for clause in more:
            solver.add_clause(clause)
        return solver

    def world(self, solver: Solver) -> dict[int, int]:
        """The world that the solver has just found."""
        return self.world_in(solver.get_model())

    def world_in(self, model: Sequence[int]) -> dict[int, int]:
        """The world of a model."""
        return {place: variable.value(model) for place, variable in self.variables.items()}


def _variable(formula: Formula, column: Column, cells: Iterable[int]) -> Variable:
    classes = [(1 << column.atoms) - 1]
    for cell in cells:
        split = [part for one in classes for part in (one & cell, one & ~cell)]
        classes = [part for part in split if part]
    if column.numeric:
        return Ladder(formula, _stretches(classes))
    return OneHot(formula, sorted(classes, key=lambda one: one & -one))


def _stretches(classes: Iterable[int]) -> list[int]:
    """Classes of neighbouring atoms, ascending: a class in several stretches becomes several."""
    found = []
    for one in classes:
        rest = one
        while rest:
            low = rest & -rest
            stretch = rest & ~(rest + low)
            found.append(stretch)
            rest ^= stretch
    return sorted(found)
