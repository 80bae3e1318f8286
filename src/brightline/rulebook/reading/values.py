"""A value of the wrong kind or size, in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as AnyMapping
from datetime import date
from enum import Enum
from typing import Any, Literal, NamedTuple, get_args, get_origin

from brightline.i18n import _
from brightline.rulebook.model import Text
from brightline.rulebook.nodes import Mapping, Node, Scalar, shortened
from brightline.rulebook.shapes import is_model


class Words(NamedTuple):
    """What to say about a value."""

    code: str
    message: str
    hint: str | None


def explained(kind: str, context: AnyMapping[str, Any], node: Node, expected: Any) -> Words | None:
    """What to say about a value that pydantic refuses; None where another check says it."""
    if kind in ("enum", "literal_error"):
        return _choice(node, expected)
    if kind in ("dict_type", "model_type", "model_attributes_type", "mapping_type"):
        return _mapping(expected)
    if kind in ("tuple_type", "list_type"):
        return Words("BL-203", _("a list is expected here"), _list_hint(node))
    if kind == "string_type":
        return Words("BL-203", _("a single text is expected here"), None)
    if kind == "string_pattern_mismatch":
        return Words(
            "BL-206",
            _("{name} is no id").format(name=_said(node)),
            _("an id has letters a to z, digits, _ and -, starts with a letter, 80 at most"),
        )
    if kind == "string_too_short":
        return None if not _said(node).strip() else Words("BL-205", _("too short"), None)
    if kind == "string_too_long":
        most = context.get("max_length")
        message = _("this text is longer than {most} characters").format(most=most)
        return Words("BL-205", message, None)
    if kind.startswith("date") or expected is date:
        return Words(
            "BL-205",
            _("{value} is no date").format(value=_said(node)),
            _("a date is written year-month-day: 2026-06-30"),
        )
    if kind.startswith(("int", "float", "finite", "decimal")):
        return _number(node, expected)
    if kind.startswith(("greater_than", "less_than")):
        return _bounds(context, node)
    if kind.startswith("bool") or expected is bool:
        message = _("{value} is neither yes nor no").format(value=_said(node))
        return Words("BL-204", message, _("write yes or no"))
    if kind == "value_error" and expected is float:
        message = _("{value} is no length of time").format(value=_said(node))
        return Words("BL-205", message, _("write 6s, 5m, 24h or 90d"))
    return Words("BL-203", _("this value does not fit here"), None)


def _said(node: Node) -> str:
    return shortened(node.text) if isinstance(node, Scalar) else "…"


def _choice(node: Node, expected: Any) -> Words:
    if get_origin(expected) is Literal:
        allowed = [str(value) for value in get_args(expected)]
    elif isinstance(expected, type) and issubclass(expected, Enum):
        allowed = [str(value.value) for value in expected]
    else:
        allowed = []
    close = difflib.get_close_matches(_said(node), allowed, n=1, cutoff=0.6)
    message = _("{value} is not allowed here; allowed are: {names}").format(
        value=_said(node), names=", ".join(allowed)
    )
    hint = _("did you mean {name}?").format(name=close[0]) if close else None
    return Words("BL-204", message, hint)


def _mapping(expected: Any) -> Words:
    if expected == Text:
        return Words(
            "BL-203",
            _("a text in every language is expected here"),
            _("write {{vi: …, en: …}}").format(),
        )
    if is_model(expected):
        return Words("BL-203", _("keys with values are expected here"), _("write key: value lines"))
    return Words("BL-203", _("names with values are expected here"), _("write name: value lines"))


def _list_hint(node: Node) -> str | None:
    if isinstance(node, Scalar) and node.text:
        return _("write [{value}]").format(value=_said(node))
    if isinstance(node, Mapping):
        return _("start each item with a dash: - …")
    return None


def _number(node: Node, expected: Any) -> Words:
    if not isinstance(node, Scalar):
        return Words("BL-203", _("a number is expected here"), None)
    if expected is int:
        message = _("{value} is no whole number").format(value=_said(node))
    else:
        message = _("{value} is no number").format(value=_said(node))
    return Words("BL-205", message, _("write digits only, with a point for decimals: 12 or 0.5"))


def _bounds(context: AnyMapping[str, Any], node: Node) -> Words:
    at_least = {"ge": _("{value} is less than {bound}"), "gt": _("{value} is not above {bound}")}
    at_most = {"le": _("{value} is more than {bound}"), "lt": _("{value} is not below {bound}")}
    for name, message in (at_least | at_most).items():
        if name in context:
            said = message.format(value=_said(node), bound=context[name])
            return Words("BL-205", said, None)
    return Words("BL-205", _("{value} is out of bounds").format(value=_said(node)), None)
