"""Which changed cases to show: few, spread over the kinds of change and over the clauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from brightline.backtesting.judging import Label
from brightline.backtesting.pair import Pair
from brightline.backtesting.results import Kind

MOST = 20
ORDER = (
    Kind.STRICTER,
    Kind.MILDER,
    Kind.OPENED,
    Kind.OTHER_ACTION,
    Kind.OTHER_CLAUSES,
    Kind.SETTLED,
    Kind.OPEN,
)
"""Kinds in the order in which they are shown; the rest are not."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to change: the labels before and now, and how many cases went it."""

    pair: Pair
    old: int
    new: int
    cases: int
    kind: Kind

    @property
    def then(self) -> Label:
        return self.pair.labels.all[self.old]

    @property
    def now(self) -> Label:
        return self.pair.labels.all[self.new]

    @property
    def clauses(self) -> frozenset[object]:
        """The clauses that make the difference."""
        before = {*self.then.faults, *self.then.quiet}
        return frozenset(of[:2] for of in before ^ {*self.now.faults, *self.now.quiet})


def chosen(ways: Iterable[Way], most: int = MOST) -> list[Way]:
    """The most telling ways: turn by turn from each kind, there from each set of clauses."""
    by_kind: defaultdict[Kind, list[Way]] = defaultdict(list)
    for way in ways:
        if way.kind in ORDER:
            by_kind[way.kind].append(way)
    queues = [list(_spread(by_kind[kind])) for kind in ORDER]
    turns = [way for turn in zip_longest(*queues) for way in turn if way is not None]
    return sorted(turns[:most], key=lambda way: (ORDER.index(way.kind), -way.cases))


def _spread(ways: list[Way]) -> Iterator[Way]:
    """All of them, the largest of each set of clauses first, sets with most cases before others."""
    groups: defaultdict[frozenset[object], list[Way]] = defaultdict(list)
    for way in sorted(ways, key=lambda w: (-w.cases, w.old, w.new)):
        groups[way.clauses].append(way)
    ordered = sorted(groups.values(), key=lambda of: -sum(way.cases for way in of))
    for turn in zip_longest(*ordered):
        yield from (way for way in turn if way is not None)
