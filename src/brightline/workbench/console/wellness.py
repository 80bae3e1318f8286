"""A person's own settings for harmful content and breaks, kept in `User.wellness`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from brightline.i18n import N_

SHIFT = timedelta(hours=12)
"""Exposure counts over the last so many hours: a shift, also one over midnight."""
MOST_BREAK, MOST_LIMIT = 240, 1000
EXPOSED = "exposed"
BLURS = {
    "harmful": N_("in harmful cases"),
    "all": N_("in every case"),
    "none": N_("never"),
}
"""When pictures are blurred until one shows them."""


@dataclass(frozen=True, slots=True)
class Wellness:
    """The settings. 0 minutes: no reminder; a limit of 0: none."""

    blur: str = "harmful"
    greyscale: bool = False
    hide_timer: bool = False
    break_every_minutes: int = 60
    harmful_limit: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Wellness:
        """The settings as stored; what is missing or makes no sense is as usual."""
        usual, found = asdict(cls()), {}
        for one in fields(cls):
            value = stored.get(one.name, usual[one.name])
            found[one.name] = value if type(value) is type(usual[one.name]) else usual[one.name]
        if found["blur"] not in BLURS:
            found["blur"] = usual["blur"]
        found["break_every_minutes"] = min(max(found["break_every_minutes"], 0), MOST_BREAK)
        found["harmful_limit"] = min(max(found["harmful_limit"], 0), MOST_LIMIT)
        return cls(**found)


def exposures(stored: Mapping[str, Any], now: datetime) -> list[str]:
    """The moments of this shift at which the person was given a harmful case, as ISO texts."""
    kept = []
    for one in stored.get(EXPOSED) or ():
        try:
            if now - datetime.fromisoformat(one) < SHIFT:
                kept.append(one)
        except (TypeError, ValueError):
            continue
    return kept
