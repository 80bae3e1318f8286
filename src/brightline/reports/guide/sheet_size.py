"""How small a cheat sheet must be set so that it fits on one page: an estimate from its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brightline.reports.guide.book import sentence

SIZES = (0, 1, 2, 3)
"""From the largest type to the smallest; both style sheets know them."""
_ROOM = (62.0, 76.0, 96.0)
"""Lines of a page in each size but the smallest."""
_LINE, _HALF = (128, 142, 158, 176), (60, 67, 75, 84)
"""Characters of a full line, and of one in half the width."""


def sheet_size(sop: Mapping[str, Any]) -> int:
    """The largest size in which the sheet of an SOP surely fits; the smallest where none does."""
    return next((size for size in SIZES[:-1] if _lines(sop, size) <= _ROOM[size]), SIZES[-1])


def _lines(sop: Mapping[str, Any], size: int) -> float:
    full, half = _LINE[size], _HALF[size]
    lines = 8.0 + len(sop["plain"]) / full + len(sop["scope_line"]) / full
    for rung in sop["ladder"]:
        where = rung["where"]
        lines += max(1.0, len(sentence(where)) / (full * 0.7)) + len(where.either) * 0.6 + 0.45
    columns = [sum(_tall(one, half) for one in column) for column in halves(sop)]
    return lines + max(columns)


def _tall(question: Mapping[str, Any], half: int) -> float:
    plain, items = str(question["plain"]), str(question["guidance"]).count("<li>")
    return 1.9 + len(plain) / half + 0.6 * items


def halves(sop: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """The questions with guidance, in two columns of about the same height."""
    tells = [one for one in sop["questions"] if one["guidance"] and not one["shared"]]
    tall = [_tall(one, _HALF[0]) for one in tells]
    split = min(
        range(len(tells) + 1), key=lambda at: max(sum(tall[:at]), sum(tall[at:])), default=0
    )
    return tells[:split], tells[split:]
