"""How likely each answer is, before it is given: from past cases, from a suggestion, or plain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from brightline.rulebook.asking.layout import Whole
from brightline.rulebook.asking.space import Space
from brightline.rulebook.columns import Column
from brightline.rulebook.table import Table

SUGGESTED = 0.85
"""The chance that a moderator confirms what a signal suggests."""
STRENGTH = 5.0
"""With so many past cases, history weighs as much as the plain assumption."""
POINT = 0.2
"""The weight of a single number (`= 3`) beside 1 for an interval."""


@dataclass(frozen=True)
class History:
    """How often each code of each column was seen in past cases."""

    counts: tuple[Whole, ...]

    @classmethod
    def from_codes(cls, codes: ArrayLike) -> Self:
        """Count an array of codes, a line a case and a column a column of the table.

        Unknown and cannot-tell codes are not counted: the facts of a case that was decided without
        them say nothing of how they would have come out.
        """
        array = np.asarray(codes)
        if array.ndim != 2:
            raise ValueError("codes are an array of cases by columns")
        return cls(tuple(np.bincount(column[column >= 0]) for column in array.T.astype(np.int64)))


class Chances:
    """The chances of the atoms of every column of a table.

    Every option counts alike and every interval of a number too, a single number less; past cases
    are added to that as to a Dirichlet prior.
    """

    def __init__(self, table: Table, history: History | None) -> None:
        """Raises `ValueError` where the history has not a count for every column."""
        self._plain = [_plain(column) for column in table.columns]
        if history is None:
            return
        if len(history.counts) != len(table.columns):
            raise ValueError("the history is of a table with other columns")
        for place, counts in enumerate(history.counts):
            if len(counts) > table.columns[place].atoms:
                raise ValueError("the history is of a table with other columns")
            seen = np.zeros(table.columns[place].atoms)
            seen[: len(counts)] = counts
            mixed = seen + STRENGTH * np.array(self._plain[place])
            self._plain[place] = (mixed / mixed.sum()).tolist()

    def of_answers(self, space: Space, suggested: Mapping[int, int]) -> list[list[float]]:
        """For each open fact the chances of its answers."""
        found = []
        for place, answers in space.facts:
            chances = self._plain[place]
            code = suggested.get(place, -1)
            if code >= 0:
                rest = 1.0 - chances[code]
                chances = [(1 - SUGGESTED) * chance / rest if rest else 0.0 for chance in chances]
                chances[code] = SUGGESTED
            sums = [sum([chances[atom] for atom in atoms]) for atoms in answers]
            total = sum(sums)
            found.append([part / total for part in sums])
        return found


def _plain(column: Column) -> list[float]:
    weights = [1.0] * column.atoms
    if column.numeric:
        for atom in range(column.atoms):
            low, high = column.interval(atom)
            if high <= math.nextafter(low, math.inf):
                weights[atom] = POINT
    return [weight / sum(weights) for weight in weights]
