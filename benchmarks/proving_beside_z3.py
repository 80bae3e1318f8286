"""The proofs of an SOP beside z3-solver: the same questions on the same tables, the same answers.

Run: `python benchmarks/proving_beside_z3.py`. The questions: which clauses are never the answer,
whether some case in scope meets no clause but `otherwise`, which pairs of clauses contradict each
other. Both sides start from the compiled table and pay for their own encoding. z3 gets a Boolean
an option and a Real a number, as its users write it, and one solver a question, kept and asked
with assumptions where that helps it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from itertools import combinations

import z3

from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Hit
from brightline.rulebook.proving.conflicts import conflicts
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.reading import read
from brightline.rulebook.table import Row, Segment, Table
from machine import described
from proving import TODAY, by_severity
from random_tables import random_rulebook

Answer = tuple[frozenset[str], bool, frozenset[frozenset[str]]]
"""Clauses that never win, whether there is a gap, pairs that contradict each other."""


def by_brightline(table: Table, segment: Segment) -> Answer:
    """The answers of the proofs in this project."""
    proofs = SopProofs(table, segment)
    clauses = [c for c in proofs.clauses if c not in proofs.otherwise]
    ids = {clause: table.clauses[clause].clause.id for clause in clauses}
    return (
        frozenset(ids[clause] for clause in clauses if clause not in proofs.winning),
        proofs.has_gap,
        frozenset(frozenset((ids[c.first], ids[c.second])) for c in conflicts(proofs)),
    )


class Z3:
    """An SOP told to z3."""

    def __init__(self, table: Table, segment: Segment) -> None:
        self.table, self.segment = table, segment
        self.rows = table.rows[segment.start : segment.stop]
        self.variables = [
            z3.Real(f"f{at}") if column.numeric else
            [z3.Bool(f"f{at}_{option}") for option in range(column.atoms)]
            for at, column in enumerate(table.columns)
        ]  # fmt: skip
        self.solver = z3.Solver()
        for variable in self.variables:
            if isinstance(variable, list):
                self.solver.add(z3.PbEq([(one, 1) for one in variable], 1))
        for at, column in enumerate(table.columns):
            if column.numeric:
                low, high = column.interval(0)[0], column.interval(column.atoms - 1)[1]
                self.solver.add(self.variables[at] >= low, self.variables[at] < high)
        for row in table.rows[table.rule_rows :]:
            self.solver.add(z3.Not(self.box(row.cells)))
        self.holds = [self.named(f"r{at}", row) for at, row in enumerate(self.rows)]

    def named(self, name: str, row: Row) -> z3.BoolRef:
        """A Boolean that is true where a row holds."""
        literal = z3.Bool(name)
        self.solver.add(literal == self.box(row.cells))
        return literal

    def box(self, cells: dict[int, int]) -> z3.BoolRef:
        """The condition that a case lies in a box."""
        return z3.And([self.cell(place, cell) for place, cell in cells.items()])

    def cell(self, place: int, cell: int) -> z3.BoolRef:
        """The condition that a fact has one of some atoms."""
        column, variable = self.table.columns[place], self.variables[place]
        inside = [atom for atom in range(column.atoms) if cell >> atom & 1]
        if not column.numeric:
            return z3.Or([variable[atom] for atom in inside])
        ends = [column.interval(atom) for atom in inside]
        return z3.Or([z3.And(variable >= low, variable < high) for low, high in ends])

    def answer(self) -> Answer:
        """The answers of z3."""
        rules = [
            (row, literal)
            for row, literal in zip(self.rows, self.holds, strict=True)
            if not self.table.clauses[row.clause].clause.otherwise
        ]
        pairs = self.contradictions(rules)
        winning = set()
        self.solver.push()
        for row, literal in rules:
            if row.clause not in winning and self.solver.check(literal) == z3.sat:
                winning.add(row.clause)
            self.solver.add(z3.Not(literal))
        self.solver.add(z3.Or([self.box(cells) for cells in self.segment.scope]))
        gap = self.solver.check() == z3.sat
        self.solver.pop()
        own = {
            at: of.clause.id
            for at, of in enumerate(self.table.clauses)
            if of.sop is self.segment.sop and not of.clause.otherwise
        }
        return frozenset(own[at] for at in own if at not in winning), gap, pairs

    def contradictions(self, rules: list[tuple[Row, z3.BoolRef]]) -> frozenset[frozenset[str]]:
        """Pairs of clauses that hold together though nothing says which should win."""
        hit = self.segment.sop.hit
        if hit is Hit.FIRST:
            return frozenset()
        of = self.table.clauses
        severity = {n: a.severity for n, a in self.table.rulebook.actions.items()}
        found = set()
        for (a, one), (b, other) in combinations(rules, 2):
            first, second = of[a.clause].clause, of[b.clause].clause
            pair = frozenset((first.id, second.id))
            if a.clause == b.clause or pair in found:
                continue
            asked = [one, other]
            if hit is Hit.MOST_SEVERE:
                rank = severity[first.action]
                if first.action == second.action or severity[second.action] != rank:
                    continue
                above = (h for r, h in rules if severity[of[r.clause].clause.action] > rank)
                asked += [z3.Not(literal) for literal in above]
            if self.solver.check(asked) == z3.sat:
                found.add(pair)
        return frozenset(found)


def milliseconds(run: Callable[[], object]) -> float:
    """The median of five runs, or the first where that takes more than two seconds."""
    took: list[float] = []
    while len(took) < 5 and (not took or took[0] < 2000):
        start = time.perf_counter()
        run()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def compared(name: str, table: Table) -> None:
    """One line of the table."""

    def ours() -> list[Answer]:
        return [by_brightline(table, segment) for segment in table.segments]

    def theirs() -> list[Answer]:
        return [Z3(table, segment).answer() for segment in table.segments]

    same = ours() == theirs()
    one, other = milliseconds(ours), milliseconds(theirs)
    answers = "same" if same else "DIFFERENT"
    print(f"| {name} | {one:.1f} | {other:.0f} | {other / one:.0f} × | {answers} |", flush=True)


def main() -> None:
    print(described(), f"z3-solver {z3.get_version_string()}")
    print("| table | Brightline ms | z3 ms | z3 / Brightline | answers |\n|---|---|---|---|---|")
    day: date = TODAY
    for clauses, facts in ((60, 15), (300, 25), (1000, 40)):
        book = random_rulebook(clauses, facts)
        compared(f"{clauses} × {facts}, first", Table(book, "listing", day))
        compared(f"{clauses} × {facts}, most severe", Table(by_severity(book), "listing", day))
    book = read(bundled_rulebook())
    for subject in book.subjects:
        compared(f"Vietnam, {subject}", Table(book, subject, day))


if __name__ == "__main__":
    main()
