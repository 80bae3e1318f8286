"""The facts of a group of cases as codes: what signals tell, and what came with the cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.i18n import _
from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from brightline.screening.arrays import taken
from brightline.screening.coding import Codes, given_codes, overridden, told_codes
from brightline.screening.grouping import Group, Positions
from brightline.screening.mixed_rows import told_apart
from brightline.screening.planning import SubjectPlan
from brightline.screening.rows import MixedTypes, Rows, Source
from brightline.signals.columns import DECIDES, SUGGESTS
from brightline.signals.columns import Column as Told
from brightline.signals.supplying import Supplier


@dataclass(frozen=True, slots=True)
class Given:
    """The values of one fact that came with the cases; None and `UNKNOWN` where none did."""

    codes: Codes
    values: list[object]

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """[case] whether a value came."""
        known: npt.NDArray[np.bool_] = self.codes != UNKNOWN
        return known


@dataclass(frozen=True, slots=True)
class Supplied:
    """What is known of a group of cases. By column of the table, each of as many values as rows."""

    told: Mapping[int, Told]
    given: Mapping[int, Given]

    def codes(self, table: Table, rows: int, assume_suggestions: bool) -> list[Codes]:
        """The codes of every tested column; what is given comes before what is told."""
        least = SUGGESTS if assume_suggestions else DECIDES
        found = []
        for place in table.tested:
            own = None
            if place in self.told:
                own = told_codes(table.columns[place], self.told[place], least)
            if place in self.given:
                own = overridden(own, self.given[place].codes)
            found.append(own if own is not None else np.full(rows, UNKNOWN, np.int16))
        return found


class FactReader:
    """Reads the facts of cases of one subject. Rejects rows whose given facts cannot be."""

    def __init__(self, rulebook: Rulebook, subject: str, plan: SubjectPlan) -> None:
        self._subject, self._plan = subject, plan
        self._supplier = Supplier(rulebook, subject)

    def read(self, rows: Rows, group: Group) -> Supplied:
        """What signals tell of these rows and what came with them."""
        places = group.decider.table.places
        told = self.told(rows, group.at)
        given = self._given(rows, group.decider.table, group.at)
        return Supplied({places[n]: c for n, c in told.items() if n in places}, given)

    def told(self, rows: Rows, at: Positions) -> Mapping[str, Told]:
        """What signals tell of some rows: fact → column."""
        plan, count = self._plan, len(at)
        arrays: dict[str, pa.Array[Any]] = {}
        mixed = False
        for name, source in plan.attributes.items():
            try:
                found = rows.array(source)
            except MixedTypes:
                mixed = True
                continue
            if found is not None:
                arrays[name] = found if count == len(rows) else taken(found, at)
        if mixed:
            return self._told_apart(rows, at)
        for name, value in plan.constant_attributes.items():
            arrays[name] = pa.array([value] * count)
        return self._supplier.supply_columns(arrays, count)

    def _told_apart(self, rows: Rows, at: Positions) -> Mapping[str, Told]:
        values: dict[str, list[Any]] = {}
        for name, source in self._plan.attributes.items():
            found = rows.values(source)
            if found is not None:
                values[name] = [found[r] if r not in rows.rejects else None for r in at.tolist()]
        values |= {n: [value] * len(at) for n, value in self._plan.constant_attributes.items()}
        return told_apart(self._supplier, values, len(at))

    def _given(self, rows: Rows, table: Table, at: Positions) -> dict[int, Given]:
        given: dict[int, Given] = {}
        for place, name, source in self._sources(rows, table, at):
            found = rows.values(source)
            if found is None:
                continue
            values = [found[row] for row in at.tolist()]
            codes, clean, wrong = given_codes(table.columns[place], values, rows.text)
            for position, reason in wrong.items():
                rows.reject(int(at[position]), reason)
            own = Given(codes, clean)
            if place in given:
                for position in np.flatnonzero(given[place].known & own.known).tolist():
                    reason = _("the fact {name} is given twice, under two of its names")
                    rows.reject(int(at[position]), reason.format(name=name))
                own = _first_of(own, given[place])
            given[place] = own
        for name, value in self._plan.constant_facts.items():
            place_of = table.places.get(name)
            if place_of is not None:
                codes, clean, _wrong = given_codes(table.columns[place_of], [value], False)
                given[place_of] = Given(np.repeat(codes, len(at)), clean * len(at))
        return given

    def _sources(
        self, rows: Rows, table: Table, at: Positions
    ) -> Iterator[tuple[int, str, Source]]:
        """The facts that may have come: column of the table, name, where it stands."""
        plan = self._plan
        if plan.facts is not None:
            for name, source in plan.facts.items():
                if name in table.places:
                    yield table.places[name], name, source
            return
        for name in sorted(rows.names("facts")):
            source = Source(name, "facts", beside=False)
            if name in table.places:
                yield table.places[name], name, source
            elif name not in plan.fact_names:
                self._reject_others(rows, name, source, at)
        for name in sorted(rows.names(None) & table.places.keys()):
            if name not in plan.attributes or not plan.attributes[name].beside:
                yield table.places[name], name, Source(name)

    def _reject_others(self, rows: Rows, name: str, source: Source, at: Positions) -> None:
        """Reject rows that have a fact which no case of this subject has."""
        found = rows.values(source) or []
        for row in at.tolist() if found else ():
            if found[row] is not None:
                reason = _("no fact named {name} for a {subject}")
                rows.reject(row, reason.format(name=name[:80], subject=self._subject))


def _first_of(first: Given, then: Given) -> Given:
    """Row by row the first that is known."""
    pairs = zip(first.values, then.values, strict=True)
    return Given(overridden(then.codes, first.codes), [b if a is None else a for a, b in pairs])
