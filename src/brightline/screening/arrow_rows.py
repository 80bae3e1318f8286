"""Rows of a Parquet file: columns already, of the types a case can have or turned into them."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from brightline.i18n import _
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import shown
from brightline.screening.rows import Part, Rejects, plain


class BatchRows:
    """The rows of a record batch."""

    def __init__(self, batch: pa.RecordBatch, nested: bool) -> None:
        self.rejects: Rejects = {}
        self._batch, self._nested = batch, nested
        self._names = {name: at for at, name in enumerate(batch.schema.names)}
        self._kept: dict[tuple[str, Part], pa.Array[Any] | None] = {}

    def __len__(self) -> int:
        return self._batch.num_rows

    def values(self, column: str, part: Part = None) -> list[Any] | None:
        found = self.array(column, part)
        return None if found is None else found.to_pylist()

    def array(self, column: str, part: Part = None) -> pa.Array[Any] | None:
        if (column, part) not in self._kept:
            found = self._found(column, part)
            self._kept[column, part] = None if found is None else self._usable(column, found)
        return self._kept[column, part]

    def _found(self, column: str, part: Part) -> pa.Array[Any] | None:
        if part and self._nested and part in self._names:
            inside = self._batch.column(self._names[part])
            if pa.types.is_struct(inside.type) and column in {f.name for f in inside.type}:
                import pyarrow.compute as pc

                return pc.struct_field(inside, column)
        at = self._names.get(column)
        return None if at is None else self._batch.column(at)

    def _usable(self, name: str, array: pa.Array[Any]) -> pa.Array[Any] | None:
        kind = array.type
        types = pa.types
        if types.is_dictionary(kind):
            return self._usable(name, array.dictionary_decode())
        if types.is_null(kind):
            return None
        if types.is_string(kind) or types.is_large_string(kind):
            try:
                array.validate(full=True)
            except pa.ArrowInvalid:
                binary = pa.binary() if types.is_string(kind) else pa.large_binary()
                return self._decoded(name, array.view(binary))
            return array
        if types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind):
            return self._decoded(name, array)
        if types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind):
            return array if not types.is_float16(kind) else array.cast(pa.float32())
        if types.is_temporal(kind) or types.is_decimal(kind):
            return pa.array([plain(value) for value in array.to_pylist()])
        if types.is_list(kind) or types.is_large_list(kind):
            if not types.is_nested(kind.value_type):
                return array
        raise UnusableCases(
            _("the column {name} is of type {type}").format(name=name, type=str(kind)[:80]),
            _("an attribute is text, a number, yes or no, a date, or a list of those"),
        )

    def _decoded(self, name: str, array: pa.Array[Any]) -> pa.Array[Any]:
        found: list[str | None] = []
        for at, value in enumerate(array.to_pylist()):
            try:
                found.append(None if value is None else value.decode())
            except UnicodeDecodeError:
                found.append(None)
                self.rejects[at] = _("{name} is not valid UTF-8").format(name=name)
        return pa.array(found, pa.string())

    def raw(self, at: int) -> str:
        try:
            row = self._batch.slice(at, 1).to_pylist()[0]
        except (UnicodeDecodeError, pa.ArrowException):
            return ""
        return shown(json.dumps(row, ensure_ascii=False, default=str))
