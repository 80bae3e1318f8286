"""One version of an SOP inside a joint space: where each clause holds and where it wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brightline.rulebook.comparing.joint import Cells
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.proving.space import Space
from brightline.rulebook.proving.winning import winning
from brightline.rulebook.table import Segment, Table

NOTHING = -1
"""In place of a clause: none holds."""

Label = tuple[str, str, int] | None
"""What an SOP comes to: clause, action, points; None where no clause holds."""


@dataclass(frozen=True)
class Side:
    """The clauses of one version: literals of a space, by index into the table's clauses.

    `names` are the ids under which the other version may know them, `labels` what they come to.
    """

    table: Table
    holds: dict[int, int]
    wins: dict[int, int]
    names: dict[int, str]
    labels: dict[int, Label]

    @classmethod
    def of(
        cls,
        space: Space,
        table: Table,
        segment: Segment | None,
        holds: Sequence[int],
        renames: Renames | None = None,
    ) -> Side:
        """`holds` are the literals of the segment's rows, `renames` given for the old version."""
        rows = [] if segment is None else table.rows[segment.start : segment.stop]
        found = winning(
            space.formula, ((row.clause, held) for row, held in zip(rows, holds, strict=True))
        )
        wins = {**found.wins, NOTHING: found.none}
        held = {**found.holds, NOTHING: -space.formula.never}
        names, labels = {NOTHING: ""}, {NOTHING: _nothing()}
        for clause in found.wins:
            of = table.clauses[clause]
            name = of.clause.id
            if renames is not None:
                name = renames.clause_now(of.sop.sop, name) or f"\0{name}"
            names[clause] = name
            labels[clause] = (name, of.clause.action, of.clause.points)
        return cls(table, held, wins, names, labels)

    def winner(self, model: Sequence[int]) -> int:
        """The clause that wins in a model."""
        return next(c for c, w in self.wins.items() if (model[abs(w) - 1] > 0) == (w > 0))


def _nothing() -> Label:
    return None


def literals_of(space: Space, first: int, cells: Sequence[Cells]) -> list[int]:
    """The literals of the boxes of a space from `first` on, one for each of some cells."""
    return space.holds[first : first + len(cells)]
