"""What a check is made on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from brightline.rulebook.model import Clause, Rulebook, Sop
from brightline.rulebook.nodes import Path as Place
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources

if TYPE_CHECKING:
    from brightline.rulebook.proving.across import SubjectProofs
    from brightline.rulebook.proving.sop_proofs import SopProofs
    from brightline.rulebook.table import Table

About = tuple[str, str]
"""Kind and id of a thing that a finding names: `("clause", "EC-2")`."""


@dataclass(frozen=True)
class Occasion:
    """A rulebook that could be read, where its parts stand, its folder, and the day that counts.

    For laws of a single SOP the rulebook holds that SOP alone.
    """

    rulebook: Rulebook
    sources: Sources
    folder: Path
    today: date

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The compiled table of every subject that has an SOP in force."""
        from brightline.rulebook.table import Table

        in_force = (sop.subject for sop in self.rulebook.sops if sop.active(self.today))
        return tuple(
            Table(self.rulebook, subject, self.today) for subject in dict.fromkeys(in_force)
        )

    @cached_property
    def proofs(self) -> tuple[SopProofs, ...]:
        """Every SOP in force, ready for proofs."""
        from brightline.rulebook.proving.sop_proofs import SopProofs

        return tuple(SopProofs(table, seg) for table in self.tables for seg in table.segments)

    @cached_property
    def subjects(self) -> tuple[SubjectProofs, ...]:
        """Every subject with all its SOPs in force, ready for proofs."""
        from brightline.rulebook.proving.across import SubjectProofs

        return tuple(map(SubjectProofs, self.tables))

    def clauses(self) -> Iterator[tuple[Sop, int, Clause]]:
        """Every clause with its SOP and its number there."""
        for sop in self.rulebook.sops:
            for number, clause in enumerate(sop.clauses):
                yield sop, number, clause

    def at_clause(
        self,
        code: str,
        sop: Sop,
        clause: Clause,
        message: str,
        hint: str,
        *,
        step: Place = ("id",),
        others: Sequence[str] = (),
    ) -> Problem:
        """A problem of a clause, shown at its id or another part; `others` are further clauses."""
        number = sop.clauses.index(clause)
        about = [("clause", clause.id), *(("clause", other) for other in others)]
        return self.at_sop(code, sop, ("clauses", number, *step), message, hint, about)

    def at_fact(
        self,
        code: str,
        sop: Sop | None,
        fact: str,
        message: str,
        hint: str,
        *,
        step: Place = (),
    ) -> Problem:
        """A problem of a fact of an SOP or (None) of a shared one, shown at its name."""
        place = ("facts", fact, *step)
        if sop is None:
            found = self.sources.problem(code, "rulebook.yaml", place, message, hint, key=True)
            return replace(found, about=(("fact", fact),))
        return self.at_sop(code, sop, place, message, hint, [("fact", fact)], key=True)

    def at_sop(
        self,
        code: str,
        sop: Sop,
        place: Place,
        message: str,
        hint: str,
        about: Sequence[About] = (),
        *,
        key: bool = False,
    ) -> Problem:
        """A problem at a place in an SOP's file; about the SOP as a whole unless it says more."""
        file = f"sops/{sop.sop}.yaml"
        found = self.sources.problem(code, file, place, message, hint, key=key)
        return replace(found, about=tuple(about) or (("sop", sop.sop),))
