"""The counts of one partition as a line of JSON, and many of them added up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from brightline.screening.counting import Counts

_NUMBERS = ("decided", "rejected", "determined", "to_person", "contradicted")
_TABLES = ("by_subject", "by_action", "by_sop", "by_clause", "blocking")


@dataclass(slots=True)
class Tally:
    """What was counted in a partition. `first`: its lowest row; `attempt`: which try, from 0."""

    first: int | None = None
    attempt: int = 0
    counts: Counts = field(default_factory=Counts)

    def add(self, row: int, counts: Counts) -> None:
        """Add a batch that begins with this row."""
        self.first = row if self.first is None else min(self.first, row)
        self.counts.merge(counts)

    def to_text(self) -> str:
        """As a line of JSON."""
        numbers = {name: getattr(self.counts, name) for name in _NUMBERS}
        tables = {name: _listed(getattr(self.counts, name)) for name in _TABLES}
        return json.dumps({"first": self.first, "attempt": self.attempt, **numbers, **tables})

    @classmethod
    def of_text(cls, text: str) -> Tally:
        """From a line of JSON."""
        raw = json.loads(text)
        counts = Counts(**{name: raw[name] for name in _NUMBERS})
        for name in _TABLES:
            setattr(counts, name, Counter({_key(key): n for key, n in raw[name]}))
        return cls(raw["first"], raw["attempt"], counts)


def added_up(tallies: Iterable[Tally]) -> Counts:
    """All counts together."""
    counts = Counts()
    for tally in tallies:
        counts.merge(tally.counts)
    return counts


def _listed(table: Counter[Any]) -> list[tuple[Any, int]]:
    return list(table.items())


def _key(raw: Any) -> Any:
    return tuple(raw) if isinstance(raw, list) else raw
