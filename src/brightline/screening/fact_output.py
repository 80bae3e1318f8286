"""The facts of cases as columns of the output: `suggested`, then a column a fact."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from brightline.screening.coding import overridden, told_codes
from brightline.screening.results import PLAIN, fact_column, fact_lists, facts_in_output, schema_of
from brightline.screening.supplied import Supplied
from brightline.signals.columns import SUGGESTS

Flags = npt.NDArray[np.bool_]


def fact_columns(
    rulebook: Rulebook, table: Table, supplied: Supplied, kept: Flags, assume_suggestions: bool
) -> list[pa.Array[Any]]:
    """The columns that follow the decision's own, for the rows that are kept."""
    names = [column.name for column in table.columns]
    count = int(kept.sum())
    suggested = np.zeros((count, max(1, -(-len(names) // 64))), dtype=np.uint64)
    made: dict[str, pa.Array[Any]] = {}
    for place, name in enumerate(names):
        made[name] = _column(table, place, supplied, kept)
        if not assume_suggestions:
            only = _only_suggested(place, supplied, kept)
            if only is not None:
                suggested[:, place // 64] |= only.astype(np.uint64) << np.uint64(place % 64)
    fields = list(schema_of(rulebook, True))[len(PLAIN) + 1 :]
    columns = [fact_lists(names, suggested)]
    for field, (name, _kind) in zip(fields, facts_in_output(rulebook), strict=True):
        columns.append(made[name] if name in made else pa.nulls(count, field.type))
    return columns


def _column(table: Table, place: int, supplied: Supplied, kept: Flags) -> pa.Array[Any]:
    fact, told, given = table.columns[place], supplied.told.get(place), supplied.given.get(place)
    codes = np.full(len(kept), UNKNOWN, np.int16)
    numbers = np.zeros(len(kept))
    if told is not None:
        codes = told_codes(fact, told, SUGGESTS)
        if told.numbers is not None:
            numbers = told.numbers.copy()
    if given is not None:
        codes = overridden(codes, given.codes)
        for at, value in enumerate(given.values if fact.numeric else ()):
            if isinstance(value, (int, float)):
                numbers[at] = value
    return fact_column(fact, codes[kept], numbers[kept] if fact.numeric else None)


def _only_suggested(place: int, supplied: Supplied, kept: Flags) -> Flags | None:
    """[case] whether a signal suggests the fact and nothing surer is known."""
    told, given = supplied.told.get(place), supplied.given.get(place)
    if told is None or told.trust is None:
        return None
    only: Flags = told.trust == SUGGESTS
    if given is not None:
        only = only & ~given.known
    return only[kept]
