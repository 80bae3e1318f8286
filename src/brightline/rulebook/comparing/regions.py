"""Where two versions of an SOP differ: exact regions, each told as a few large boxes.

Every region is the cases that one clause of the old version decided and one clause of the new version
decides now. The regions found cover all the cases that come to something else, and no other: the
solver is asked for one more until it proves that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brightline.rulebook.comparing.joint import Cells, Joint
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.proving.covering import boxes_of_region
from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.table import Segment, Table

NOTHING = -1
"""In place of a clause: none holds."""

Label = tuple[str, str, int] | None
"""What an SOP comes to: its clause, action and points; None where no clause holds."""


@dataclass(frozen=True)
class Region:
    """The cases that `old` decided and `new` decides now (indexes into each table's clauses).

    Each box comes with a world inside it. `whole` says that the boxes cover the region.
    """

    old: int
    new: int
    boxes: tuple[tuple[World, Cells], ...]
    whole: bool


class SopDifference:
    """One SOP in both versions, as a question for a solver."""

    def __init__(
        self,
        joint: Joint,
        old: tuple[Table, Segment | None],
        new: tuple[Table, Segment | None],
        renames: Renames,
    ) -> None:
        """`old` and `new` are a table and the SOP's segment in it (None: it has no such SOP)."""
        self.joint, self.renames = joint, renames
        self._old, self._new = old, new
        rows = [*_rows(old, joint.old), *_rows(new, joint.new)]
        impossible = _impossible(old[0], joint.old) + _impossible(new[0], joint.new)
        self.space = Space(joint.columns, [cells for _clause, cells in rows], impossible)
        count = len(_rows(old, joint.old))
        holds = self.space.holds
        self._wins_old = self._winners([c for c, _cells in rows[:count]], holds[:count])
        self._wins_new = self._winners([c for c, _cells in rows[count:]], holds[count:])

    def _winners(self, clauses: Sequence[int], holds: Sequence[int]) -> dict[int, int]:
        """For every clause a literal that is true where it wins; `NOTHING` where none holds."""
        formula = self.space.formula
        wins: dict[int, list[int]] = {}
        before = formula.never
        for clause, literal in zip(clauses, holds, strict=True):
            wins.setdefault(clause, []).append(-formula.any_of([-literal, before]))
            before = formula.any_of([before, literal])
        found = {clause: formula.any_of(literals) for clause, literals in wins.items()}
        found[NOTHING] = -before
        return found

    def regions(self, most_boxes: int = 8) -> Iterator[Region]:
        """Every pair of clauses between which cases move, with its boxes."""
        old, new = self._labels(self._old, True), self._labels(self._new, False)
        same = [
            (self._wins_old[a], self._wins_new[b])
            for a in self._wins_old
            for b in self._wins_new
            if old[a] == new[b]
        ]
        with self.space.solver([[-a, -b] for a, b in same]) as solver:
            while solver.solve():
                model = solver.get_model()
                a = next(c for c, w in self._wins_old.items() if _true(model, w))
                b = next(c for c, w in self._wins_new.items() if _true(model, w))
                before, after = self._wins_old[a], self._wins_new[b]
                boxes = tuple(
                    boxes_of_region(
                        self.space, [[before], [after]], [[-before, -after]], most_boxes + 1
                    )
                )
                yield Region(a, b, boxes[:most_boxes], len(boxes) <= most_boxes)
                solver.add_clause([-before, -after])

    def _labels(self, side: tuple[Table, Segment | None], renamed: bool) -> dict[int, Label]:
        """What each clause comes to, under the names of the new version."""
        table, segment = side
        labels: dict[int, Label] = {NOTHING: None}
        if segment is None:
            return labels
        for index, of in enumerate(table.clauses):
            if of.sop.sop == segment.sop.sop:
                name: str | None = of.clause.id
                if renamed:
                    name = self.renames.clause_now(of.sop.sop, of.clause.id)
                labels[index] = (name or f"-{of.clause.id}", of.clause.action, of.clause.points)
        return labels


def _rows(
    side: tuple[Table, Segment | None], cells: Sequence[Cells]
) -> list[tuple[int, Cells]]:
    table, segment = side
    if segment is None:
        return []
    return [(table.rows[at].clause, cells[at]) for at in range(segment.start, segment.stop)]


def _impossible(table: Table, cells: Sequence[Cells]) -> list[Cells]:
    return list(cells[table.rule_rows :])


def _true(model: Sequence[int], literal: int) -> bool:
    return (model[abs(literal) - 1] > 0) == (literal > 0)
