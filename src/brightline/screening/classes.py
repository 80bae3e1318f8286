"""The values of an unknown fact in classes that no row in question tells apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.screening.layout import U64, Layout
from brightline.screening.words import Index

I64 = npt.NDArray[np.int64]
_AT_ONCE = 1 << 22
"""Pairs of values that are compared at a time."""


def bit_of(sets: U64, fact: int) -> npt.NDArray[np.bool_]:
    """[case] whether a fact is in the set (words of 64 facts)."""
    has: npt.NDArray[np.bool_] = (sets[:, fact // 64] >> np.uint64(fact % 64) & np.uint64(1)) != 0
    return has


@dataclass(frozen=True, slots=True)
class _OfFact:
    """The classes of one fact in the cases in which it is open."""

    row: Index
    """[case] its row in the next two."""
    count: I64
    first: npt.NDArray[np.int16]
    """[row, class] the first atom of the class."""


@dataclass(frozen=True, slots=True)
class Classes:
    """For each fact its classes, case by case; None where it is open in no case."""

    cases: int
    facts: list[_OfFact | None]

    def ways(self, most: int) -> I64:
        """[case] how many ways there are to choose a class of every open fact, at most `most`."""
        ways = np.ones(self.cases, np.int64)
        for of in self.facts:
            if of is not None:
                counts = np.where(of.row >= 0, of.count[of.row], 1)
                ways = np.minimum(ways * counts, most)
        return ways

    def values(self, fact: int, cases: Index, way: I64) -> tuple[npt.NDArray[np.int16], I64]:
        """The atom that a way chooses in each of these cases, and what is left of the way."""
        of = self.facts[fact]
        assert of is not None
        row = of.row[cases]
        counts = of.count[row]
        return of.first[row, way % counts], way // counts


def classes_of(layout: Layout, open_facts: U64, in_question: U64) -> Classes:
    """The classes of the open facts [case, fact word], given the rows in question [case, word]."""
    cases = len(open_facts)
    words = [word for chain in layout.chains for word in chain.words]
    alone: list[list[tuple[int, U64]]] = [[] for _fact in layout.sizes]
    for at, word in enumerate((*words, *layout.axioms)):
        for group in word.groups:
            for fact, rows in zip(group.facts, group.alone, strict=True):
                alone[fact].append((at, rows))
    facts: list[_OfFact | None] = []
    for fact, size in enumerate(layout.sizes):
        open_ = np.flatnonzero(bit_of(open_facts, fact))
        if not open_.size:
            facts.append(None)
            continue
        row = np.full(cases, -1, np.intp)
        row[open_] = np.arange(len(open_))
        first = _first_of_class(alone[fact], in_question[open_], size - 2)
        order = np.argsort(~first, axis=1, kind="stable").astype(np.int16)
        facts.append(_OfFact(row, first.sum(axis=1), order))
    return Classes(cases, facts)


def _first_of_class(
    alone: list[tuple[int, U64]], in_question: U64, atoms: int
) -> npt.NDArray[np.bool_]:
    """[case, atom] whether no earlier atom rules out the same of the rows in question."""
    found = np.empty((len(in_question), atoms), np.bool_)
    step = max(1, _AT_ONCE // (atoms * atoms))
    for start in range(0, len(in_question), step):
        part = in_question[start : start + step]
        same = np.ones((len(part), atoms, atoms), np.bool_)
        for word, rows in alone:
            ruled_out = part[:, word, None] & rows
            same &= ruled_out[:, :, None] == ruled_out[:, None, :]
        found[start : start + step] = same.argmax(axis=2) == np.arange(atoms)
    return found
