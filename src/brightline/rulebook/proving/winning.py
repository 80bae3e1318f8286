"""Which clause wins, as literals: each clause holds, and no clause before it does."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from brightline.rulebook.proving.variables import Formula

Name = TypeVar("Name", bound=Hashable)


class Winning(NamedTuple, Generic[Name]):
    """By clause the literal that it holds and that it wins, and the one that no clause holds."""

    holds: dict[Name, int]
    wins: dict[Name, int]
    none: int


def winning(formula: Formula, rows: Iterable[tuple[Name, int]]) -> Winning[Name]:
    """`rows` are a clause and the literal that its box holds, in the order in which they win.

    Clauses that go by one name, such as what they come to, count as one.
    """
    holding: dict[Name, list[int]] = {}
    taking: dict[Name, list[int]] = {}
    before = formula.never
    for clause, literal in rows:
        holding.setdefault(clause, []).append(literal)
        taking.setdefault(clause, []).append(-formula.any_of([-literal, before]))
        before = formula.any_of([before, literal])
    holds = {clause: formula.any_of(own) for clause, own in holding.items()}
    wins = {clause: formula.any_of(own) for clause, own in taking.items()}
    return Winning(holds, wins, -before)


def coming_to(
    formula: Formula, rows: Iterable[tuple[int | str, int]], nothing: int | str
) -> dict[int | str, int]:
    """By outcome the literal that a case comes to it; `nothing`: where no clause holds."""
    found = winning(formula, rows)
    comes = dict(found.wins)
    comes[nothing] = formula.any_of([found.none, *([comes[nothing]] if nothing in comes else [])])
    return comes
