"""Which clause wins, as literals: each clause holds, and no clause before it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from brightline.rulebook.proving.variables import Formula


class Winning(NamedTuple):
    """By clause the literal that it holds and that it wins, and the one that no clause holds."""

    holds: dict[int, int]
    wins: dict[int, int]
    none: int


def winning(formula: Formula, rows: Iterable[tuple[int, int]]) -> Winning:
    """`rows` are a clause and the literal that its box holds, in the order in which they win."""
    holding: dict[int, list[int]] = {}
    taking: dict[int, list[int]] = {}
    before = formula.never
    for clause, literal in rows:
        holding.setdefault(clause, []).append(literal)
        taking.setdefault(clause, []).append(-formula.any_of([-literal, before]))
        before = formula.any_of([before, literal])
    holds = {clause: formula.any_of(own) for clause, own in holding.items()}
    wins = {clause: formula.any_of(own) for clause, own in taking.items()}
    return Winning(holds, wins, -before)
