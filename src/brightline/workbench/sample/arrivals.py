"""When the made-up cases come in: two weeks up to now, thickest in the evenings of Vietnam."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from brightline.workbench.cases.actions.receive import VIETNAM

DAYS = 14
_BY_HOUR = (1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 8, 7, 7, 8, 8, 8, 8, 8, 10, 12, 12, 8, 3)
"""How many cases come in each hour of the day, against each other."""
_FRESH, _FRESH_HOURS = 0.12, 30
"""The share that is spread over the last hours once more, so that queues are not empty now."""


def beginning(upto: datetime) -> datetime:
    """The midnight in Vietnam that the two weeks begin with."""
    first = (upto - timedelta(days=DAYS)).astimezone(VIETNAM)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def arrivals(count: int, upto: datetime, random: Random) -> list[datetime]:
    """So many moments between the beginning and `upto`, in order."""
    start = beginning(upto)
    found: list[datetime] = []
    while len(found) < count:
        if random.random() < _FRESH:
            moment = upto - timedelta(hours=_FRESH_HOURS * random.random())
        else:
            moment = start + (upto - start) * random.random()
            weight = _BY_HOUR[moment.astimezone(VIETNAM).hour] / max(_BY_HOUR)
            if random.random() > weight:
                continue
        if moment < upto - timedelta(seconds=30):
            found.append(moment)
    return sorted(found)
