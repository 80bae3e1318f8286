"""How long a task is in someone's hands before it returns to its queue."""

from __future__ import annotations

import time

from brightline.workbench.cases.models import Market

_FRESH = 2.0
_USUAL = 15
_known: dict[str, tuple[float, int]] = {}


def lease_minutes(market: str) -> int:
    """The lease of a market, remembered for two seconds: every answer asks for it."""
    kept = _known.get(market)
    if kept is None or time.monotonic() - kept[0] > _FRESH:
        found = Market.objects.values_list("lease_minutes", flat=True).filter(pk=market).first()
        kept = _known[market] = time.monotonic(), found or _USUAL
    return kept[1]


def forget() -> None:
    """Ask again: between tests."""
    _known.clear()
