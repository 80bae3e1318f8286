"""A chunk of rows seen as columns, whatever format they came in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Protocol

from brightline.i18n import _
from brightline.screening.reading import Chunk, shown

if TYPE_CHECKING:
    import pyarrow as pa

Part = Literal["attributes", "facts"] | None
"""The object of a case in which a name is looked up first; None: the case itself."""
Rejects = dict[int, str]
"""Position in the chunk → why the row is turned away."""


class Rows(Protocol):
    """The rows of a chunk. `rejects` grows as unusable values are met."""

    rejects: Rejects

    def __len__(self) -> int: ...

    def values(self, column: str, part: Part = None) -> list[Any] | None:
        """The values of a column, None where empty; None where the chunk has no such column."""
        ...

    def array(self, column: str, part: Part = None) -> pa.Array[Any] | None:
        """The same as an array. Raises `MixedTypes` where the rows hold values of several types."""
        ...

    def raw(self, at: int) -> str:
        """A row as it came, cut short."""
        ...


class MixedTypes(Exception):
    """One attribute is text in one row and a number in another: no array holds both."""


def rows_of(chunk: Chunk, columns: Sequence[str], nested: bool, fact_names: frozenset[str]) -> Rows:
    """The rows of a chunk. `nested`: jsonl and parquet rows may hold objects `attributes`, `facts`."""
    if chunk.lines is not None:
        return ObjectRows(chunk.lines, nested, fact_names)
    if chunk.batch is not None:
        from brightline.screening.arrow_rows import BatchRows

        return BatchRows(chunk.batch, nested)
    assert chunk.cells is not None
    return CellRows(chunk.cells, columns)


class CellRows:
    """Rows of a CSV file: every cell is text, an empty one unknown."""

    def __init__(self, cells: list[list[str]], columns: Sequence[str]) -> None:
        self.rejects: Rejects = {}
        self._cells = cells
        self._columns = dict(zip(columns, range(len(columns)), strict=True))

    def __len__(self) -> int:
        return len(self._cells)

    def values(self, column: str, part: Part = None) -> list[Any] | None:
        at = self._columns.get(column)
        return None if at is None else [row[at] or None for row in self._cells]

    def array(self, column: str, part: Part = None) -> pa.Array[Any] | None:
        import pyarrow as pa

        found = self.values(column)
        return None if found is None else pa.array(found, pa.string())

    def raw(self, at: int) -> str:
        return shown(json.dumps(self._cells[at], ensure_ascii=False))


class ObjectRows:
    """Rows of a jsonl file, each parsed by itself."""

    def __init__(self, lines: list[bytes], nested: bool, fact_names: frozenset[str]) -> None:
        self.rejects: Rejects = {}
        self._lines, self._nested, self._fact_names = lines, nested, fact_names
        self._objects = [self._parsed(at, line) for at, line in enumerate(lines)]
        self._parts = {
            part: [row.get(part) or {} for row in self._objects] if nested else None
            for part in ("attributes", "facts")
        }

    def _parsed(self, at: int, line: bytes) -> dict[str, Any]:
        try:
            found = json.loads(line.decode(), parse_constant=_no_constant)
        except UnicodeDecodeError:
            self.rejects[at] = _("the row is not valid UTF-8")
            return {}
        except (ValueError, RecursionError) as error:
            self.rejects[at] = _("the line is not JSON: {error}").format(
                error=str(error)[:120] or _("nested too deep")
            )
            return {}
        reason = self._shape(found)
        if reason is not None:
            self.rejects[at] = reason
            return {}
        return dict(found)

    def _shape(self, found: object) -> str | None:
        if not isinstance(found, dict):
            return _("the line is not a JSON object")
        if not self._nested:
            return None
        for part in ("attributes", "facts"):
            if found.get(part) is not None and not isinstance(found[part], dict):
                return _("{part} is not an object of names and values").format(part=part)
        for name in found.get("facts") or ():
            if name not in self._fact_names:
                return _("no fact named {name}").format(name=name[:80])
        return None

    def __len__(self) -> int:
        return len(self._lines)

    def values(self, column: str, part: Part = None) -> list[Any] | None:
        inside = self._parts.get(part) if part else None
        if inside is None:
            found = [_within(row, column) for row in self._objects]
        else:
            found = [
                of[column] if column in of else row.get(column)
                for row, of in zip(self._objects, inside, strict=True)
            ]
        return None if all(value is None for value in found) else found

    def array(self, column: str, part: Part = None) -> pa.Array[Any] | None:
        import pyarrow as pa

        found = self.values(column, part)
        if found is None:
            return None
        for at, value in enumerate(found):
            if value.__class__ is not str and (reason := _unfit(value)):
                self.rejects[at] = _("{name} {reason}").format(name=column, reason=reason)
                found[at] = None
        try:
            made = pa.array(found)
        except UnicodeEncodeError:
            for at, value in enumerate(found):
                if not _is_text(value):
                    self.rejects[at] = _("{name} holds half a character").format(name=column)
                    found[at] = None
            return self._mixed(found)
        except (pa.ArrowException, OverflowError):
            raise MixedTypes from None
        if pa.types.is_floating(made.type) and any(value.__class__ is int for value in found):
            raise MixedTypes  # 3 and 3.5: each must stay what it was
        return made

    def _mixed(self, found: list[Any]) -> pa.Array[Any]:
        import pyarrow as pa

        try:
            return pa.array(found)
        except (pa.ArrowException, OverflowError):
            raise MixedTypes from None

    def raw(self, at: int) -> str:
        return shown(self._lines[at])


def _no_constant(word: str) -> Any:
    raise ValueError(_("{value} is not a JSON value").format(value=word))


def _within(row: dict[str, Any], column: str) -> object:
    """A value by name; `a.b` is looked up inside objects where there is no such name."""
    if column in row or "." not in column:
        return row.get(column)
    found: object = row
    for name in column.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _unfit(value: object) -> str | None:
    """Why a JSON value is no attribute; None where it is one."""
    if isinstance(value, dict):
        return _("holds an object")
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return _("holds a list of objects")
    return None


def _is_text(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    try:
        for item in items:
            if isinstance(item, str):
                item.encode()
    except UnicodeEncodeError:
        return False
    return True


def plain(value: object) -> object:
    """A value from Parquet as JSON has it: dates as ISO text, decimals as numbers."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value
