"""Days as people and machines write them: `2026-06-30`, `30/06/2026`."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?=[T ]|\Z)")
_VIETNAMESE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?=[T ]|\Z)")
_TIME = re.compile(r"(?:[T ][0-9]{1,2}(?:[:.][0-9]{1,2}){1,3}[0-9.:+Zz -]{0,12})?\s*\Z")


def day_in(written: str) -> date | None:
    """The day a text begins with, if no more than a time of day follows; None where it is none.

    Of two readings the Vietnamese one is taken: `03/04/2026` is in April.
    """
    if match := _ISO.match(written):
        year, month, day = match.groups()
    elif match := _VIETNAMESE.match(written):
        day, month, year = match.groups()
    else:
        return None
    if not _TIME.match(written, match.end()):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
