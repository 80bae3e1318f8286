"""What a check is made on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import Sources

if TYPE_CHECKING:
    from brightline.rulebook.problems import Problem
    from brightline.rulebook.proving.sop_proofs import SopProofs


@dataclass(frozen=True)
class Occasion:
    """A rulebook that could be read, where its parts stand, its folder, and the day that counts."""

    rulebook: Rulebook
    sources: Sources
    folder: Path
    today: date

    @cached_property
    def proofs(self) -> tuple[SopProofs, ...]:
        """Every SOP in force, ready for proofs."""
        from brightline.rulebook.proving.sop_proofs import SopProofs
        from brightline.rulebook.table import Tables

        tables = Tables(self.rulebook)
        by_subject = [tables.table(name, self.today) for name in self.rulebook.subjects]
        return tuple(SopProofs(table, seg) for table in by_subject for seg in table.segments)

    def at_clause(
        self, code: str, proofs: SopProofs, clause: int, message: str, hint: str
    ) -> Problem:
        """A problem of a clause (index into the table's clauses), shown at its id."""
        of = proofs.table.clauses[clause]
        number = next(n for n, one in enumerate(of.sop.clauses) if one.id == of.clause.id)
        place = ("clauses", number, "id")
        return self.sources.problem(code, f"sops/{of.sop.sop}.yaml", place, message, hint)
