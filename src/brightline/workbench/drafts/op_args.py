"""What the form sends with a change, checked: it comes from a browser and may be anything."""

from __future__ import annotations

import re
from typing import Any

from brightline.rulebook.model import IDENTIFIER

_DEEPEST, LONGEST = 6, 20_000


class BadOp(ValueError):
    """The page sent something that is no change: an unknown name, or arguments that do not fit."""


def identifier(name: str) -> str:
    """A name as ids are. Raises `BadOp`."""
    if not re.fullmatch(IDENTIFIER, name):
        raise BadOp(name)
    return name


def path_of(path: Any) -> tuple[str, ...]:
    """The path of a value in a file. Raises `BadOp`."""
    if not isinstance(path, list) or not 0 < len(path) <= 8:
        raise BadOp("path")
    if not all(isinstance(key, str) and 0 < len(key) <= 80 for key in path):
        raise BadOp("path")
    return tuple(path)


def count(value: Any) -> int:
    """A number of a row or step, 0 the first. Raises `BadOp`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 50:
        raise BadOp("row")
    return value


def texts(value: Any) -> dict[str, str]:
    """A text by language; one that says nothing is `…`, to be written yet."""
    found = {str(k): str(v).strip()[:LONGEST] for k, v in dict(value).items()}
    return {code: text for code, text in found.items() if text} or {"vi": "…"}


def data(value: Any, depth: int = 0) -> Any:
    """Plain data of the page as a file may hold it. Raises `BadOp`."""
    if depth > _DEEPEST:
        raise BadOp("data")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and len(value) <= LONGEST:
        return value
    if isinstance(value, (int, float)) and abs(value) < 1e16:
        return value
    if isinstance(value, list) and len(value) <= 500:
        return [data(one, depth + 1) for one in value]
    if isinstance(value, dict) and len(value) <= 200:
        return {str(key)[:80]: data(one, depth + 1) for key, one in value.items()}
    raise BadOp("data")
