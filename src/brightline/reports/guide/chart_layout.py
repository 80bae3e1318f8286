"""Where the cards of a chart stand and how its lines run: layers from top to bottom.

Longest-path ranks; a line over several ranks gets a place of its own in each, so that it runs
beside the cards; the order within a rank by barycentres; the distances by least squares under the
room that each needs (pool adjacent violators). Lengths are in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP_X, GAP_Y, LANE = 24.0, 50.0, 14.0


@dataclass
class Place:
    """A card (`card` is its number) or a lane that a line passes through (None)."""

    card: int | None
    rank: int
    width: float
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    x: float = 0.0
    """Its middle."""


@dataclass(frozen=True)
class Line:
    """A line from a card to another: the places in between, and both ends, as indexes."""

    start: int
    end: int
    through: tuple[int, ...]

    @property
    def next(self) -> int:
        """Where it goes first."""
        return self.through[0] if self.through else self.end


@dataclass
class Layout:
    """The result. `tops` and `heights` are those of the ranks."""

    places: list[Place]
    lines: list[Line]
    tops: list[float]
    heights: list[float]
    width: float
    height: float


def laid_out(
    sizes: Sequence[tuple[float, float]], ranks: Sequence[int], links: Sequence[tuple[int, int]]
) -> Layout:
    """The layout of cards of these sizes (width, height) and ranks, linked so."""
    places = [Place(n, ranks[n], sizes[n][0]) for n in range(len(sizes))]
    lines = [_line(places, start, end) for start, end in links]
    rows: list[list[int]] = [[] for _rank in range(max(ranks) + 1)]
    for index, place in enumerate(places):
        rows[place.rank].append(index)
    _order(places, rows)
    _spread(places, rows)
    left = min(place.x - place.width / 2 for place in places)
    for place in places:
        place.x -= left
    heights = [0.0] * len(rows)
    for (_wide, tall), rank in zip(sizes, ranks, strict=True):
        heights[rank] = max(heights[rank], tall)
    tops, y = [], 0.0
    for height in heights:
        tops.append(y)
        y += height + GAP_Y
    width = max(place.x + place.width / 2 for place in places)
    return Layout(places, lines, tops, heights, width, y - GAP_Y)


def _line(places: list[Place], start: int, end: int) -> Line:
    through = []
    before = start
    for rank in range(places[start].rank + 1, places[end].rank):
        places.append(Place(None, rank, LANE))
        through.append(len(places) - 1)
        _join(places, before, through[-1])
        before = through[-1]
    _join(places, before, end)
    return Line(start, end, tuple(through))


def _join(places: list[Place], above: int, below: int) -> None:
    places[above].below.append(below)
    places[below].above.append(above)


def _order(places: list[Place], rows: list[list[int]]) -> None:
    """Sort every rank by the middle of its neighbours, down and up, keeping the best seen."""
    best, fewest = [list(row) for row in rows], _crossings(places, rows)
    for sweep in range(12):
        down = sweep % 2 == 0
        for row in rows[1:] if down else rows[-2::-1]:
            spot = {p: i for other in rows for i, p in enumerate(other)}

            def middle(p: int, spot: dict[int, int] = spot, down: bool = down) -> float:
                near = places[p].above if down else places[p].below
                return sum(spot[n] for n in near) / len(near) if near else spot[p]

            row.sort(key=middle)
        crossings = _crossings(places, rows)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    for row, found in zip(rows, best, strict=True):
        row[:] = found


def _crossings(places: list[Place], rows: list[list[int]]) -> int:
    found = 0
    for upper, lower in pairwise(rows):
        spot = {p: i for i, p in enumerate(lower)}
        ends = [(i, spot[n]) for i, p in enumerate(upper) for n in places[p].below]
        found += sum(a < c and b > d for a, b in ends for c, d in ends)
    return found


def _spread(places: list[Place], rows: list[list[int]]) -> None:
    """Give every place its x: near its neighbours, in the order of its rank, with room enough."""
    for row in rows:
        x = 0.0
        for p in row:
            places[p].x = x + places[p].width / 2
            x += places[p].width + GAP_X
    for sweep in range(40):
        down = sweep % 2 == 1
        for row in rows if down else rows[::-1]:
            wanted, weights = [], []
            for p in row:
                near = places[p].above if down else places[p].below
                if sweep > 8 or not near:
                    near = places[p].above + places[p].below
                wanted.append(_middle(places, p, near))
                weights.append(1.0 if places[p].card is None else 4.0)
            gaps = [(places[a].width + places[b].width) / 2 + GAP_X for a, b in pairwise(row)]
            for p, x in zip(row, _kept_apart(wanted, weights, gaps), strict=True):
                places[p].x = x


def _middle(places: Sequence[Place], p: int, near: Sequence[int]) -> float:
    """The middle of neighbours; like draws like, so columns of cards and lanes are straight."""
    pull = [6.0 if (places[n].card is None) == (places[p].card is None) else 1.0 for n in near] or [
        1.0
    ]
    at = [places[n].x for n in near] or [places[p].x]
    return sum(x * weight for x, weight in zip(at, pull, strict=True)) / sum(pull)


def _kept_apart(
    wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]
) -> list[float]:
    """The nearest positions (weighted squares) that stand at least `gaps` apart, in order."""
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    blocks: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, mass, count = want - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, more, number = blocks.pop()
            mean = (mean * mass + other * more) / (mass + more)
            mass, count = mass + more, count + number
        blocks.append((mean, mass, count))
    means = [mean for mean, _mass, count in blocks for _one in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
