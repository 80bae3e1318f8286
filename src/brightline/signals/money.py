"""The amounts of money in a text, in figures (`prices`) and in words (`spelled_prices`)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from brightline.signals.prices import Amount, amounts
from brightline.signals.spelled_prices import HINTS, may_be_spelled, spelled_amounts
from brightline.signals.text import may_hold

_DIGIT = re.compile("[0-9]")


def may_hold_money(text: str) -> bool:
    """Whether a text as it came is worth a closer look: figures, or words of hundreds and more."""
    return _DIGIT.search(text) is not None or may_hold(text, HINTS)


def money_in(text: str) -> Iterator[Amount]:
    """The amounts in a text (normal form), in order; of two that overlap the longer one."""
    if not may_be_spelled(text):
        yield from amounts(text)
        return
    found = sorted(
        (*amounts(text), *spelled_amounts(text)), key=lambda one: (one.start - one.end, one.start)
    )
    kept: list[Amount] = []  # by where they start
    for one in found:
        at = bisect(kept, one.start, key=lambda other: other.start)
        before, after = kept[at - 1 : at], kept[at : at + 1]
        if all(o.end <= one.start for o in before) and all(one.end <= o.start for o in after):
            kept.insert(at, one)
    yield from kept
