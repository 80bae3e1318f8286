"""The legal instruments of a rulebook and the clauses that rest on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brightline.rulebook.model import POLICY, Clause, Law, Rulebook, Sop


@dataclass(frozen=True, slots=True)
class Resting:
    """An instrument and what rests on it. `covered`: some clause turns it into a decision."""

    name: str
    law: Law
    clauses: tuple[tuple[Sop, Clause], ...]
    days_left: int

    @property
    def covered(self) -> bool:
        """Whether a clause rests on it."""
        return bool(self.clauses)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the duties of the register are turned into clauses, and clauses rest on law."""

    instruments: int
    covered: int
    clauses: int
    on_law: int


def resting(book: Rulebook, today: date) -> list[Resting]:
    """Every instrument, those on which nothing rests first, then by the day they are rechecked."""
    found = [
        Resting(
            name, law,
            tuple((sop, c) for sop in book.sops for c in sop.clauses if name in c.basis),
            (law.recheck_by - today).days,
        )
        for name, law in book.law.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.covered, one.law.recheck_by, one.name))


def coverage(book: Rulebook) -> Coverage:
    """The counts. A clause that finds no fault needs no basis and is not counted."""
    clauses = [
        c for sop in book.sops for c in sop.clauses if book.actions[c.action].violation
    ]  # fmt: skip
    used = {name for c in (c for sop in book.sops for c in sop.clauses) for name in c.basis}
    return Coverage(
        len(book.law), len(used & set(book.law)), len(clauses),
        sum(1 for c in clauses if set(c.basis) - {POLICY}),
    )  # fmt: skip
