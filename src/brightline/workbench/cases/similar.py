"""Earlier cases that help with this one: nearly the same words, or the same seller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from brightline.workbench.cases.models import Case, Decision


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case and the decision in force on it; None while it waits."""

    case: Case
    decision: Decision | None

    @property
    def action(self) -> str:
        """Its outcome; empty while there is none."""
        return self.decision.action if self.decision else self.case.action

    @property
    def at(self) -> datetime:
        """When it was decided, else when it came in."""
        return self.decision.at if self.decision else self.case.received_at


def near_identical(case: Case, most: int = 5) -> list[Earlier]:
    """Other cases of the market with the same words (see `searching.fingerprint`), newest first.

    Empty for a case with fewer than three words to go by.
    """
    if not case.fingerprint:
        return []
    return _with_outcome(Case.objects.filter(fingerprint=case.fingerprint), case, most)


def of_seller(case: Case, most: int = 10) -> list[Earlier]:
    """Other cases of the same seller in the market, newest first; empty where none is named."""
    if not case.seller:
        return []
    return _with_outcome(Case.objects.filter(seller=case.seller), case, most)


def _with_outcome(cases: QuerySet[Case], case: Case, most: int) -> list[Earlier]:
    found = list(
        cases.filter(market=case.market).exclude(pk=case.pk).order_by("-received_at", "-pk")[:most]
    )
    newest: dict[int, Decision] = {}
    for decision in Decision.objects.filter(case__in=found, in_force=True).order_by("at", "pk"):
        newest[decision.case_id] = decision
    return [Earlier(one, newest.get(one.pk)) for one in found]
