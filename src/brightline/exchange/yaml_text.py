"""Plain data to YAML as our rulebooks write it: short things in one line, long ones in blocks."""

from __future__ import annotations

import json
import re
from typing import Any

WIDTH = 150
"""A mapping or list that fits in so many characters stands in one line."""
OPEN = frozenset({
    "clauses", "examples", "facts", "then", "subjects", "attributes", "actions", "queues", "teams",
    "roles", "law", "options", "steps", "definitions", "accept", "tables", "impossible",
})  # fmt: skip
"""What these keys hold is never in one line as a whole; their entries may be."""
TALL = frozenset({"clauses", "examples", "facts", "then", "law", "subjects"})
"""The entries of these are never in one line either."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w .()/+%;…–“”-]*[\w.()/%…–”])?\Z")
_SPECIAL = re.compile(r"(?i:true|false|null|~)\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z|\d+(?:\.\d+)?[smhd]\Z")
_NAME = re.compile(r"[A-Za-z_][\w-]*\Z")


def scalar(value: object) -> str:
    """A text or number in one line; a text that would be read as anything else is quoted."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    text = str(value)
    if _DAY.match(text) or (_PLAIN.match(text) and not _SPECIAL.match(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def number(value: float) -> str:
    """A number as YAML and DMN read it: digits with a point, no grouping."""
    if float(value).is_integer() and abs(value) < 1e16:
        return str(int(value))
    return repr(float(value))


def flow(value: Any) -> str:
    """The value in one line: `{item: [a, b], price: "< 3"}`."""
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)}: {flow(part)}" for key, part in value.items())
        return "{" + inner + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    return scalar(value)


def document(data: dict[str, Any]) -> str:
    """A whole file."""
    return "".join(f"{line}\n" for line in _mapping(data, 0, False))


def _key(key: str) -> str:
    return key if _NAME.match(key) else json.dumps(key, ensure_ascii=False)


def _mapping(data: dict[str, Any], indent: int, tall: bool) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        lines += _entry(key, value, indent, tall)
    return lines


def _entry(key: str, value: Any, indent: int, tall: bool) -> list[str]:
    """The lines of `key: value`. `tall`: the value is an entry that never stands in one line."""
    head = " " * indent + _key(key) + ":"
    if not isinstance(value, (dict, list)):
        return _text(head, value, indent)
    short = f"{head} {flow(value)}"
    closed = key not in OPEN and not tall
    if not value or (closed and len(short) <= WIDTH and not _broken(value)):
        return [short]
    if isinstance(value, dict):
        return [head, *_mapping(value, indent + 2, key in TALL and not tall)]
    return [head, *_items(value, indent + 2, key in TALL)]


def _items(values: list[Any], indent: int, tall: bool) -> list[str]:
    lines: list[str] = []
    for value in values:
        short = " " * indent + "- " + flow(value)
        if isinstance(value, dict) and value and (tall or len(short) > WIDTH or _broken(value)):
            inner = _mapping(value, indent + 2, False)
            lines += [" " * indent + "- " + inner[0].lstrip(" "), *inner[1:]]
        else:
            lines.append(short)
    return lines


def _text(head: str, value: object, indent: int) -> list[str]:
    text = str(value)
    literal = "\n" in text.rstrip("\n") or text.endswith("\n")
    if not literal or text[0] in " \n\t" or text.endswith("\n\n") or "\r" in text:
        return [f"{head} {scalar(value)}"]
    sign = "|" if text.endswith("\n") else "|-"
    body = text.removesuffix("\n").split("\n")
    return [f"{head} {sign}", *(" " * (indent + 2) + line if line else "" for line in body)]


def _broken(value: Any) -> bool:
    """Whether a text inside has several lines."""
    if isinstance(value, dict):
        return any(map(_broken, value.values()))
    if isinstance(value, list):
        return any(map(_broken, value))
    return isinstance(value, str) and "\n" in value
