"""Rows of a Parquet file: columns already, of the types a case can have or turned into them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Set
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.i18n import _
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import shown
from brightline.screening.rows import Part, Rows, Source

_types = pa.types


class BatchRows(Rows):
    """The rows of a record batch; a column may be a struct `attributes` or `facts`."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        super().__init__()
        self._batch = batch
        self._places = {name: at for at, name in enumerate(batch.schema.names)}
        self._kept: dict[Source, pa.Array[Any] | None] = {}

    def __len__(self) -> int:
        return self._batch.num_rows

    def names(self, part: Part | None) -> Set[str]:
        if part is None:
            return self._places.keys()
        return fields_of(self._batch.schema, part).keys()

    def values(self, source: Source) -> list[Any] | None:
        found = self.array(source)
        return None if found is None else found.to_pylist()

    def array(self, source: Source) -> pa.Array[Any] | None:
        if source not in self._kept:
            found = self._found(source)
            self._kept[source] = None if found is None else self._usable(source.column, found)
        return self._kept[source]

    def _found(self, source: Source) -> pa.Array[Any] | None:
        name = source.column
        if source.inside and name in self.names(source.inside):
            return _field(self._batch.column(self._places[source.inside]), name)
        if not source.beside:
            return None
        if name in self._places:
            return self._batch.column(self._places[name])
        first, *path = name.split(".")
        found = self._batch.column(self._places[first]) if first in self._places else None
        for step in path:
            if found is None or step not in fields_in(found.type):
                return None
            found = _field(found, step)
        return found

    def _usable(self, name: str, array: pa.Array[Any]) -> pa.Array[Any] | None:
        """The array as text, numbers, yes or no, or lists of those."""
        kind = array.type
        if _types.is_dictionary(kind):
            return self._usable(name, array.cast(kind.value_type))
        if isinstance(kind, pa.BaseExtensionType):
            storage: pa.Array[Any] = array.storage  # type: ignore[attr-defined]
            return self._usable(name, storage)
        if _types.is_null(kind):
            return None
        if _types.is_string_view(kind) or _types.is_binary_view(kind):
            return self._usable(name, array.cast(pa.large_binary()))
        if _types.is_string(kind) or _types.is_large_string(kind):
            return array if _is_utf8(array) else self._decoded(name, array)
        if _types.is_binary(kind) or _types.is_large_binary(kind):
            return self._decoded(name, array)
        if _types.is_fixed_size_binary(kind):
            return self._decoded(name, array.cast(pa.binary()))
        if _types.is_float16(kind):
            return array.cast(pa.float32())
        if _types.is_boolean(kind) or _types.is_integer(kind) or _types.is_floating(kind):
            return array
        if _types.is_timestamp(kind) or _types.is_date(kind) or _types.is_time(kind):
            if getattr(kind, "unit", None) == "ns":  # Python knows no nanoseconds
                us = pa.timestamp("us", kind.tz) if _types.is_timestamp(kind) else pa.time64("us")
                array = array.cast(us, safe=False)
            return self._each(name, array, lambda value: value.isoformat())
        if _types.is_decimal(kind):
            return self._each(name, array, float)
        if _types.is_list(kind) or _types.is_large_list(kind):
            return self._list(name, array)
        raise unusable(name, kind)

    def _list(self, name: str, array: pa.Array[Any]) -> pa.Array[Any] | None:
        kind = array.type.value_type
        if _types.is_string(kind) or _types.is_large_string(kind):
            if _is_utf8(array):
                return array
            binary = array.cast(pa.list_(pa.large_binary()))
            return self._each(name, binary, lambda items: [_text(item) for item in items])
        if _types.is_boolean(kind) or _types.is_integer(kind) or _types.is_floating(kind):
            return array
        if _types.is_null(kind):
            return array
        raise unusable(name, array.type)

    def _each(
        self, name: str, array: pa.Array[Any], turned: Callable[[Any], Any]
    ) -> pa.Array[Any] | None:
        """The values turned one by one; a row whose value cannot be turned is rejected."""
        found: list[Any] = []
        for at, value in enumerate(array):
            try:
                plain = value.as_py()
                found.append(None if plain is None else turned(plain))
            except (ValueError, OverflowError, ArithmeticError):
                found.append(None)
                self.reject(at, _("{name} holds a value that cannot be read").format(name=name))
        made: pa.Array[Any] = pa.array(found)
        return None if _types.is_null(made.type) else made

    def _decoded(self, name: str, array: pa.Array[Any]) -> pa.Array[Any]:
        found: list[str | None] = []
        for at, value in enumerate(array.cast(pa.large_binary()).to_pylist()):
            try:
                found.append(_text(value))
            except UnicodeDecodeError:
                found.append(None)
                self.reject(at, _("{name} is not valid UTF-8").format(name=name))
        return pa.array(found, pa.large_string())

    def raw(self, at: int) -> str:
        try:
            row = self._batch.slice(at, 1).to_pylist()[0]
        except (ValueError, OverflowError, pa.ArrowException):
            return ""
        return shown(json.dumps(row, ensure_ascii=False, default=_shown))


def fields_in(kind: pa.DataType) -> dict[str, pa.DataType]:
    """The fields of a struct; none of any other type."""
    if not isinstance(kind, pa.StructType):
        return {}
    return {field.name: field.type for field in (kind.field(i) for i in range(kind.num_fields))}


def fields_of(schema: pa.Schema, column: str) -> dict[str, pa.DataType]:
    """The fields of a column that is a struct."""
    at = schema.get_field_index(column)
    return fields_in(schema.field(at).type) if at >= 0 else {}


def paths_of(schema: pa.Schema) -> tuple[str, ...]:
    """The columns, and the fields of those that are structs as `column.field`, and so on."""

    def below(name: str, kind: pa.DataType) -> Iterable[str]:
        yield name
        for field, inner in fields_in(kind).items():
            yield from below(f"{name}.{field}", inner)

    return tuple(path for field in schema for path in below(field.name, field.type))


def _field(array: pa.Array[Any], name: str) -> pa.Array[Any]:
    found: pa.Array[Any] = pc.struct_field(array, name)
    return found


def _is_utf8(array: pa.Array[Any]) -> bool:
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def _shown(value: object) -> str:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value[:1000].decode("utf-8", "replace")
    return str(value) if isinstance(value, Decimal) else repr(value)[:1000]


def unusable(name: str, kind: pa.DataType) -> UnusableCases:
    """What is said of a column of a type that no attribute has."""
    return UnusableCases(
        _("the column {name} is of type {type}").format(name=name[:80], type=str(kind)[:80]),
        _("an attribute is text, a number, yes or no, a date, or a list of those"),
    )
