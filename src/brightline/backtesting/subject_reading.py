"""The facts of cases of one subject, told by signals and given, coded for both versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.backtesting.given import GivenCodes, GivenFacts, coded
from brightline.backtesting.judging import Flags
from brightline.backtesting.matching import Match, Overlap
from brightline.backtesting.pair import Batch
from brightline.rulebook.table import Table
from brightline.screening.coding import Codes, told_codes
from brightline.screening.grouping import Group
from brightline.screening.planning import SubjectPlan
from brightline.screening.rows import Rows
from brightline.screening.supplied import FactReader
from brightline.signals.columns import Column as Told


@dataclass(slots=True)
class Read:
    """The facts of a group of rows, coded."""

    match: Match
    rows: int
    told_old: dict[int, Codes]
    told_new: dict[int, Codes]
    given: GivenCodes

    def batch(self, kept: Flags, groups: Mapping[str, npt.NDArray[np.uint16]]) -> Batch:
        """The rows that are kept as a batch."""
        old = coded(self.match.old.tested, self.told_old, self.given.old, self.rows)
        new = coded(self.match.new.tested, self.told_new, self.given.new, self.rows)
        differs = np.zeros(self.rows, np.bool_)
        for then, now, overlap in self.match.columns:
            a = _codes_at(self.match.old, then, old, self.told_old, self.given.old)
            b = _codes_at(self.match.new, now, new, self.told_new, self.given.new)
            if a is not None and b is not None:
                differs |= ~_together(overlap, a, b)
        return Batch(
            int(kept.sum()),
            [of[kept] for of in old],
            [of[kept] for of in new],
            differs[kept],
            groups,
        )


def _together(overlap: Overlap, old: Codes, new: Codes) -> Flags:
    found: Flags = overlap[old + 2, new + 2]
    return found


def _codes_at(
    table: Table,
    place: int,
    tested: Sequence[Codes],
    told: Mapping[int, Codes],
    given: Mapping[int, Codes],
) -> Codes | None:
    """The codes of a column that its table tests; None where it does not (it cannot matter)."""
    if place not in table.tested:
        return None
    return tested[table.tested.index(place)]


class SubjectReader:
    """Reads the facts of one subject. `new`: None where the old version's signals serve both."""

    def __init__(
        self,
        match: Match,
        old_plan: SubjectPlan,
        new_plan: SubjectPlan,
        old: FactReader,
        new: FactReader | None,
    ) -> None:
        self._match, self._old, self._new = match, old, new
        self._given = GivenFacts(match, old_plan, new_plan)

    def read(self, rows: Rows, group: Group, least_trust: int) -> Read:
        """The facts of a group, coded; refuses rows whose given facts cannot be."""
        match, at = self._match, group.at
        then = _by_place(match.old, self._old.told(rows, at))
        if self._new is None:
            now = {b: then[a] for a, b, _overlap in match.columns if a in then}
        else:
            now = _by_place(match.new, self._new.told(rows, at))
        return Read(
            match,
            len(at),
            _told(match.old, then, least_trust),
            _told(match.new, now, least_trust),
            self._given.read(rows, at),
        )


def _by_place(table: Table, told: Mapping[str, Told]) -> dict[int, Told]:
    return {table.places[name]: of for name, of in told.items() if name in table.places}


def _told(table: Table, told: Mapping[int, Told], least_trust: int) -> dict[int, Codes]:
    return {
        place: told_codes(table.columns[place], told[place], least_trust)
        for place in table.tested
        if place in told
    }
