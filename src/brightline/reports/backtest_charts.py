"""The charts of a back-test's page: shapes in SVG and CSS, every label as text of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from brightline.backtesting.results import CHANGED, MAY_CHANGE, GroupLine, Kind, Range
from brightline.i18n import _
from brightline.reports.backtest_words import count, percent

MOST_WEEKS = 53
HEIGHT = 100.0


@dataclass(frozen=True, slots=True)
class Track:
    """A line from 0 to `most`, on which ranges lie."""

    most: int

    def bar(self, of: Range) -> dict[str, float]:
        """Per cent of the line: what is sure, and what is open beyond it."""
        return {
            "sure": 100 * of.least / max(1, self.most),
            "open": 100 * (of.most - of.least) / max(1, self.most),
        }


def weeks(lines: Sequence[GroupLine]) -> dict[str, Any] | None:
    """Columns of the share of each week's cases that changes, or may; None of a single week."""
    named = [line for line in lines if line.name][-MOST_WEEKS:]
    if len(named) < 2:
        return None
    parts = (
        ("strict", (Kind.STRICTER,)),
        ("mild", (Kind.MILDER,)),
        ("other", (Kind.OTHER_ACTION, Kind.OTHER_CLAUSES)),
        ("open", MAY_CHANGE),
    )
    shares = [
        [(tone, sum(line.kinds.get(k, 0) for k in kinds) / line.cases) for tone, kinds in parts]
        for line in named
    ]
    top = max(sum(share for _tone, share in week) for week in shares) or 1.0
    columns = []
    for at, week in enumerate(shares):
        base = HEIGHT
        for tone, share in week:
            high = HEIGHT * share / top
            if high:
                base -= high
                columns.append({"x": at * 10 + 1, "y": base, "height": high, "tone": tone})
    return {
        "width": len(named) * 10,
        "columns": columns,
        "top": percent(top, 1),
        "first": week_name(named[0].name),
        "last": week_name(named[-1].name),
        "rows": [
            {
                "name": week_name(line.name),
                "cases": count(line.cases),
                "changed": count(sum(line.kinds.get(kind, 0) for kind in CHANGED)),
                "open": count(sum(line.kinds.get(kind, 0) for kind in MAY_CHANGE)),
                "share": percent(sum(line.kinds.get(kind, 0) for kind in CHANGED), line.cases),
            }
            for line in named
        ],
    }


def week_name(name: str) -> str:
    """`2026-W31` in words."""
    year, _dash, week = name.partition("-W")
    return _("week {week}/{year}").format(week=int(week), year=year) if week.isdigit() else name


def band(low: Sequence[float], high: Sequence[float], most: float, every: int) -> str:
    """The outline of the area between two lines, as an SVG path; every so many values a point."""
    points = range(0, len(low), every)
    up = [f"{at:d},{_y(high[at], most)}" for at in points]
    down = [f"{at:d},{_y(low[at], most)}" for at in reversed(points)]
    return f"M{' '.join(up)} {' '.join(down)}Z"


def line(values: Sequence[float], most: float, every: int) -> str:
    """A line through values, as an SVG path."""
    return "M" + " ".join(f"{at:d},{_y(values[at], most)}" for at in range(0, len(values), every))


def _y(value: float, most: float) -> str:
    return f"{HEIGHT - HEIGHT * value / most:.1f}" if most else f"{HEIGHT:.1f}"
