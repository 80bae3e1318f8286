"""Facts that matter: some case comes to something else when nothing but the fact changes.

What a case comes to is what makes a decision determined: the clause that finds fault, or else the
action.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.proving.winning import coming_to


def facts_that_never_matter(proofs: SopProofs, among: Collection[int]) -> Iterator[int]:
    """Those of some columns that change nothing: the case before and after is possible."""
    worlds = [proofs.won_by(clause) for clause in proofs.winning]
    for place in sorted(among):
        if not _seen_to_matter(proofs, place, worlds) and not _matters(proofs, place):
            yield place


def facts_tested(proofs: SopProofs) -> set[int]:
    """The columns that the rows of an SOP test, those of its scope among them."""
    return {place for row in proofs.rows for place in row.cells}


def facts_of_scope(proofs: SopProofs) -> set[int]:
    """The columns that the scope of an SOP tests."""
    return {place for box in proofs.segment.scope for place in box}


def _seen_to_matter(proofs: SopProofs, place: int, worlds: list[World]) -> bool:
    """Whether one of some worlds comes to something else when a fact of it changes."""
    impossible = [row.cells for row in proofs.table.rows[proofs.table.rule_rows :]]
    for world in worlds:
        outcome = _outcome(proofs, world)
        for atoms in proofs.space.variables[place].classes:
            other = {**world, place: atoms}
            if _outcome(proofs, other) != outcome and not any(
                all(other[p] & cell for p, cell in box.items()) for box in impossible
            ):
                return True
    return False


def _outcome(proofs: SopProofs, world: World) -> int | str:
    for row in proofs.rows:
        if all(world[p] & cell for p, cell in row.cells.items()):
            return proofs.table.outcome(row.clause)
    return proofs.table.outcome(None)


def _matters(proofs: SopProofs, place: int) -> bool:
    """The same, proved: two cases that differ in one fact only are put to the SOP side by side."""
    table = proofs.table
    columns = [*table.columns, table.columns[place]]
    twin = len(table.columns)
    impossible = [row.cells for row in table.rows[table.rule_rows :]]
    boxes = [row.cells for row in proofs.rows]

    def moved(box: World) -> World:
        return {twin if p == place else p: cell for p, cell in box.items()}

    space = Space(columns, [*boxes, *map(moved, boxes)], [*impossible, *map(moved, impossible)])
    outcomes = [table.outcome(row.clause) for row in proofs.rows]
    half, nothing = len(outcomes), table.outcome(None)
    one = coming_to(space.formula, zip(outcomes, space.holds[:half], strict=True), nothing)
    other = coming_to(space.formula, zip(outcomes, space.holds[half:], strict=True), nothing)
    with space.solver([[-one[outcome], -other[outcome]] for outcome in one]) as solver:
        return bool(solver.solve())
