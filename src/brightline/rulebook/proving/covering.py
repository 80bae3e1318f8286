"""A region of worlds told as few boxes: each as large as it can be, all of them inside the region.

The region is given by two formulas over one space, itself and its complement. A world of the region
is found, and what it needs to stay inside it (the core of the proof that its box misses the
complement) is kept, the rest let go. Then the box is taken out and the next world is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pysat.solvers import Solver

from brightline.rulebook.proving.space import Space, World

Cells = dict[int, int]
"""Column → the atoms that a box leaves it; columns that may have any are left out."""


def boxes_of_region(
    space: Space,
    region: Iterable[Sequence[int]],
    complement: Iterable[Sequence[int]],
    most: int = 64,
    given: Sequence[int] = (),
) -> Iterator[tuple[World, Cells]]:
    """Boxes that together cover a region exactly, each with a world in it; at most so many.

    `region` and `complement` are clauses that, with those of the space, say that a world is in the
    region, or is not. `given` are literals that every world of the region meets anyway: boxes
    need not say them.
    """
    with space.solver(region) as inside, space.solver(complement) as outside:
        for _box in range(most):
            if not inside.solve():
                return
            world = space.world(inside)
            kept = _needed(outside, space, world, given)
            yield world, space.cells(kept)
            inside.add_clause([-literal for literal in kept])


def _needed(outside: Solver, space: Space, world: World, given: Sequence[int]) -> list[int]:
    """Literals of a world that keep it inside the region: none can be left out."""
    literals = space.within(world)
    if outside.solve([*given, *literals]):
        raise AssertionError("region and complement overlap")
    core = set(outside.get_core() or ())
    kept = [literal for literal in literals if literal in core]
    for places in space.by_column(kept):
        fewer = [literal for literal in kept if literal not in places]
        if len(fewer) < len(kept) and not outside.solve([*given, *fewer]):
            kept = fewer
    for literal in list(kept):
        fewer = [other for other in kept if other != literal]
        if not outside.solve([*given, *fewer]):
            kept = fewer
    return _weakened(outside, space, kept, given)


def _weakened(outside: Solver, space: Space, kept: list[int], given: Sequence[int]) -> list[int]:
    """The same with each bound of a number moved as far out as it can be (by bisection)."""
    for at, literal in enumerate(kept):
        weaker = space.weaker(literal)
        low, high = 0, len(weaker)
        while low < high:
            middle = (low + high + 1) // 2
            tried = [*kept[:at], weaker[middle - 1], *kept[at + 1 :]]
            if outside.solve([*given, *tried]):
                high = middle - 1
            else:
                low = middle
        if low:
            kept = [*kept[:at], weaker[low - 1], *kept[at + 1 :]]
    return kept
