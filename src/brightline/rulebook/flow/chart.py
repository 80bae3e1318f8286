"""A chart: questions, each with answers that lead to another question or to an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """Answers with one continuation: a bit set of atoms, and either a question or an outcome.

    `question` is an index into `Chart.questions`, None where the answer settles the SOP; then
    `outcome` is the index of a clause of the table, or `NO_CLAUSE`.
    """

    atoms: int
    question: int | None
    outcome: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to find out (a column of the table), and where its answers lead."""

    place: int
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Chart:
    """The questions of one SOP; the first comes first. None at all: `outcome` holds of every case.

    `scope` is the box (column → atoms) that a case must lie in before the first question counts;
    None where the scope is asked for by the questions themselves.
    """

    questions: tuple[Question, ...]
    outcome: int | None = None
    scope: Mapping[int, int] | None = None

    def ranks(self) -> list[int]:
        """For each question the length of the longest way to it, in questions."""
        found = [0] * len(self.questions)
        for number, question in enumerate(self.questions):  # they stand in topological order
            for edge in question.edges:
                if edge.question is not None:
                    found[edge.question] = max(found[edge.question], found[number] + 1)
        return found

    def width(self) -> int:
        """The most questions that are equally far from the first."""
        ranks = self.ranks()
        return max((ranks.count(rank) for rank in set(ranks)), default=0)

    def walk(self, atoms: Mapping[int, int], outside: int) -> int:
        """The outcome for a case that has an atom in every column; `outside` where out of scope.

        Raises `LookupError` where the way is closed because `impossible` forbids the case.
        """
        if any(not cell >> atoms[place] & 1 for place, cell in (self.scope or {}).items()):
            return outside
        if not self.questions:
            assert self.outcome is not None
            return self.outcome
        at = 0
        while True:
            question = self.questions[at]
            atom = atoms[question.place]
            edge = next((edge for edge in question.edges if edge.atoms >> atom & 1), None)
            if edge is None:
                raise LookupError(question.place, atom)
            if edge.question is None:
                assert edge.outcome is not None
                return edge.outcome
            at = edge.question
