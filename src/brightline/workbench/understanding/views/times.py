"""Days and times as forms send them: where people are, on the day before or after midnight."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def read_time(said: str) -> datetime | None:
    """The moment of a `datetime-local` field; None where it is none."""
    try:
        found = datetime.fromisoformat(said.strip()[:16])
    except ValueError:
        return None
    if found.tzinfo is not None or not 2000 <= found.year <= 9000:
        return None
    return timezone.make_aware(found)


def field_time(at: datetime) -> str:
    """A moment as a `datetime-local` field has it."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"
