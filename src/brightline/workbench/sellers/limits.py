"""How often a door without a login may be knocked at: counted in the cache, a window at a time."""

from __future__ import annotations

import time

from django.core.cache import cache


def too_often(what: str, most: int, seconds: int) -> int:
    """Seconds to wait where something has come more than `most` times in this window; else 0."""
    now = time.time()
    window = int(now // seconds)
    key = f"sellers:{what}:{window}"
    cache.add(key, 0, seconds + 1)
    try:
        count = cache.incr(key)
    except ValueError:  # it went out of the cache in between
        return 0
    return 0 if count <= most else max(1, round((window + 1) * seconds - now))
