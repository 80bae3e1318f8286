"""Days that an address names, as moments where people are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def begins(text: str) -> datetime | None:
    """The midnight that a day begins with (2026-06-30); None where it is no day."""
    day = _day(text)
    return None if day is None else _midnight(day)


def ends(text: str) -> datetime | None:
    """The midnight that a day ends with; None where it is no day."""
    day = _day(text)
    return None if day is None else _midnight(min(day, date(9000, 1, 1)) + timedelta(days=1))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    within = max(date(1900, 1, 1), min(day, date(9000, 1, 2)))  # what every database can hold
    return timezone.make_aware(datetime.combine(within, time()))
