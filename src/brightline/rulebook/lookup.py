"""Tables that signals look things up in: data that stands beside the rules, not among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, unread: what `tables/NAME.2026-11-20.csv` holds.

    It is data, not rule: another day's table leaves the rulebook's version as it is. A reading
    that rests on one names it in its source, day included.
    """

    name: str
    day: date
    file: str
    data: bytes = field(repr=False)

    @property
    def dated(self) -> str:
        """Name and day, as a reading's source names it: `prices.2026-11-20`."""
        return f"{self.name}.{self.day.isoformat()}"
