"""Cases that show a change: whole, with a value for every fact that an SOP of either version tests.

They are told to people ("before → now") and asked of them. What a case comes to is not kept here:
whoever shows one puts it to the tables of both versions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from brightline.rulebook.columns import Column, Value
from brightline.rulebook.comparing.comparison import Comparison, SopComparison
from brightline.rulebook.comparing.regions import SopDifference
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.proving.space import World
from brightline.rulebook.table import Table

BOUNDLESS = 100.0
"""An interval whose end lies this many times beyond its beginning is taken to have none."""


@dataclass(frozen=True)
class Witness:
    """A case that comes to something else: fact (by its newer name in JSON) → value.

    `before` has the older name and value of those facts that the older version knows. `change` and
    `flow` number the change of the SOP that it shows and what becomes of its cases; `telling` are
    the facts in which the case is out of the ordinary.
    """

    change: int
    flow: int
    before: Mapping[str, tuple[str, Value]]
    now: Mapping[str, Value]
    telling: tuple[str, ...]


def witnesses(comparison: Comparison, sop: SopComparison, most: int) -> Iterator[Witness]:
    """Up to `most` cases of every flow of every change, the most ordinary first."""
    difference = sop.difference
    if difference is None:
        return
    former = _Former(difference.old.table, Renames(comparison.old, comparison.new))
    for number, change in enumerate(sop.changes):
        for at, flow in enumerate(change.flows):
            for world, unusual in islice(difference.cases(change, flow), most):
                now = _valued(difference, world)
                before = former.named(difference, now, world)
                names = tuple(difference.columns[place].name for place in unusual)
                yield Witness(number, at, before, now, names)


def _valued(difference: SopDifference, world: World) -> dict[str, Value]:
    return {
        difference.columns[at].name: value_in(difference.columns[at], atoms)
        for at, atoms in world.items()
    }


class _Former:
    """What facts and options were called in the older version."""

    def __init__(self, table: Table, renames: Renames) -> None:
        self.columns = {renames.fact_now(column.key): column for column in table.columns}
        self.renames = renames

    def named(
        self, difference: SopDifference, now: Mapping[str, Value], world: World
    ) -> dict[str, tuple[str, Value]]:
        """The case as the older version puts it."""
        found: dict[str, tuple[str, Value]] = {}
        for at in world:
            joint = difference.columns[at]
            column = self.columns.get(joint.key)
            if column is None:
                continue
            value = now[joint.name]
            if not column.numeric and value not in column.options:
                known = [o for o in column.options
                         if self.renames.option_now(joint.key, o) == value]  # fmt: skip
                if not known:
                    continue
                value = known[0]
            found[joint.name] = column.name, value
        return found


def value_in(column: Column, atoms: int) -> Value:
    """A value of some atoms (a bit set): an option, or a number that is easily read."""
    first = (atoms & -atoms).bit_length() - 1
    if not column.numeric:
        return column.options[first]
    last = first
    while atoms >> last + 1 & 1:
        last += 1
    return readable(column.interval(first)[0], column.interval(last)[1])


def readable(low: float, high: float) -> float:
    """A number of `[low, high)` with as few digits as can be, near its middle."""
    if high > max(abs(low), 1.0) * BOUNDLESS:
        high = 2 * low if low > 0 else low + 10
    for power in range(15, -13, -1):
        step = 10.0**power
        inside = [n for n in _multiples(low, high, step) if low < n < high]
        if inside:
            middle = (low + high) / 2
            best = min(inside, key=lambda n: abs(n - middle))
            return round(best, max(0, -power))
    return low


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    """The multiples of a step around the middle of an interval."""
    at = math.floor((low + high) / 2 / step)
    yield from (n * step for n in range(at - 1, at + 3))
