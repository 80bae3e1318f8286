"""A column of raw values as a column of a fact: every distinct value is converted once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from brightline.rulebook.model import Fact, Kind
from brightline.signals.columns import Column, of_codes, of_numbers, of_values
from brightline.signals.converting import LARGEST, Converter
from brightline.signals.spec import Value


def converted(fact: Fact, column: pa.Array[Any] | None, rows: int, converter: Converter) -> Column:
    """The column of a fact whose values are `converter` of each raw value."""
    absent = _repeated(fact, converter(None)[0], rows)
    if column is None:
        return absent
    if fact.kind is Kind.NUMBER and _is_numeric(column.type):
        return _numbers(column)
    if not _has_few_values(column.type):
        return of_values(fact, [converter(value)[0] for value in column.to_pylist()])
    coded: Any = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    distinct = of_values(fact, [converter(value)[0] for value in coded.dictionary.to_pylist()])
    if not len(coded.dictionary):
        return absent
    index = _filled(coded.indices, 0).astype(np.intp)
    told = np.asarray(pc.is_valid(coded.indices).to_numpy(zero_copy_only=False), dtype=np.bool_)
    if distinct.codes is not None:
        assert absent.codes is not None
        codes = np.where(told, distinct.codes[index], absent.codes).astype(np.int16)
        return of_codes(fact, codes)
    assert distinct.numbers is not None
    assert distinct.valid is not None
    return of_numbers(distinct.numbers[index], distinct.valid[index] & told)


def _repeated(fact: Fact, value: Value | None, rows: int) -> Column:
    """One value for every row."""
    one = of_values(fact, [value])
    if one.codes is not None:
        return of_codes(fact, np.repeat(one.codes, rows))
    assert one.numbers is not None
    assert one.valid is not None
    return of_numbers(np.repeat(one.numbers, rows), np.repeat(one.valid, rows))


def _is_numeric(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_float64(kind) or pa.types.is_float32(kind))


def _has_few_values(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_dictionary(kind)
    )


def _numbers(column: pa.Array[Any]) -> Column:
    """A column of numbers as it is; what is not finite or beyond ±2^53 is unknown."""
    told = np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
    if pa.types.is_integer(column.type):
        whole = _filled(column, 0)
        fits = (whole <= LARGEST) & (whole >= -LARGEST if whole.dtype.kind == "i" else True)
        return of_numbers(whole.astype(np.float64), told & fits)
    numbers = _filled(column, 0.0).astype(np.float64)
    with np.errstate(invalid="ignore"):
        fits = np.isfinite(numbers) & (np.abs(numbers) <= LARGEST)
    return of_numbers(np.where(fits, numbers, 0.0), told & fits)


def _filled(column: Any, value: float) -> npt.NDArray[Any]:
    """The values as an array, nulls filled."""
    if column.null_count:
        column = pc.fill_null(column, pa.scalar(value, type=column.type))
    return np.asarray(column.to_numpy(zero_copy_only=False))
