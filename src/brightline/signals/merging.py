"""Columns of the `from:` entries of a fact as one: row by row, the first entry that knows wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from brightline.rulebook.model import Fact, Kind
from brightline.signals.cleaning import number_limits
from brightline.signals.columns import (
    DECIDES,
    NOT_TOLD,
    SUGGESTS,
    UNKNOWN,
    Column,
    of_codes,
    of_numbers,
)
from brightline.signals.options import option_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from brightline.signals.spec import Trust


def checked(fact: Fact, column: Column, rows: int) -> Column:
    """A signal's column with only values the fact can have, in the fact's own order of options.

    Raises `ValueError` where it is no column of such a fact or has another number of rows.
    """
    if column.rows != rows:
        raise ValueError(f"{column.rows} values for {rows} rows")
    if fact.kind is Kind.NUMBER:
        if column.numbers is None or column.valid is None:
            raise ValueError("a column of numbers is expected")
        low, high = number_limits(fact.min, fact.max)
        fits = (column.numbers >= low) & (column.numbers <= high)
        return of_numbers(column.numbers, column.valid & fits)
    if column.codes is None:
        raise ValueError("a column of options is expected")
    known = option_ids(fact)
    if column.options == known:
        return column
    index = {option: i for i, option in enumerate(known)}
    moved = [index.get(option, UNKNOWN) for option in column.options] + [UNKNOWN]
    table = np.array(moved, dtype=np.int16)
    codes = np.where(column.codes < 0, len(column.options), column.codes)
    return of_codes(fact, table[codes])


def merged(fact: Fact, columns: Sequence[Column], trusts: Sequence[Trust], rows: int) -> Column:
    """The column of a fact from those of its entries, all `checked`."""
    entry = np.full(rows, -1, dtype=np.int8)
    for at in reversed(range(len(columns))):
        entry[columns[at].known] = at
    codes = [DECIDES if trust == "decides" else SUGGESTS for trust in trusts]
    trust = np.array([*codes, NOT_TOLD], dtype=np.int8)[entry]
    if fact.kind is Kind.NUMBER:
        numbers = np.zeros(rows)
        for at, column in enumerate(columns):
            assert column.numbers is not None
            numbers = np.where(entry == at, column.numbers, numbers)
        return of_numbers(numbers, entry >= 0).told(entry, trust)
    options = np.full(rows, UNKNOWN, dtype=np.int16)
    for at, column in enumerate(columns):
        assert column.codes is not None
        options = np.where(entry == at, column.codes, options)
    return of_codes(fact, options).told(entry, trust)
