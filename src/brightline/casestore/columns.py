"""Tables of different fields made alike: facts come and go from rulebook to rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.kinds import Kind

Fields = dict[str, pa.DataType]


def fields_in(schema: pa.Schema, column: str) -> Fields:
    """The fields of a struct column by name; none where there is no such column."""
    at = schema.get_field_index(column)
    if at < 0:
        return {}
    kind: Any = schema.field(at).type
    return {kind.field(i).name: kind.field(i).type for i in range(kind.num_fields)}


def united(kind: Kind, schemas: Iterable[pa.Schema]) -> pa.Schema | None:
    """A schema that holds what all these hold; None where a fact is text here, a number there."""
    wanted: dict[str, Fields] = {name: {} for name in kind.structs}
    for schema in schemas:
        for name, known in wanted.items():
            for field, type_ in fields_in(schema, name).items():
                if known.setdefault(field, type_) != type_:
                    return None
    return schema_with(kind, wanted)


def schema_with(kind: Kind, fields: dict[str, Fields]) -> pa.Schema:
    """The table's schema with these fields in its structs; a struct without any is left out."""
    structs = [
        pa.field(name, pa.struct(sorted(fields[name].items())))
        for name in kind.structs
        if fields.get(name)
    ]
    return pa.schema([*kind.schema, *structs])


def fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows under a wider schema; what they do not have is empty."""
    if table.schema.equals(schema):
        return table
    columns: list[Any] = []
    for field in schema:
        if field.name not in table.schema.names:
            columns.append(pa.nulls(table.num_rows, field.type))
        elif pa.types.is_struct(field.type):
            column: Any = table.column(field.name).combine_chunks()
            columns.append(_struct(column, field.type))
        else:
            columns.append(table.column(field.name).cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def _struct(column: Any, wanted: Any) -> pa.Array[Any]:
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)
    fields = {column.type.field(i).name for i in range(column.type.num_fields)}
    kinds = [wanted.field(i) for i in range(wanted.num_fields)]
    parts = [
        pc.struct_field(column, [field.name]) if field.name in fields
        else pa.nulls(len(column), field.type)
        for field in kinds
    ]  # fmt: skip
    return pa.StructArray.from_arrays(parts, fields=kinds)


def without_empty(kind: Kind, table: pa.Table) -> pa.Table:
    """The table without the facts that none of its rows knows."""
    if not kind.structs:
        return table
    fields: dict[str, Fields] = {}
    for name in kind.structs:
        if name not in table.schema.names:
            continue
        chunks: list[Any] = table.column(name).chunks
        fields[name] = {
            field: type_
            for place, (field, type_) in enumerate(fields_in(table.schema, name).items())
            if any(chunk.field(place).null_count < len(chunk) for chunk in chunks)
        }
    return fitted(table, schema_with(kind, fields))


def same_rows(kind: Kind, one: pa.Table, other: pa.Table) -> pa.Array[Any]:
    """[row] whether two tables of as many rows hold the same there; facts unknown in both agree."""
    schema = united(kind, (one.schema, other.schema))
    if schema is None:
        return pa.repeat(False, one.num_rows)
    found: Any = pa.repeat(True, one.num_rows)
    for mine, theirs in zip(_flat(fitted(one, schema)), _flat(fitted(other, schema)), strict=True):
        alike: Any = pc.equal(mine, theirs)
        equal: Any = pc.fill_null(alike, False)
        both_empty: Any = pc.and_(pc.is_null(mine), pc.is_null(theirs))
        found = pc.and_(found, pc.or_(equal, both_empty))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _flat(table: pa.Table) -> Sequence[pa.Array[Any]]:
    """The columns as plain arrays: structs by field, lists of words joined."""
    found: list[pa.Array[Any]] = []
    for column in table.columns:
        whole: Any = (
            pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)
        )
        if pa.types.is_struct(column.type):
            found += whole.flatten()
        elif pa.types.is_list(column.type):
            words: Any = pc.binary_join(whole, "\x1f")
            found.append(words)
        else:
            found.append(whole)
    return found


def keys_of(kind: Kind, table: pa.Table) -> pa.Array[Any]:
    """What names each row, as one text. No two rows of a store have the same in one table."""
    parts: list[Any] = []
    for name in kind.key:
        column: Any = table.column(name)
        text = column if pa.types.is_string(column.type) else column.cast(pa.string())
        parts.append(pc.fill_null(text, ""))
    joined: Any = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "\x1f")
    if isinstance(joined, pa.ChunkedArray):
        joined = pa.concat_arrays(joined.chunks) if joined.num_chunks else pa.nulls(0, pa.string())
    whole: pa.Array[Any] = joined
    return whole
