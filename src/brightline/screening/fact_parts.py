"""The facts of a group of cases as a store keeps them: relied on, only suggested, who told."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.rulebook.columns import UNKNOWN, Column
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from brightline.screening.coding import overridden, told_codes
from brightline.screening.one import GIVEN
from brightline.screening.results import fact_column
from brightline.screening.supplied import Supplied
from brightline.signals.asked import facts_of, requests_of
from brightline.signals.columns import DECIDES, SUGGESTS
from brightline.signals.spec import Request

Flags = npt.NDArray[np.bool_]
_NAMED_BY = ("list", "name", "table", "register")


class FactParts:
    """Makes the structs `facts`, `suggested` and `sources` for cases of one subject.

    A fact goes by its full name, `sop.fact` or the bare name of a shared one: the same under every
    version of the rulebook.
    """

    def __init__(self, rulebook: Rulebook, subject: str) -> None:
        self._told_by = {
            name: [source_of(request) for request in requests_of(name, fact)]
            for name, fact in facts_of(rulebook, subject)
        }

    def structs(
        self, table: Table, supplied: Supplied, kept: pa.Array[Any]
    ) -> dict[str, pa.Array[Any]]:
        """The three structs for the rows that are kept; one without any fact is left out."""
        made: dict[str, dict[str, pa.Array[Any]]] = {"facts": {}, "suggested": {}, "sources": {}}
        mask: Flags = np.asarray(kept.to_numpy(zero_copy_only=False), np.bool_)
        for place, column in enumerate(table.columns):
            name = full_name(column)
            relied, only, sources = self._of(place, column, name, supplied, mask)
            if relied is not None:
                made["facts"][name] = relied
            if only is not None:
                made["suggested"][name] = only
            if sources is not None:
                made["sources"][name] = sources
        return {
            part: pa.StructArray.from_arrays(list(of.values()), names=list(of))
            for part, of in made.items()
            if of
        }

    def _of(
        self, place: int, column: Column, name: str, supplied: Supplied, kept: Flags
    ) -> tuple[pa.Array[Any] | None, pa.Array[Any] | None, pa.Array[Any] | None]:
        told, given = supplied.told.get(place), supplied.given.get(place)
        if told is None and given is None:
            return None, None, None
        rows = len(kept)
        sure, maybe = (np.full(rows, UNKNOWN, np.int16) for _ in range(2))
        numbers = np.zeros(rows)
        by = np.full(rows, -1, np.int64)
        names = [*self._told_by.get(name, ()), GIVEN]
        if told is not None:
            sure, maybe = (told_codes(column, told, least) for least in (DECIDES, SUGGESTS))
            if told.numbers is not None:
                numbers = told.numbers.copy()
            if told.entry is not None:
                by = np.where(maybe != UNKNOWN, told.entry.astype(np.int64), -1)
        if given is not None:
            sure = overridden(sure, given.codes)
            by[given.known] = len(names) - 1
            for at, value in enumerate(given.values if column.numeric else ()):
                if isinstance(value, (int, float)):
                    numbers[at] = value
        only = np.where(sure == UNKNOWN, maybe, UNKNOWN).astype(np.int16)
        index: Any = pa.array(by[kept], mask=by[kept] < 0)
        return (
            _column(column, sure[kept], numbers[kept]),
            _column(column, only[kept], numbers[kept]),
            pa.array(names, pa.string()).take(index),
        )


def _column(
    column: Column, codes: npt.NDArray[np.int16], numbers: npt.NDArray[np.float64]
) -> pa.Array[Any] | None:
    if (codes == UNKNOWN).all():
        return None
    return fact_column(column, codes, numbers if column.numeric else None)


def full_name(column: Column) -> str:
    """The name of a fact that does not depend on what other SOPs declare."""
    sop, name = column.key
    return name if sop is None else f"{sop}.{name}"


def source_of(request: Request) -> str:
    """Who answers a `from:` entry: the signal, and what it reads (`lexicon:vaping`)."""
    given = request.supply.parameters
    signal = request.supply.signal
    if signal == "lexicon" and given.get("disguised"):
        signal = "disguised"
    named = next((str(given[key]) for key in _NAMED_BY if key in given), "")
    return f"{signal}:{named}" if named else signal
