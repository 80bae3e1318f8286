"""The values of a fact in many cases as a column of codes; needs no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from brightline.backtesting.coded import FIRST_AT, UNKNOWN_AT, UNTOLD_AT, FactColumn
from brightline.rulebook.columns import Column
from brightline.rulebook.model import CANNOT_TELL


def coded_column(column: Column, values: Sequence[Any]) -> FactColumn:
    """A column by its own values: a later version may cut them elsewhere."""
    if column.numeric:
        return _by(values, lambda v: isinstance(v, (int, float)) and not isinstance(v, bool))
    known = set(column.options)
    return _by(values, lambda v: isinstance(v, str), as_text=True, first=sorted(known))


def _by(
    values: Sequence[Any],
    fits: Callable[[Any], bool],
    as_text: bool = False,
    first: Iterable[str] = (),
) -> FactColumn:
    places: dict[Any, int] = {one: n for n, one in enumerate(first)}
    codes = np.zeros(len(values), np.uint16)
    for row, value in enumerate(values):
        if value is None:
            codes[row] = UNKNOWN_AT
        elif value == CANNOT_TELL:
            codes[row] = UNTOLD_AT
        elif fits(value):
            codes[row] = FIRST_AT + places.setdefault(value, len(places))
    if as_text:
        return FactColumn(codes, tuple(places))
    return FactColumn(codes, numbers=np.array(list(places), np.float64))
