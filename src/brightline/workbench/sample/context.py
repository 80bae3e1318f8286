"""Every page says where the data is made up."""

from __future__ import annotations

import time

from django.http import HttpRequest

from brightline.workbench.sample.models import Filling

_FRESH = 60.0
_known: dict[str, tuple[float, bool]] = {}


def sample(_request: HttpRequest) -> dict[str, bool]:
    """For templates: `sample_data`, whether this installation holds sample data."""
    return {"sample_data": holds_sample_data()}


def holds_sample_data() -> bool:
    """Whether there is sample data here; asked of the database at most once a minute."""
    kept = _known.get("")
    if kept is None or time.monotonic() - kept[0] > _FRESH:
        kept = _known[""] = time.monotonic(), Filling.objects.exists()
    return kept[1]


def forget() -> None:
    """Ask again at the next page: after a filling, and between tests."""
    _known.clear()
