"""How the value of one fact is told to a SAT solver."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import combinations, groupby
from typing import Protocol


class Formula:
    """Clauses over Booleans 1, 2, 3, …"""

    def __init__(self) -> None:
        self.clauses: list[list[int]] = []
        self.count = 0

    def new(self) -> int:
        """A Boolean of its own."""
        self.count += 1
        return self.count

    @cached_property
    def never(self) -> int:
        """A literal that is always false."""
        one = self.new()
        self.clauses.append([-one])
        return one

    def any_of(self, literals: Sequence[int]) -> int:
        """A literal that is true exactly where one of the literals is."""
        if not literals:
            return self.never
        if len(literals) == 1:
            return literals[0]
        some = self.new()
        self.clauses += [[some, -literal] for literal in literals]
        self.clauses.append([-some, *literals])
        return some


class Variable(Protocol):
    """The value of a fact. `classes` are bit sets of atoms that together cover the fact."""

    classes: Sequence[int]
    literals: frozenset[int]
    """Every literal that can say where the value is not, negated: what `Space.within` gives."""

    def outside(self, cell: int) -> Sequence[int]:
        """Literals of which one is true exactly where the value is not in a cell."""

    def value(self, model: Sequence[int]) -> int:
        """The class in a model (`model[i]` is the literal of Boolean i + 1)."""

    def left(self, literals: Collection[int]) -> int:
        """The atoms that remain where all of some `literals` are true."""

    def weaker(self, literal: int) -> Sequence[int]:
        """Those of `literals` that follow from one, the nearest first."""


class OneHot:
    """One Boolean a class, exactly one of them true; of two classes, one Boolean tells both."""

    def __init__(self, formula: Formula, classes: Sequence[int]) -> None:
        self.classes = classes
        if len(classes) == 2:
            one = formula.new()
            self._is = [one, -one]
            self.literals = frozenset((one, -one))
            return
        self._is = [formula.new() for _class in classes]
        self.literals = frozenset(-one for one in self._is)
        formula.clauses.append(list(self._is))
        formula.clauses += [[-a, -b] for a, b in combinations(self._is, 2)]

    def outside(self, cell: int) -> Sequence[int]:
        return [self._is[at] for at, atoms in enumerate(self.classes) if not atoms & cell]

    def value(self, model: Sequence[int]) -> int:
        return next(
            atoms
            for literal, atoms in zip(self._is, self.classes, strict=True)
            if (model[abs(literal) - 1] > 0) == (literal > 0)
        )

    def left(self, literals: Collection[int]) -> int:
        kept = 0
        for literal, atoms in zip(self._is, self.classes, strict=True):
            if -literal not in literals:
                kept |= atoms
        return kept

    def weaker(self, literal: int) -> Sequence[int]:
        del literal
        return ()


class Ladder:
    """A number: one Boolean a threshold, "at least this much"; so a test is one literal or two."""

    def __init__(self, formula: Formula, classes: Sequence[int]) -> None:
        """`classes` are neighbouring stretches of atoms, ascending."""
        self.classes = classes
        self._formula = formula
        self._at_least = [formula.new() for _threshold in classes[1:]]
        formula.clauses += [
            [-higher, lower]
            for lower, higher in zip(self._at_least, self._at_least[1:], strict=False)
        ]
        self._between: dict[tuple[int, int], int] = {}
        self.literals = frozenset(sign * one for one in self._at_least for sign in (1, -1))

    def outside(self, cell: int) -> Sequence[int]:
        return [self._stretch(first, last) for first, last in self._runs(cell)]

    def _runs(self, cell: int) -> Iterator[tuple[int, int]]:
        """The runs of classes outside a cell: first and last index."""
        outside = [at for at, atoms in enumerate(self.classes) if not atoms & cell]
        for _key, run in groupby(enumerate(outside), key=lambda pair: pair[1] - pair[0]):
            members = [at for _order, at in run]
            yield members[0], members[-1]

    def _stretch(self, first: int, last: int) -> int:
        """A literal that is true where the value is in the classes first … last (not all)."""
        if first == 0:
            return -self._at_least[last]
        if last == len(self.classes) - 1:
            return self._at_least[first - 1]
        if (first, last) not in self._between:
            ends = [-self._at_least[first - 1], self._at_least[last]]
            self._between[first, last] = -self._formula.any_of(ends)
        return self._between[first, last]

    def value(self, model: Sequence[int]) -> int:
        return self.classes[sum(model[one - 1] > 0 for one in self._at_least)]

    def left(self, literals: Collection[int]) -> int:
        first, last = 0, len(self.classes) - 1
        for at, one in enumerate(self._at_least, start=1):
            if one in literals:
                first = max(first, at)
            if -one in literals:
                last = min(last, at - 1)
        return sum(self.classes[first : last + 1])

    def weaker(self, literal: int) -> Sequence[int]:
        at = self._at_least.index(abs(literal))
        if literal > 0:
            return self._at_least[:at][::-1]
        return [-one for one in self._at_least[at + 1 :]]
