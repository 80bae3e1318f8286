"""By what cases are grouped: category, seller segment, week, and what a moderator decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from brightline.screening.days import TIME_ATTRIBUTE, day_of

CATEGORY, SEGMENT, WEEK, HUMAN = "category", "segment", "week", "human"
GROUPINGS = (CATEGORY, SEGMENT, WEEK, HUMAN)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    CATEGORY: ("category",),
    SEGMENT: ("seller_segment", "seller_kind"),
    WEEK: (TIME_ATTRIBUTE,),
    HUMAN: ("human_action",),
}
"""Where each stands if nothing else is said: the first of these columns or attributes."""
MOST_NAMES = 2000
"""Of a grouping with more names than this the rest go together as `OTHER`."""
OTHER = "…"


@dataclass(frozen=True, slots=True)
class By:
    """Columns to group by; None: those of `COLUMNS`, where they are there."""

    category: str | None = None
    segment: str | None = None
    human: str | None = None

    def columns(self, name: str) -> tuple[str, ...]:
        """The columns in which a grouping may stand, the best first."""
        chosen = getattr(self, name, None)
        return COLUMNS[name] if chosen is None else (chosen,)


class Names:
    """Numbers for the names of a grouping; 0 is no name."""

    def __init__(self) -> None:
        self.all: list[str] = [""]
        self._numbers: dict[object, int] = {None: 0, "": 0}

    def numbers(self, values: Sequence[object]) -> npt.NDArray[np.uint16]:
        """[case] the number of its name."""
        known = self._numbers
        return np.array(
            [known[v] if v.__class__ is str and v in known else self._number(v) for v in values],
            np.uint16,
        )

    def _number(self, value: object) -> int:
        if value is None:
            return 0
        name = value if isinstance(value, str) else str(value)
        name = name.strip()[:120]
        if name not in self._numbers:
            if len(self.all) >= MOST_NAMES and name != OTHER:
                return self._number(OTHER)
            self._numbers[name] = len(self.all)
            self.all.append(name)
        return self._numbers[name]


@lru_cache(maxsize=20_000)
def _week_of_text(text: str) -> str:
    try:
        year, week, _day = day_of(text).isocalendar()
    except ValueError:
        return ""
    return f"{year}-W{week:02}"


def week_of(raw: object) -> str:
    """The ISO week of a case's time: `2026-W31`; empty where it has none that can be read."""
    if isinstance(raw, str):
        return _week_of_text(raw) if len(raw) <= 40 else ""
    try:
        year, week, _day = day_of(raw).isocalendar()
    except ValueError:
        return ""
    return f"{year}-W{week:02}"
