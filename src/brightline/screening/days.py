"""The day a case is judged by: the calendar day as its own time is written."""

from __future__ import annotations

from datetime import date, datetime

TIME_ATTRIBUTE = "created_at"
"""The attribute that holds a case's own time."""


def day_of(raw: object) -> date:
    """The day of a date, a datetime, or either as ISO 8601 text. Raises `ValueError`.

    A time with an offset counts on the day it has in that offset.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        return datetime.fromisoformat(raw.strip()).date()
    raise ValueError(raw)
