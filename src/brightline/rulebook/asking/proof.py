"""Whether a fact can still change the decision, proved with a SAT solver.

Two completions of one standing are put side by side, each a copy of the encoding in `settling`.
*Can change*: both are allowed, they differ in that fact only, and their decisions differ.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.settling import NO_CLAUSE, Encoding, Settler, _alike


class Twins(Encoding):
    """Two completions of a standing whose decisions differ."""

    def __init__(self, settler: Settler) -> None:
        rules, axioms = settler.rules, settler.axioms
        super().__init__(settler.table, settler.codes, rules, axioms)
        self._settler = settler
        mine, my_outcomes = self._atom_literal, self.outcomes
        self._atom_literal, self._held = {}, {}
        rows = [row for of_sop in rules for row in of_sop] + list(axioms)
        self._same: dict[int, int] = {}
        for place, alike in _alike(settler.table, rows).items():
            if settler.codes[place] == UNKNOWN:
                self._one_hot(place, alike)
                same = self._same[place] = self._fresh()
                for atoms in alike:
                    one, other = mine[place, atoms[0]], self._atom_literal[place, atoms[0]]
                    self._solver.add_clause([-same, -one, other])
                    self._solver.add_clause([-same, one, -other])
        self._legal = self._legal_worlds()
        self._differ = self._differing(my_outcomes, [self._outcomes_of(rows) for rows in rules])

    def can_change(self, place: int) -> bool:
        """Whether the fact alone can change the decision."""
        same = [literal for other, literal in self._same.items() if other != place]
        return bool(self._solver.solve(assumptions=[self._differ, *same]))

    def change_together(self, places: Sequence[int]) -> Collection[int]:
        """A smallest set of these facts that can change the decision together; empty if none can.

        Facts later in the list are left out first. No fact outside the list is changed.
        """
        held = [literal for place, literal in self._same.items() if place not in places]
        if not self._solver.solve(assumptions=[self._differ, *held]):
            return ()
        found = []
        for place in reversed([place for place in places if place in self._same]):
            tried = [self._differ, *held, self._same[place], *()]
            if self._solver.solve(assumptions=tried):
                held.append(self._same[place])
            else:
                found.append(place)
        return found

    def _differing(self, mine: Sequence[dict[int, int]], other: Sequence[dict[int, int]]) -> int:
        """A literal for: some SOP's finding differs, or the action does."""
        differences = []
        for one, two in zip(mine, other, strict=True):
            findings = {outcome: self._finding(outcome) for outcome in one}
            if len(set(findings.values())) > 1:
                for finding in set(findings.values()):
                    named = [outcome for outcome in one if findings[outcome] == finding]
                    a, b = (self._either([copy[o] for o in named]) for copy in (one, two))
                    differences.append(self._both([a, -b]))
        ranks = {self._settler.rank(i, o) for i, of_sop in enumerate(mine) for o in of_sop}
        for rank in sorted(ranks)[1:]:
            a, b = (self._reaches(copy, rank) for copy in (mine, other))
            differences.append(self._both([a, -b]))
            differences.append(self._both([-a, b]))
        return self._either(differences)

    def _reaches(self, outcomes: Sequence[dict[int, int]], rank: int) -> int:
        """A literal for: the case's action has at least that rank."""
        return self._either(
            [
                literal
                for index, of_sop in enumerate(outcomes)
                for outcome, literal in of_sop.items()
                if self._settler.rank(index, outcome) >= rank
            ]
        )

    def _finding(self, outcome: int) -> int:
        if outcome >= 0 and not self._table.clauses[outcome].violation:
            return NO_CLAUSE
        return outcome
