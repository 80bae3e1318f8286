"""Where a fact begins or ceases to matter: which cases need a question more, or one less.

A fact matters in a case where another value of it, all else being equal, would lead to another
clause that finds fault, or to another action. Whoever decides the case must know it, then; where it
does not matter, nobody asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from brightline.rulebook.comparing.joint import Cells
from brightline.rulebook.comparing.regions import SopDifference
from brightline.rulebook.proving.covering import boxes_of_region
from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.proving.variables import Formula
from brightline.rulebook.proving.winning import coming_to
from brightline.rulebook.proving.witness import nearest

MOST_BOXES = 6
MOST_WORK = 1500
"""Rows of both versions times values of a fact: beyond this the cases are not looked for."""


@dataclass(frozen=True)
class QuestionChange:
    """A fact (index into the joint columns) that matters in some cases of one version only.

    `boxes` are those cases (none: all; `whole`: no others), told without the fact itself; `example`
    is the most ordinary of them and `unusual` the columns in which it is out of the ordinary. An
    SOP too large for that gives only facts that matter in no case at all of the other version, and
    no boxes (`at_all`).
    """

    fact: int
    now: bool
    boxes: tuple[Cells, ...]
    whole: bool
    example: World
    unusual: tuple[int, ...]
    at_all: bool = False


Rows = Sequence[tuple[int | str, Cells]]
"""Outcome and box of every row, in the order in which they win."""


def too_large(difference: SopDifference, old: Rows, new: Rows) -> bool:
    """Whether an SOP is too large to say of which cases each fact must be known."""
    values = (len(variable.classes) for variable in difference.space.variables.values())
    return (len(old) + len(new)) * max(values, default=0) > MOST_WORK


def at_all(before: set[int], now: set[int]) -> Iterator[QuestionChange]:
    """The changes of facts that matter at all (by joint column) in one version only."""
    for place in sorted(before ^ now):
        yield QuestionChange(place, place in now, (), False, {}, (), at_all=True)


def question_changes(
    difference: SopDifference,
    old: Rows,
    new: Rows,
    impossible: Sequence[Cells],
    nothing: tuple[int | str, int | str],
    leave: Collection[int] = (),
) -> Iterator[QuestionChange]:
    """Every fact that begins (`now`) or ceases to matter anywhere, in the order of the columns.

    `nothing` is the outcome in either version where no clause holds; `leave` are columns that are
    known anyway, such as those of the scope.
    """
    tested = {place for _outcome, cells in (*old, *new) for place in cells}
    for place in sorted(tested.difference(leave)):
        yield from _OneFact(difference, place, old, new, impossible, nothing).changes()


class _OneFact:
    """The SOP in both versions, for every value of one fact at once."""

    def __init__(
        self,
        difference: SopDifference,
        place: int,
        old: Rows,
        new: Rows,
        impossible: Sequence[Cells],
        nothing: tuple[int | str, int | str],
    ) -> None:
        self.difference, self.place = difference, place
        variable = difference.space.variables.get(place)
        self.values = tuple(variable.classes) if variable else ()
        self.old, self.new, self.impossible = old, new, impossible
        self.nothing = nothing

    def changes(self) -> Iterator[QuestionChange]:
        before = any(self.place in cells for _outcome, cells in self.old)
        after = any(self.place in cells for _outcome, cells in self.new)
        if len(self.values) < 2 or not (before or after):
            return
        boxes = [
            [self._at(cells, value) for _outcome, cells in (*self.old, *self.new)]
            + [self._at(cells, value) for cells in self.impossible]
            for value in self.values
        ]
        flat = [box for group in boxes for box in group if box is not None]
        general = [cells for cells in self.impossible if self.place not in cells]
        space = Space(self.difference.columns, flat, general)
        literals = [
            [space.formula.never if box is None else space.literal(box) for box in group]
            for group in boxes
        ]
        half, end = len(self.old), len(self.old) + len(self.new)
        allowed = [-space.formula.any_of(group[end:]) for group in literals]
        then, now = [group[:half] for group in literals], [group[half:end] for group in literals]
        matters_old = self._matters(space.formula, self.old, then, allowed, self.nothing[0])
        matters_new = self._matters(space.formula, self.new, now, allowed, self.nothing[1])
        met_old, met_new = (
            space.formula.any_of([one for group in side for one in group]) for side in (then, now)
        )
        yield from self._where(space, True, matters_new, matters_old, met_new)
        yield from self._where(space, False, matters_old, matters_new, met_old)

    def _at(self, cells: Cells, value: int) -> Cells | None:
        """A box for one value of the fact, without the fact; None where the value is not in it."""
        if self.place in cells and not cells[self.place] & value:
            return None
        return {place: cell for place, cell in cells.items() if place != self.place}

    def _matters(
        self,
        formula: Formula,
        rows: Rows,
        held: Sequence[Sequence[int]],
        allowed: Sequence[int],
        nothing: int | str,
    ) -> int:
        """A literal: two values of the fact that are allowed lead to different outcomes."""
        if not any(self.place in cells for _outcome, cells in rows):
            return formula.never
        outcomes = [outcome for outcome, _cells in rows]
        by_value = [
            coming_to(formula, zip(outcomes, literals, strict=True), nothing) for literals in held
        ]
        differ = []
        for outcome in by_value[0]:
            comes = [found[outcome] for found in by_value]
            some = [-formula.any_of([-a, -c]) for a, c in zip(allowed, comes, strict=True)]
            others = [-formula.any_of([-a, c]) for a, c in zip(allowed, comes, strict=True)]
            differ.append(-formula.any_of([-formula.any_of(some), -formula.any_of(others)]))
        return formula.any_of(differ)

    def _where(
        self, space: Space, now: bool, inside: int, outside: int, met: int
    ) -> Iterator[QuestionChange]:
        """The change where `inside` holds and `outside` does not; `met`: some clause applies."""
        region, complement = [[inside], [-outside]], [[-inside, outside]]
        found = list(boxes_of_region(space, region, complement, MOST_BOXES + 1, [met]))
        if found:
            nearest_one = nearest(space, region, self._usual(space))
            assert nearest_one is not None
            boxes = tuple(cells for _world, cells in found[:MOST_BOXES])
            yield QuestionChange(self.place, now, boxes, len(found) <= MOST_BOXES, *nearest_one)

    def _usual(self, space: Space) -> World:
        """The most ordinary case, in the classes of a space."""
        usual = self.difference.usual
        return {
            place: next(c for c in variable.classes if c & usual.get(place, c))
            for place, variable in space.variables.items()
        }
