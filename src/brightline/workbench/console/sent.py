"""The JSON that the page sends, checked: whatever else comes is refused with words."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpRequest

from brightline.i18n import _
from brightline.workbench.console.actions.take_answers import Sent

MOST = 200
"""Answers in one message; a browser that kept more sends the rest after."""


class Unreadable(ValueError):
    """What was sent is not what the page sends; its words say so to a person."""


def body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in a request. Raises `Unreadable`."""
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise Unreadable(_("This could not be read. Load the page again.")) from None
    if not isinstance(found, dict):
        raise Unreadable(_("This could not be read. Load the page again."))
    return found


def answers_in(found: dict[str, Any]) -> list[Sent]:
    """The answers of a message, in order. Raises `Unreadable`."""
    rows = found.get("sent")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(_("This could not be read. Load the page again."))
    return [_answer(row) for row in rows[:MOST]]


def plain(text: object, most: int = 4000) -> str:
    """What a person wrote, trimmed: without signs that no database takes."""
    kept = str(text or "")[:most].encode("utf-8", "ignore").decode()
    return "".join(sign for sign in kept if sign >= " " or sign in "\n\t").strip()


def _answer(row: dict[str, Any]) -> Sent:
    try:
        key = uuid.UUID(str(row.get("key")))
        seconds = min(max(float(row.get("seconds") or 0), 0.0), 86_400.0)
    except (ValueError, TypeError):
        raise Unreadable(_("This could not be read. Load the page again.")) from None
    value = row.get("value")
    return Sent(
        key=key,
        undo=row.get("undo") is True,
        fact=str(row.get("fact") or "")[:160],
        value=value if isinstance(value, (str, int, float)) else None,
        typed=str(row.get("typed") or "")[:80],
        language=str(row.get("language") or ""),
        seconds=0.0 if seconds != seconds else seconds,
    )
