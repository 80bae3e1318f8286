"""Moments as people in Vietnam write and read them: releases take effect in Vietnam time."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from brightline.i18n import _, format_date

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_TIME = r"(?:[ T,]+(?P<hour>\d{1,2})[:h](?P<minute>\d{2})?)?"
_WRITTEN = (
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})" + _TIME),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME),
)


class NoMoment(ValueError):
    """A text that names no moment; the message is for the person."""


def short_at(moment: datetime | None) -> str:
    """A moment in Vietnam time where the page says so already: `03/03/2026 14:00`."""
    if moment is None:
        return ""
    there = moment.astimezone(VIETNAM)
    return f"{format_date(there)} {there:%H:%M}"


def said_at(moment: datetime | None) -> str:
    """A moment with its zone: `03/03/2026 14:00, Vietnam time (UTC+7)`; nothing for None."""
    if moment is None:
        return ""
    return _("{moment}, Vietnam time (UTC+7)").format(moment=short_at(moment))


def read_moment(text: str) -> datetime:
    """The moment that a text names, in Vietnam time where it names no zone.

    `3/3/2026 14:00`, `2026-03-03 14:00`, `2026-03-03T14:00+07:00`; a day alone is its first
    minute. Raises `NoMoment`.
    """
    text = " ".join(text.split())[:60]
    for pattern in _WRITTEN:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        part = {name: int(value or 0) for name, value in match.groupdict().items()}
        try:
            return datetime(part["year"], part["month"], part["day"], part["hour"],
                            part["minute"], tzinfo=VIETNAM)  # fmt: skip
        except ValueError:
            break
    else:
        try:
            found = datetime.fromisoformat(text)
            return found if found.tzinfo else found.replace(tzinfo=VIETNAM)
        except (ValueError, OverflowError):
            pass
    raise NoMoment(
        _("“{text}” names no moment. Write a day and a time, such as 3/3/2026 14:00.").format(
            text=text
        )
    )


def for_field(moment: datetime | None) -> str:
    """The value of a `datetime-local` field in Vietnam time; empty for None."""
    return "" if moment is None else f"{moment.astimezone(VIETNAM):%Y-%m-%dT%H:%M}"
