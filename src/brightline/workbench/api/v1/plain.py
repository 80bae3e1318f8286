"""Values of cases within limits: finite, bounded, text that every database and file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

LONGEST_TEXT = 50_000
MOST_NAMES, MOST_ITEMS = 200, 200
MOST_CHARACTERS = 200_000
LARGEST = 1e15
"""Numbers beyond this have no meaning in a case, and lose digits on the way."""


def text(value: str) -> str:
    """A text that can be kept. Raises `PydanticCustomError`."""
    if "\x00" in value:
        raise PydanticCustomError("nul", "holds a NUL character")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise PydanticCustomError("surrogate", "holds half a character") from None
    return value


def name(value: str) -> str:
    """A text of one line without anything invisible at its ends."""
    text(value)
    if value != value.strip() or any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise PydanticCustomError("control", "holds control characters or spaces at its ends")
    return value


def values(given: dict[str, Any]) -> dict[str, Any]:
    """Names and values of a case: texts, numbers, yes or no, nothing, lists of those."""
    left = MOST_CHARACTERS
    for key, value in given.items():
        name(key)
        if not 1 <= len(key) <= 160:
            raise PydanticCustomError("name", "a name has 1 to 160 characters")
        items = value if isinstance(value, list) else [value]
        if len(items) > MOST_ITEMS:
            raise PydanticCustomError("items", "a list has more than 200 items")
        for item in items:
            left -= len(key) + _size(key, item)
    if left < 0:
        raise PydanticCustomError("large", "more than 200,000 characters in all")
    return given


def _size(key: str, item: object) -> int:
    if isinstance(item, str):
        text(item)
        if len(item) > LONGEST_TEXT:
            raise PydanticCustomError("long", "a text has more than 50,000 characters")
        return len(item)
    if isinstance(item, (bool, type(None))):
        return 1
    if isinstance(item, (int, float)) and -LARGEST <= item <= LARGEST:  # not a NaN either
        return 8
    if isinstance(item, (int, float)):
        raise PydanticCustomError("number", "a number is not finite, or beyond 10^15")
    if isinstance(item, (list, Mapping)):
        raise PydanticCustomError("nested", "a value is nested: send texts, numbers or lists")
    raise PydanticCustomError("kind", "a value is of no kind that a case has")
