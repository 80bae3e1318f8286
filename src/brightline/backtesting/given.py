"""Facts that came with the cases, coded for both versions from one reading of the values.

A fact may go by its name in either version (`was:` says which is which), and so may an option. A
value that only one version knows is unknown in the other; one that neither knows refuses the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from brightline.backtesting.matching import Match
from brightline.i18n import _
from brightline.rulebook.columns import UNKNOWN, Column
from brightline.screening.coding import Codes, given_codes, overridden
from brightline.screening.grouping import Positions
from brightline.screening.planning import SubjectPlan
from brightline.screening.rows import Rows, Source


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands in the tables of both versions; None: that version has no such fact."""

    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class GivenCodes:
    """The given facts of some cases: place in a table → codes, for both versions."""

    old: Mapping[int, Codes]
    new: Mapping[int, Codes]


class GivenFacts:
    """Reads given facts of cases of one subject."""

    def __init__(self, match: Match, old: SubjectPlan, new: SubjectPlan) -> None:
        self._match, self._old_plan, self._new_plan = match, old, new
        self._both = {then: now for then, now, _overlap in match.columns}
        self._back = {now: then for then, now in self._both.items()}

    def place(self, name: str) -> Place | None:
        """Where a fact of this name stands; None where neither version has it in force."""
        then = self._match.old.places.get(name)
        now = self._match.new.places.get(name)
        if then is None and now is None:
            return None
        if now is not None:
            return Place(self._back.get(now), now)
        assert then is not None
        return Place(then, self._both.get(then))

    def read(self, rows: Rows, at: Positions) -> GivenCodes:
        """The codes of what is given; refuses rows with values that cannot be."""
        old: dict[int, Codes] = {}
        new: dict[int, Codes] = {}
        for place, source in self._sources(rows, at):
            found = rows.values(source)
            if found is None:
                continue
            values = [found[row] for row in at.tolist()]
            self._add(place, values, rows, at, old, new)
        constants = {**self._old_plan.constant_facts, **self._new_plan.constant_facts}
        for name, value in constants.items():
            constant = self.place(name)
            if constant is not None:
                self._add(constant, [value] * len(at), rows, at, old, new)
        return GivenCodes(old, new)

    def _add(
        self,
        place: Place,
        values: list[object],
        rows: Rows,
        at: Positions,
        old: dict[int, Codes],
        new: dict[int, Codes],
    ) -> None:
        wrong: list[dict[int, str]] = []
        for mine, other, found in ((place.old, place.new, old), (place.new, place.old, new)):
            if mine is None:
                continue
            renamed = values if other is None else self._renamed(found is new, mine, other, values)
            column = (self._match.new if found is new else self._match.old).columns[mine]
            codes, _clean, reasons = given_codes(column, renamed, rows.text)
            wrong.append(reasons)
            found[mine] = codes if mine not in found else overridden(codes, found[mine])
        for position, reason in wrong[0].items():
            if all(position in of for of in wrong):
                rows.reject(int(at[position]), reason)

    def _renamed(self, new: bool, mine: int, other: int, values: list[object]) -> list[object]:
        """The values by the names that this version gives their options."""
        table, renames = self._match, self._match.renames
        now = table.new.columns[mine if new else other]
        then = table.old.columns[other if new else mine]
        if new:
            names = {o: renames.option_now(now.key, o) for o in then.options}
        else:
            names = {renames.option_now(now.key, o): o for o in then.options}
        own: Column = now if new else then
        names = {a: b for a, b in names.items() if a != b and a not in own.options}
        if not names:
            return values
        return [names.get(v, v) if isinstance(v, str) else v for v in values]

    def _sources(self, rows: Rows, at: Positions) -> Iterator[tuple[Place, Source]]:
        old, new = self._old_plan, self._new_plan
        if old.facts is not None or new.facts is not None:
            for name, source in {**(old.facts or {}), **(new.facts or {})}.items():
                place = self.place(name)
                if place is not None:
                    yield place, source
            return
        for name in sorted(rows.names("facts")):
            place = self.place(name)
            source = Source(name, "facts", beside=False)
            if place is not None:
                yield place, source
            elif name not in old.fact_names and name not in new.fact_names:
                self._refuse(rows, name, source, at)
        attributes = {**old.attributes, **new.attributes}
        for name in sorted(rows.names(None)):
            place = self.place(name)
            if place is not None and (name not in attributes or not attributes[name].beside):
                yield place, Source(name)

    def _refuse(self, rows: Rows, name: str, source: Source, at: Positions) -> None:
        found = rows.values(source) or []
        for row in at.tolist() if found else ():
            if found[row] is not None:
                reason = _("no fact named {name} for a {subject}")
                subject = self._match.new.subject
                rows.reject(row, reason.format(name=name[:80], subject=subject))


def coded(
    tested: tuple[int, ...], told: Mapping[int, Codes], given: Mapping[int, Codes], rows: int
) -> list[Codes]:
    """The codes of the tested columns; what is given comes before what signals told."""
    found = []
    for place in tested:
        own = told.get(place)
        if place in given:
            own = overridden(own, given[place])
        found.append(own if own is not None else np.full(rows, UNKNOWN, np.int16))
    return found
