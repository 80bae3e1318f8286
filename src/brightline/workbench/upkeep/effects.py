"""What happened with a clause before and after a change: decisions and appeals, of how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from brightline.workbench.cases.models import Decision
from brightline.workbench.sellers.models import Appeal
from brightline.workbench.sellers.models.appeal import Outcome
from brightline.workbench.upkeep.clause_history import Step

WINDOW = timedelta(days=28)
MOST = 200_000
"""Decisions read at most for one stretch; beyond it the newest count."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: decisions that met the clause, of all in force; of those that were told
    to a seller how many were appealed; of the appeals decided how many overturned it."""

    start: datetime
    until: datetime
    met: int
    decisions: int
    appealed: int
    overturned: int
    settled: int

    @property
    def days(self) -> float:
        """Its length in days."""
        return (self.until - self.start).total_seconds() / 86_400


def before_and_after(market: str, step: Step, earlier: Step | None) -> tuple[Stretch, Stretch]:
    """Four weeks each, less where the clause changed sooner, before or again."""
    now = timezone.now()
    start = max(step.at - WINDOW, earlier.at if earlier else step.at - WINDOW)
    until = min(step.at + WINDOW, step.until or now, now)
    was = earlier.name if earlier else step.name
    return (
        _stretch(market, was, start, step.at),
        _stretch(market, step.name, step.at, max(until, step.at)),
    )


def _stretch(market: str, name: tuple[str, str], start: datetime, until: datetime) -> Stretch:
    rows = Decision.objects.filter(
        case__market=market, in_force=True, at__gte=start, at__lt=until
    ).order_by("-at", "-pk")
    every, met = 0, []
    for pk, clauses in rows.values_list("pk", "clauses")[:MOST].iterator(chunk_size=5000):
        every += 1
        if any((one["sop"], one["clause"]) == name for one in clauses):
            met.append(pk)
    appealed = overturned = settled = 0
    for first in range(0, len(met), 500):
        found = Appeal.objects.filter(statement__decision__in=met[first : first + 500])
        for outcome in found.values_list("outcome", flat=True):
            appealed += 1
            settled += bool(outcome)
            overturned += outcome in (Outcome.OVERTURNED, Outcome.PARTLY)
    return Stretch(start, until, len(met), every, appealed, overturned, settled)
