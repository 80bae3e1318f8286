"""Rows of a jsonl file: each line an object, parsed by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any

from brightline.i18n import _
from brightline.screening.reading import shown
from brightline.screening.rows import MixedTypes, Part, Rows, Source

if TYPE_CHECKING:
    import pyarrow as pa

PARTS: tuple[Part, Part] = ("attributes", "facts")


class ObjectRows(Rows):
    """Objects of names and values; a case may hold `attributes` and `facts` as objects."""

    def __init__(self, lines: list[bytes], mapped: bool) -> None:
        super().__init__()
        self._lines = lines
        self._get: Callable[[dict[str, Any], str], Any] = within if mapped else dict.get
        self._objects = [self._parsed(at, line) for at, line in enumerate(lines)]
        self._parts = {p: self._part(p) for p in PARTS} if not mapped else {}

    def _parsed(self, at: int, line: bytes) -> dict[str, Any]:
        try:
            found = json.loads(line.decode(), parse_constant=_refused)
        except UnicodeDecodeError:
            self.reject(at, _("the row is not valid UTF-8"))
            return {}
        except json.JSONDecodeError as error:
            self.reject(
                at, _("the line is not JSON from column {column} on").format(column=error.colno)
            )
            return {}
        except RecursionError:
            self.reject(at, _("the line is nested too deep"))
            return {}
        except ValueError:
            self.reject(at, _("the line holds a number that JSON does not have, or a huge one"))
            return {}
        if not isinstance(found, dict):
            self.reject(at, _("the line is not a JSON object"))
            return {}
        return found

    def _part(self, part: Part) -> list[dict[str, Any]]:
        found: list[Any] = [row.get(part) for row in self._objects]
        for at, inside in enumerate(found):
            if inside.__class__ is dict:
                continue
            found[at] = {}
            if inside is not None:
                self.reject(at, _("{part} is not an object of names and values").format(part=part))
        return found

    def __len__(self) -> int:
        return len(self._lines)

    @cached_property
    def _names(self) -> dict[Part | None, Set[str]]:
        found: dict[Part | None, Set[str]] = {None: set().union(*self._objects)}
        for part, inside in self._parts.items():
            found[part] = set().union(*inside)
        return found

    def names(self, part: Part | None) -> Set[str]:
        return self._names.get(part, frozenset())

    def values(self, source: Source) -> list[Any] | None:
        name, get = source.column, self._get
        inside = source.inside is not None and name in self.names(source.inside)
        beside = source.beside and (name in self.names(None) or get is within)
        if inside and source.inside is not None:
            parts = self._parts[source.inside]
            if not beside:
                return [of.get(name) for of in parts]
            pairs = zip(self._objects, parts, strict=True)
            return [of[name] if name in of else row.get(name) for row, of in pairs]
        return [get(row, name) for row in self._objects] if beside else None

    def array(self, source: Source) -> pa.Array[Any] | None:
        found = self.values(source)
        if found is None:
            return None
        for at in half_characters(found):
            self.reject(at, _("{name} holds half a character").format(name=source.column))
            found[at] = None
        return array_of(found)

    def raw(self, at: int) -> str:
        return shown(self._lines[at])


def array_of(values: list[Any]) -> pa.Array[Any] | None:
    """Values as an array; None where there are none.

    Raises `MixedTypes` where they are of several types, or objects, or lists of objects.
    """
    import pyarrow as pa

    try:
        made: pa.Array[Any] = pa.array(values)
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        raise MixedTypes from None
    kind = made.type
    if pa.types.is_null(kind):
        return None
    if pa.types.is_struct(kind) or (pa.types.is_list(kind) and pa.types.is_nested(kind.value_type)):
        raise MixedTypes
    if pa.types.is_floating(kind) and any(value.__class__ is int for value in values):
        raise MixedTypes  # 3 and 3.5: each must stay what it was
    return made


def half_characters(values: list[Any]) -> list[int]:
    """Where a text holds a lone surrogate, which no file of text can."""
    try:
        "".join([value for value in values if value.__class__ is str]).encode()
        lists = [value for value in values if value.__class__ is list]
        if not lists:
            return []
    except UnicodeEncodeError:
        pass
    return [at for at, value in enumerate(values) if not _is_text(value)]


def _is_text(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    try:
        for item in items:
            if isinstance(item, str):
                item.encode()
    except UnicodeEncodeError:
        return False
    return True


def within(row: dict[str, Any], column: str) -> Any:
    """A value by name; `a.b` is looked up inside objects where there is no such name."""
    if column in row or "." not in column:
        return row.get(column)
    found: Any = row
    for name in column.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _refused(_word: str) -> Any:
    raise ValueError
