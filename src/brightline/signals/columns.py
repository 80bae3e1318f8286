"""A batch of a fact's values as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from brightline.rulebook.model import NO, YES, Fact, Kind
from brightline.signals.options import option_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from brightline.signals.spec import Value

UNKNOWN = -1
NOT_TOLD, SUGGESTS, DECIDES = 0, 1, 2
"""The codes in `Column.trust`."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of one fact for `n` cases.

    A choice or yes_no has `options` and `codes` (int16, n: index into `options`, -1 unknown).
    A number has `numbers` (float64, n: finite, 0.0 where unknown) and `valid` (bool, n).
    A `Supplier` adds `entry` (int8, n: which of the fact's `from:` entries told, -1 none) and
    `trust` (int8, n: `NOT_TOLD`, `SUGGESTS`, `DECIDES`).
    """

    options: tuple[str, ...] = ()
    codes: npt.NDArray[np.int16] | None = None
    numbers: npt.NDArray[np.float64] | None = None
    valid: npt.NDArray[np.bool_] | None = None
    entry: npt.NDArray[np.int8] | None = None
    trust: npt.NDArray[np.int8] | None = None

    @property
    def rows(self) -> int:
        """How many cases."""
        return len(self.known)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Bool, n: where the value is known."""
        if self.codes is not None:
            return self.codes >= 0
        assert self.valid is not None
        return self.valid

    def value(self, row: int) -> Value | None:
        """The value of one case."""
        if self.codes is not None:
            code = int(self.codes[row])
            return None if code < 0 else self.options[code]
        assert self.numbers is not None
        assert self.valid is not None
        return float(self.numbers[row]) if self.valid[row] else None

    def told(self, entry: npt.NDArray[np.int8], trust: npt.NDArray[np.int8]) -> Column:
        """The column with who told each value."""
        return replace(self, entry=entry, trust=trust)


def of_codes(fact: Fact, codes: npt.NDArray[np.int16]) -> Column:
    """The column of a choice or yes_no fact from option indexes (int16, -1 unknown)."""
    return Column(options=option_ids(fact), codes=codes)


def of_numbers(numbers: npt.NDArray[np.float64], valid: npt.NDArray[np.bool_]) -> Column:
    """The column of a number fact; what is not valid is set to 0.0."""
    return Column(numbers=np.where(valid, numbers, 0.0), valid=valid)


def of_values(fact: Fact, values: Sequence[Value | None]) -> Column:
    """The column of any fact from its values; a value the fact cannot have becomes unknown."""
    if fact.kind is Kind.NUMBER:
        told = [
            float(v) if isinstance(v, (int, float)) and not isinstance(v, bool) else None
            for v in values
        ]
        numbers = np.array([0.0 if v is None else v for v in told], dtype=np.float64)
        valid = np.array([v is not None for v in told], dtype=np.bool_)
        return of_numbers(numbers, valid & np.isfinite(numbers))
    index: dict[Value | None, int] = {o: i for i, o in enumerate(option_ids(fact))}
    return of_codes(fact, np.array([index.get(v, UNKNOWN) for v in values], dtype=np.int16))


def of_rows(fact: Fact, yes: Sequence[int], no: npt.NDArray[np.bool_] | None, rows: int) -> Column:
    """The column of a yes_no fact: `yes` in these rows, else `no` where that is set (None:
    nowhere). A fact of another kind is unknown throughout."""
    if fact.kind is not Kind.YES_NO:
        return unknown(fact, rows)
    options = option_ids(fact)
    codes = np.full(rows, UNKNOWN, dtype=np.int16)
    if no is not None:
        codes[no] = options.index(NO)
    codes[list(yes)] = options.index(YES)
    return of_codes(fact, codes)


def unknown(fact: Fact, rows: int) -> Column:
    """A column in which nothing is known."""
    if fact.kind is Kind.NUMBER:
        return of_numbers(np.zeros(rows), np.zeros(rows, dtype=np.bool_))
    return of_codes(fact, np.full(rows, UNKNOWN, dtype=np.int16))


def rows_of(columns: Mapping[str, pa.Array[Any]], rows: int) -> list[dict[str, object]]:
    """The cases of a batch one by one, as `read` takes them."""
    lists = {name: column.to_pylist() for name, column in columns.items()}
    return [{name: values[row] for name, values in lists.items()} for row in range(rows)]
