"""How often a door without a login may be knocked at: counted in the database, a window at a time.

The database's cache would not do: it adds one by reading and writing, so that workers who count at
the same moment lose some, and it forgets after five minutes what is to be counted for an hour.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from brightline.workbench.sellers.models import Knocks


def too_often(what: str, most: int, seconds: int) -> int:
    """Seconds to wait where something has come more than `most` times in this window; else 0.

    A window is `seconds` long. However many workers ask at once, each knock counts once.
    """
    now = time.time()
    window = int(now // seconds)
    end = (window + 1) * seconds
    over = datetime.fromtimestamp(window * seconds, UTC)
    count = _counted(f"{what}:{window}"[:120], datetime.fromtimestamp(end, UTC), over)
    return 0 if count <= most else max(1, round(end - now))


def _counted(key: str, until: datetime, over: datetime) -> int:
    """One more; how many there are now. Windows that ended before `over` go."""
    with transaction.atomic():
        if not _one_more(key):
            Knocks.objects.filter(until__lt=over).delete()
            try:
                with transaction.atomic():
                    Knocks.objects.create(key=key, until=until)
            except IntegrityError:  # another was first at the same moment
                _one_more(key)
        count: int = Knocks.objects.values_list("count", flat=True).get(key=key)
        return count


def _one_more(key: str) -> bool:
    return bool(Knocks.objects.filter(key=key).update(count=F("count") + 1))
