"""Which of the places found in a text count: harmless ones go, then the longest wins."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Hit(NamedTuple):
    """A word at a place of one text. `rank`: what it stands for, 0 first."""

    start: int
    end: int
    rank: int
    word: int


def counting(hits: Iterable[Hit], harmless: Sequence[tuple[int, int]]) -> list[Hit]:
    """The hits that count, in the order of the text.

    A hit inside a harmless stretch does not count. Of hits that overlap, the longest counts,
    the first in the text among equals. `harmless` holds (start, end) pairs in any order.
    """
    left = list(hits)
    if harmless:
        stretches = sorted(harmless)
        begin = [start for start, _end in stretches]
        reach = list(accumulate((end for _start, end in stretches), max))
        left = [hit for hit in left if not _inside(hit, begin, reach)]
    if len(left) < 2:
        return left
    taken: list[Hit] = []
    for hit in sorted(left, key=lambda hit: (hit.start - hit.end, hit.start)):
        at = bisect_right(taken, (hit.start,))
        before = at > 0 and taken[at - 1].end > hit.start
        after = at < len(taken) and taken[at].start < hit.end
        if not before and not after:
            insort(taken, hit)
    return taken


def _inside(hit: Hit, begin: Sequence[int], reach: Sequence[int]) -> bool:
    at = bisect_right(begin, hit.start)
    return at > 0 and reach[at - 1] >= hit.end
