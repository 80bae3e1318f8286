"""What the masks leave open, settled exactly with a SAT solver.

Kleene's logic is blind to rows that only *together* cover what is unknown. Here the unknown facts
become one-hot Booleans and the solver is asked: what can each SOP still come to, which actions can
the case still get? A filling-in that `impossible` forbids does not count. Facts a moderator
*cannot tell* are not filled in: all their values ("worlds") are looked at side by side, and where
an SOP's clause differs between worlds its outcome is `cannot_tell`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from pysat.solvers import Solver

from brightline.rulebook.columns import CANNOT_TELL_CODE, UNKNOWN
from brightline.rulebook.table import Table

NO_CLAUSE, UNTOLD = -1, -2
"""Outcomes of an SOP besides the index of a clause: none of its clauses holds; `cannot_tell`."""

MOST_WORLDS = 1024
"""With more combinations than this of facts that cannot be told, every SOP that asks one of them
comes to `cannot_tell`: cautious, and far beyond what a case in practice holds."""

World = Mapping[int, int]


class OpenRow(NamedTuple):
    """A row reduced to the facts that are still open: column → atoms that pass (a bit set)."""

    clause: int
    cells: Mapping[int, int]


class Settler:
    """The open part of one standing. Every answer is exact; build one for each open standing."""

    def __init__(self, table: Table, standing: int) -> None:
        self.table = table
        self._possible = standing & table.every
        self._sure = standing >> table.width & table.every
        coded = table.codes_plus_two(standing)
        self.codes = {p: code - 2 for p, code in zip(table.tested, coded, strict=True)}
        self.rules = [self._candidates(seg.start, seg.stop) for seg in table.segments]
        axioms = range(table.rule_rows, table.width)
        self.axioms = [self._reduced(bit) for bit in axioms if self._possible >> bit & 1]

    def _reduced(self, bit: int) -> OpenRow:
        row = self.table.rows[bit]
        return OpenRow(row.clause, {p: c for p, c in row.cells.items() if self.codes[p] < 0})

    def _candidates(self, start: int, stop: int) -> list[OpenRow]:
        """The rows of an SOP that can still win: the possible ones up to the first sure one."""
        found = []
        for bit in range(start, stop):
            if self._possible >> bit & 1:
                found.append(self._reduced(bit))
                if self._sure >> bit & 1:
                    break
        return found

    @cached_property
    def open_facts(self) -> tuple[int, ...]:
        """Unknown columns that a row still in question tests, in table order."""
        seen = {p for rows in self.rules for row in rows for p in row.cells}
        return tuple(p for p in self.table.tested if p in seen and self.codes[p] == UNKNOWN)

    @cached_property
    def _encoding(self) -> Encoding:
        strict = Encoding(self.table, self.codes, self.rules, self.axioms)
        if strict.satisfiable:
            return strict
        return Encoding(self.table, self.codes, self.rules, ())

    @cached_property
    def contradictory(self) -> bool:
        """Whether `impossible` forbids every way of filling in what is unknown."""
        return bool(self.axioms) and not self._encoding.axioms

    @cached_property
    def outcomes(self) -> tuple[tuple[int, ...], ...]:
        """For each SOP exactly what it can still come to: clause indexes, NO_CLAUSE, UNTOLD."""
        return tuple(
            tuple(outcome for outcome in of_sop if self._encoding.can_be(of_sop[outcome]))
            for of_sop in self._encoding.outcomes
        )

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """Exactly the ranks of action that the case can still get, ascending."""
        by_rank: dict[int, list[int]] = {0: []}
        for index, of_sop in enumerate(self._encoding.outcomes):
            for outcome, literal in of_sop.items():
                by_rank.setdefault(self.rank(index, outcome), []).append(literal)
        found = []
        for rank in sorted(by_rank):
            above = [lit for other, lits in by_rank.items() if other > rank for lit in lits]
            if self._encoding.can_be_any(by_rank[rank] if rank else None, above):
                found.append(rank)
        return tuple(found)

    def rank(self, segment: int, outcome: int) -> int:
        """The rank of the action of an SOP's outcome (no clause: the least severe action)."""
        if outcome == NO_CLAUSE:
            return 0
        if outcome == UNTOLD:
            return self.table.segments[segment].rank_if_cannot_tell
        return self.table.clauses[outcome].rank


class Encoding:
    """One SAT instance with a literal for every outcome of every SOP.

    `outcomes[sop][outcome]` is that literal. `satisfiable` tells whether any filling-in is allowed.
    """

    def __init__(
        self,
        table: Table,
        codes: Mapping[int, int],
        rules: Sequence[Sequence[OpenRow]],
        axioms: Sequence[OpenRow],
    ) -> None:
        self._table, self._codes, self.axioms = table, codes, axioms
        self._solver = Solver(name="glucose4")
        self._last = 0
        self._true = self._fresh()
        self._solver.add_clause([self._true])
        self._held: dict[tuple[tuple[int, int], ...], int] = {}

        rows = [row for of_sop in rules for row in of_sop] + list(axioms)
        classes = _alike(table, rows)
        self._atom_literal: dict[tuple[int, int], int] = {}
        for place, alike in classes.items():
            if codes[place] == UNKNOWN:
                self._one_hot(place, alike)
        self.worlds = _worlds({p: a for p, a in classes.items() if codes[p] == CANNOT_TELL_CODE})
        self._legal = self._legal_worlds()
        self.satisfiable = bool(self._solver.solve())
        self.outcomes = [self._outcomes_of(of_sop) for of_sop in rules]

    def can_be(self, literal: int) -> bool:
        """Whether some allowed filling-in makes the literal true."""
        return bool(self._solver.solve(assumptions=[literal]))

    def can_be_any(self, any_of: Sequence[int] | None, none_of: Sequence[int]) -> bool:
        """Whether one of `any_of` (None: no such demand) can be true and all of `none_of` false."""
        wanted = [] if any_of is None else [self._either(any_of)]
        return bool(self._solver.solve(assumptions=[*wanted, *(-lit for lit in none_of)]))

    def _fresh(self) -> int:
        self._last += 1
        return self._last

    def _both(self, literals: Iterable[int]) -> int:
        """A literal that is true exactly when all of them are."""
        needed = [lit for lit in literals if lit != self._true]
        if not needed:
            return self._true
        if len(needed) == 1:
            return needed[0]
        name = self._fresh()
        for lit in needed:
            self._solver.add_clause([-name, lit])
        self._solver.add_clause([name, *(-lit for lit in needed)])
        return name

    def _either(self, literals: Iterable[int]) -> int:
        """A literal that is true exactly when one of them is."""
        return -self._both([-lit for lit in literals])

    def _one_hot(self, place: int, alike: Sequence[Sequence[int]]) -> None:
        literals = []
        for atoms in alike:
            literals.append(self._fresh())
            self._atom_literal |= {(place, atom): literals[-1] for atom in atoms}
        self._solver.add_clause(literals)
        for i, a in enumerate(literals):
            for b in literals[:i]:
                self._solver.add_clause([-a, -b])

    def _holds(self, row: OpenRow, world: World) -> int:
        """A literal for: the row holds in this world. Rows of equal cells share it."""
        cells = []
        for place, cell in row.cells.items():
            if self._codes[place] == UNKNOWN:
                cells.append((place, cell))
            elif not cell >> world[place] & 1:
                return -self._true
        key = tuple(sorted(cells))
        if key not in self._held:
            self._held[key] = self._both([self._passes(place, cell) for place, cell in key])
        return self._held[key]

    def _passes(self, place: int, cell: int) -> int:
        atoms = range(self._table.columns[place].atoms)
        return self._either({self._atom_literal[place, a] for a in atoms if cell >> a & 1})

    def _legal_worlds(self) -> list[int]:
        """A literal for each world: `impossible` allows it. At least one must be."""
        legal = [
            self._both([-self._holds(axiom, world) for axiom in self.axioms])
            for world in self.worlds or ()
        ]
        if legal:
            self._solver.add_clause(legal)
        return legal

    def _outcomes_of(self, rows: Sequence[OpenRow]) -> dict[int, int]:
        asks_untold = any(
            self._codes[place] == CANNOT_TELL_CODE for row in rows for place in row.cells
        )
        if self.worlds is None and asks_untold:
            return {UNTOLD: self._true}
        worlds = self.worlds if asks_untold and self.worlds else [{}]
        in_world = [self._winners(rows, world) for world in worlds]
        if not asks_untold:
            return in_world[0]
        same = {
            outcome: self._both(
                self._either([-legal, winners.get(outcome, -self._true)])
                for legal, winners in zip(self._legal, in_world, strict=True)
            )
            for outcome in dict.fromkeys(o for winners in in_world for o in winners)
        }
        return same | {UNTOLD: -self._either(same.values())}

    def _winners(self, rows: Sequence[OpenRow], world: World) -> dict[int, int]:
        """In one world: outcome → the literal that it is this SOP's."""
        wins: dict[int, list[int]] = {}
        none_yet = self._true
        for row in rows:
            holds = self._holds(row, world)
            wins.setdefault(row.clause, []).append(self._both([none_yet, holds]))
            none_yet = self._both([none_yet, -holds])
        wins[NO_CLAUSE] = [none_yet]
        return {outcome: self._either(literals) for outcome, literals in wins.items()}


def _alike(table: Table, rows: Sequence[OpenRow]) -> dict[int, list[list[int]]]:
    """For each column that the rows test, its atoms in classes that no row tells apart."""
    cells: dict[int, set[int]] = {}
    for row in rows:
        for place, cell in row.cells.items():
            cells.setdefault(place, set()).add(cell)
    found: dict[int, list[list[int]]] = {}
    for place, of_place in cells.items():
        classes: dict[tuple[int, ...], list[int]] = {}
        for atom in range(table.columns[place].atoms):
            classes.setdefault(tuple(cell >> atom & 1 for cell in of_place), []).append(atom)
        found[place] = list(classes.values())
    return found


def _worlds(untold: Mapping[int, Sequence[Sequence[int]]]) -> list[World] | None:
    """Every combination of what cannot be told (one atom a class); None if there are too many."""
    size = 1
    for classes in untold.values():
        size *= len(classes)
    if size > MOST_WORLDS:
        return None
    firsts = [[atoms[0] for atoms in classes] for classes in untold.values()]
    return [dict(zip(untold, atoms, strict=True)) for atoms in product(*firsts)]
