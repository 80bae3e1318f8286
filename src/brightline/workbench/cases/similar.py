"""Earlier cases that help with this one: nearly the same words, or the same seller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.ready import Hole, Ready


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


_LOOKED_AT = 10
_SHOWN = ("market", "ref", "subject", "seller", "attributes", "action", "received_at")
_ALIKE = Ready(
    lambda hole: _newest(Case.objects.filter(fingerprint=hole("mark")), hole),
    mark=int,
    market=str,
    this=int,
)
_SELLERS = Ready(
    lambda hole: _newest(Case.objects.filter(seller=hole("seller")), hole),
    seller=str,
    market=str,
    this=int,
)
_IN_FORCE = Ready(
    lambda hole: (
        Decision.objects.filter(case__in=[hole(f"n{n}") for n in range(_LOOKED_AT)], in_force=True)
        .defer("facts")
        .order_by("at", "pk")
    ),
    **{f"n{n}": int for n in range(_LOOKED_AT)},
)


def _newest(cases: QuerySet[Case], hole: Hole) -> QuerySet[Case]:
    others = cases.filter(market=hole("market")).exclude(pk=hole("this"))
    return others.only(*_SHOWN).order_by("-received_at", "-pk")[:_LOOKED_AT]


def near_identical(case: Case, most: int = 5) -> list[Earlier]:
    """Other cases of the market with the same words (see `searching.fingerprint`), newest first.

    Empty for a case with fewer than three words to go by.
    """
    if not case.fingerprint:
        return []
    found = _ALIKE.rows(mark=case.fingerprint, market=case.market, this=case.pk)
    return _with_outcome(found[:most])


def of_seller(case: Case, most: int = 10) -> list[Earlier]:
    """Other cases of the same seller in the market, newest first, at most ten; empty where none
    is named."""
    if not case.seller:
        return []
    found = _SELLERS.rows(seller=case.seller, market=case.market, this=case.pk)
    return _with_outcome(found[:most])


def _with_outcome(found: list[Case]) -> list[Earlier]:
    if not found:
        return []
    keys = [one.pk for one in found] + [0] * (_LOOKED_AT - len(found))
    newest: dict[int, Decision] = {}
    for decision in _IN_FORCE.rows(**{f"n{n}": key for n, key in enumerate(keys)}):
        newest[decision.case_id] = decision
    return [Earlier(one, newest.get(one.pk)) for one in found]
