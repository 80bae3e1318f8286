"""In which shift a person works: read from when they took their tasks, kept nowhere.

A roster is another system's business; what counts here is who can be reached when.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour
from django.utils import timezone

from brightline.i18n import N_, _
from brightline.workbench.cases.models import Task

DAYS = 14
SHIFTS = {
    "early": N_("Early shift (6–14)"),
    "late": N_("Late shift (14–22)"),
    "night": N_("Night shift (22–6)"),
    "": N_("No work in the last 14 days"),
}


def shift_words(shift: str) -> str:
    """What a shift is called, in the language in force."""
    return _(SHIFTS[shift])


def shifts_of(people: Collection[int]) -> dict[int, str]:
    """Person → the shift in which they took most of their tasks lately; missing: none."""
    counts: dict[int, dict[str, int]] = {}
    rows = (
        Task.objects.filter(
            claimed_by__in=people, claimed_at__gte=timezone.now() - timedelta(days=DAYS)
        )
        .annotate(hour=ExtractHour("claimed_at"))
        .values("claimed_by", "hour")
        .annotate(n=Count("pk"))
    )
    for row in rows:
        mine = counts.setdefault(row["claimed_by"], {})
        shift = _shift_at(row["hour"])
        mine[shift] = mine.get(shift, 0) + row["n"]
    return {person: max(sorted(mine), key=lambda one: mine[one]) for person, mine in counts.items()}


def _shift_at(hour: int) -> str:
    if 6 <= hour < 14:
        return "early"
    return "late" if 14 <= hour < 22 else "night"
