"""Facts that matter: some case comes to another clause when nothing but the fact changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.proving.space import Space, World
from brightline.rulebook.proving.winning import winning


def facts_that_never_matter(proofs: SopProofs, among: Collection[int]) -> Iterator[int]:
    """Those of some columns that change nothing: the case before and after is possible."""
    worlds = [proofs.won_by(clause) for clause in proofs.winning]
    for place in sorted(among):
        if not _seen_to_matter(proofs, place, worlds) and not _matters(proofs, place):
            yield place


def tested_facts(proofs: SopProofs) -> set[int]:
    """The columns that the rows of an SOP test, those of its scope among them."""
    return {place for row in proofs.rows for place in row.cells}


def facts_of_scope(proofs: SopProofs) -> set[int]:
    """The columns that the scope of an SOP tests."""
    return {place for box in proofs.segment.scope for place in box}


def _seen_to_matter(proofs: SopProofs, place: int, worlds: list[World]) -> bool:
    """Whether one of some worlds comes to another clause when a fact of it changes."""
    impossible = [row.cells for row in proofs.table.rows[proofs.table.rule_rows :]]
    for world in worlds:
        wins = _winner(proofs, world)
        for atoms in proofs.space.variables[place].classes:
            other = {**world, place: atoms}
            if _winner(proofs, other) != wins and not any(
                all(other[p] & cell for p, cell in box.items()) for box in impossible
            ):
                return True
    return False


def _winner(proofs: SopProofs, world: World) -> int | None:
    for row in proofs.rows:
        if all(world[p] & cell for p, cell in row.cells.items()):
            return row.clause
    return None


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
    clauses = [row.clause for row in proofs.rows]
    half = len(clauses)
    one = winning(space.formula, zip(clauses, space.holds[:half], strict=True))
    other = winning(space.formula, zip(clauses, space.holds[half:], strict=True))
    same = [[-one.wins[clause], -other.wins[clause]] for clause in one.wins]
    with space.solver([*same, [-one.none, -other.none]]) as solver:
        return bool(solver.solve())
