"""The questions of the proofs about an SOP, asked of z3: two encodings, made without `proving`.

*Booleans*  one an option (exactly one is true), one a threshold ("at least this much")
*natural*   an enumeration or a Bool for a choice, a Real for a number

The clauses are walked as they win and each is shut, in one incremental solver an SOP. The settings
are the fastest found that answer rightly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations, count, groupby, pairwise
from threading import Timer
from typing import NamedTuple

import z3

from brightline.rulebook.columns import Column
from brightline.rulebook.model import Hit, Kind
from brightline.rulebook.table import Row, Segment, Table
from brightline.rulebook.tests import number_range

LIMIT = 60.0
"""Seconds that z3 may take for a table."""
SORTS = count()
"""Numbers for the names of enumerations, of which z3 wants no two alike."""


class Answers(NamedTuple):
    """Clauses that never win, SOPs with a gap, pairs of clauses that contradict each other."""

    dead: set[int]
    gaps: set[str]
    pairs: set[tuple[int, int]]


class TooLongError(Exception):
    """z3 has used up its time."""


class Told(NamedTuple):
    """A fact in z3: of a choice one expression an option, of a number one a cut ("at least")."""

    parts: Sequence[z3.BoolRef]
    rules: Sequence[z3.BoolRef]


class Encoding(NamedTuple):
    """A way to tell z3 the facts, and the solver that suits it."""

    told: Callable[[Column], Told]
    solver: Callable[[], z3.Solver]


def as_booleans(column: Column) -> Told:
    """A Boolean an option or a threshold."""
    if column.numeric:
        ladder = [z3.Bool(f"{column.name} >= {cut!r}") for cut in column.cuts]
        return Told(ladder, [z3.Implies(higher, lower) for lower, higher in pairwise(ladder)])
    if column.atoms == 2:
        one = z3.Bool(column.name)
        return Told([one, z3.Not(one)], [])
    options = [z3.Bool(f"{column.name} = {option}") for option in column.options]
    return Told(options, [z3.PbEq([(option, 1) for option in options], 1)])


def as_written(column: Column) -> Told:
    """An enumeration, a Bool or a Real."""
    if column.numeric:
        number = z3.Real(column.name)
        low, high = (z3.RealVal(Fraction(end)) for end in number_range(column.fact))
        cuts = [number >= z3.RealVal(Fraction(cut)) for cut in column.cuts]
        return Told(cuts, [number >= low, number <= high])
    if column.fact.kind is Kind.YES_NO:
        yes = z3.Bool(column.name)
        return Told([yes, z3.Not(yes)], [])
    new = next(SORTS)
    sort, options = z3.EnumSort(f"{column.name}!{new}", [f"{o}!{new}" for o in column.options])
    choice = z3.Const(column.name, sort)
    return Told([choice == option for option in options], [])


def plain_solver() -> z3.Solver:
    """z3's incremental core. Relevancy is for quantifiers, of which there are none."""
    solver = z3.SimpleSolver()
    solver.set("relevancy", 0)
    return solver


BOOLEANS = Encoding(as_booleans, partial(z3.SolverFor, "QF_LIA"))
NATURAL = Encoding(as_written, plain_solver)


def any_of(parts: Sequence[z3.BoolRef]) -> z3.BoolRef:
    """One of some expressions (one at least)."""
    return parts[0] if len(parts) == 1 else z3.Or(parts)


def all_of(parts: Sequence[z3.BoolRef]) -> z3.BoolRef:
    """All of some expressions; of none, true."""
    if not parts:
        return z3.BoolVal(True)
    return parts[0] if len(parts) == 1 else z3.And(parts)


def passes(column: Column, parts: Sequence[z3.BoolRef], cell: int) -> z3.BoolRef:
    """The value of a column is among the atoms of a cell."""
    inside = [atom for atom in range(column.atoms) if cell >> atom & 1]
    if not column.numeric:
        if 2 * len(inside) <= column.atoms:
            return any_of([parts[atom] for atom in inside])
        return all_of([z3.Not(part) for at, part in enumerate(parts) if not cell >> at & 1])
    stretches = []
    for _key, run in groupby(enumerate(inside), key=lambda pair: pair[1] - pair[0]):
        atoms = [atom for _order, atom in run]
        low = [parts[atoms[0] - 1]] if atoms[0] else []
        high = [z3.Not(parts[atoms[-1]])] if atoms[-1] < len(parts) else []
        stretches.append(all_of([*low, *high]))
    return any_of(stretches)


class Asked:
    """A table in z3, and the answers found so far."""

    def __init__(self, table: Table, encoding: Encoding) -> None:
        self.table, self.encoding = table, encoding
        self.answers = Answers(set(), set(), set())
        self._until = time.perf_counter() + LIMIT
        self._told: dict[int, Told] = {}
        self._tests: dict[tuple[int, int], z3.BoolRef] = {}

    def ask(self, segment: Segment) -> None:
        """Find the answers for one SOP. Raises `TooLongError`."""
        rows = self.table.rows[segment.start : segment.stop]
        impossible = self.table.rows[self.table.rule_rows :]
        boxes = [row.cells for row in (*rows, *impossible)] + list(segment.scope)
        solver = self.encoding.solver()
        for place in sorted({place for box in boxes for place in box}):
            solver.add(*self._fact(place).rules)
        solver.add(*(z3.Not(self._box(row.cells)) for row in impossible))
        holds = self._holding(rows)
        for clauses, pairs in groups(self.table, segment):
            if pairs:  # a name for each clause: it is asked about often
                for clause in holds.keys() & clauses:
                    name = z3.Bool(f"clause {clause}")
                    solver.add(name == holds[clause])
                    holds[clause] = name
            for one, other in pairs:
                known = {one, other} <= holds.keys()
                if known and self._possible(solver, holds[one], holds[other]):
                    self.answers.pairs.add((one, other))
            for clause in clauses:
                if clause in holds and self._possible(solver, holds[clause]):
                    solver.add(z3.Not(holds[clause]))
                else:
                    self.answers.dead.add(clause)
        if self._possible(solver, any_of([self._box(box) for box in segment.scope])):
            self.answers.gaps.add(segment.sop.sop)

    def _holding(self, rows: Iterable[Row]) -> dict[int, z3.BoolRef]:
        """By clause that one of its rows holds; nothing for a clause without rows."""
        boxes: dict[int, list[z3.BoolRef]] = {}
        for row in rows:
            boxes.setdefault(row.clause, []).append(self._box(row.cells))
        return {clause: any_of(own) for clause, own in boxes.items()}

    def _box(self, cells: Mapping[int, int]) -> z3.BoolRef:
        return all_of([self._test(place, cell) for place, cell in cells.items()])

    def _test(self, place: int, cell: int) -> z3.BoolRef:
        if (place, cell) not in self._tests:
            parts = self._fact(place).parts
            self._tests[place, cell] = passes(self.table.columns[place], parts, cell)
        return self._tests[place, cell]

    def _fact(self, place: int) -> Told:
        if place not in self._told:
            self._told[place] = self.encoding.told(self.table.columns[place])
        return self._told[place]

    def _possible(self, solver: z3.Solver, *expressions: z3.BoolRef) -> bool:
        found = solver.check(*expressions)
        if found == z3.unknown or time.perf_counter() > self._until:
            raise TooLongError(solver.reason_unknown())
        return bool(found == z3.sat)


def groups(
    table: Table, segment: Segment
) -> Iterator[tuple[Sequence[int], Sequence[tuple[int, int]]]]:
    """The clauses of an SOP in the order in which they win, `otherwise` apart, and pairs of them.

    A pair contradicts each other where both hold and no clause of an earlier group does.
    """
    own = {at: of.clause for at, of in enumerate(table.clauses) if of.sop.sop == segment.sop.sop}
    clauses = [at for at, clause in own.items() if not clause.otherwise]
    if segment.sop.hit is Hit.FIRST:
        yield clauses, ()
    elif segment.sop.hit is Hit.UNIQUE:
        yield clauses, list(combinations(clauses, 2))
    else:
        actions = table.rulebook.actions
        for _key, group in groupby(clauses, key=lambda at: actions[own[at].action].severity):
            equals = list(group)
            pairs = combinations(equals, 2)
            yield equals, [(a, b) for a, b in pairs if own[a].action != own[b].action]


def by_z3(table: Table, encoding: Encoding) -> Answers:
    """What z3 answers. Raises `TooLongError` after `LIMIT` seconds."""
    asked = Asked(table, encoding)
    # Cheaper than z3's own time limit, which starts a clock for every question.
    clock = Timer(LIMIT, z3.main_ctx().interrupt)
    clock.start()
    try:
        for segment in table.segments:
            asked.ask(segment)
    finally:
        clock.cancel()
    return asked.answers
