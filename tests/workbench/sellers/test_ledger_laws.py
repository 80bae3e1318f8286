"""Whatever the order of decisions and overturns, the ledger is what a slow recomputation says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brightline.workbench.audit.recording import together
from brightline.workbench.cases.actions.conclude import write_decision
from brightline.workbench.cases.models import Case, Decision, How
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.in_force import engine_of, forget
from brightline.workbench.sellers.ladder import standing
from brightline.workbench.sellers.models import AccountAction, Seller
from tests.examples import some
from tests.workbench.making import a_case, a_rulebook

START = datetime(2026, 1, 1, tzinfo=UTC)
WINDOW = timedelta(days=90)
RUNGS = (12, 24)
FACTS = {
    0: {"item": "other"},
    12: {"item": "weapon", "hidden": "no"},
    24: {"item": "weapon", "hidden": "yes"},
}
acts = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([0, 12, 24]), st.integers(1, 60)), max_size=14
)


@dataclass
class Slow:
    """The obvious way: what each case held when, kept whole; everything else is counted anew."""

    held: dict[int, list[tuple[datetime, int]]] = field(default_factory=dict)

    def decide(self, case: int, at: datetime, points: int) -> None:
        self.held.setdefault(case, []).append((at, points))

    def since(self, case: int) -> datetime | None:
        """When what a case holds now began to count: its last rise from nothing."""
        began, before = None, 0
        for at, points in self.held[case]:
            if points and not before:
                began = at
            before = points
        return began if before else None

    def standing(self, at: datetime) -> int:
        return sum(
            history[-1][1]
            for case, history in self.held.items()
            if (since := self.since(case)) is not None and at - WINDOW < since <= at
        )


def written(case: Case, engine: Engine, points: int, at: datetime) -> Decision:
    facts = {
        name: {"value": value, "source": "moderator", "relied_on": True}
        for name, value in FACTS[points].items()
    }
    ruling = engine.decide(case.subject, case.day, facts)
    assert ruling.verdict.points == points
    return write_decision(case, engine, ruling, How.ADJUDICATION, None, None, at=at)


EXAMPLES = some(60) if connection.vendor == "sqlite" else 10


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts)
def test_any_order_leaves_what_a_recomputation_says(release, steps):
    from django.db import transaction

    engine = engine_of(release.sha)
    slow, at = Slow(), START
    with transaction.atomic():
        with together():
            cases = [a_case(f"Kiếm Nhật {number}", seller="shop-9").case for number in range(4)]
            for number, points, days in steps:
                at += timedelta(days=days)
                written(cases[number], engine, points, at)
                slow.decide(number, at, points)
                seller = Seller.objects.filter(code="shop-9").first()
                now = standing(seller, at, WINDOW) if seller else 0
                assert now == slow.standing(at)
                check_rungs(seller, slow, now)
        transaction.set_rollback(True)
    forget()


def check_rungs(seller, slow: Slow, now: int) -> None:
    """A rung stood upon has an action; an action never outlives the points it came from."""
    for rung in RUNGS:
        mine = AccountAction.objects.filter(seller=seller, rung=rung) if seller else []
        standing_on = [a for a in mine if a.lifted_at is None]
        if now >= rung:
            assert standing_on
        for action in standing_on:
            moments = [action.at, *(m for c in slow.held if (m := slow.since(c)) is not None)]
            assert max(slow.standing(m) for m in moments if m >= action.at) >= rung


def test_the_small_rulebook_has_the_ladder_these_laws_are_about():
    ladder = a_rulebook().ladder
    assert tuple(step.at for step in ladder.steps) == RUNGS
    assert timedelta(seconds=ladder.window) == WINDOW
