"""A ready statement gives what the queryset it was made from gives."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brightline.workbench.cases.models import Case, Market, QueueState, Task
from brightline.workbench.ready import Ready, ReadyInsert, ReadyUpdate, ReadyValues
from tests.workbench.making import a_case

pytestmark = pytest.mark.django_db


def test_it_gives_the_same_models_with_what_they_are_joined_to(release):
    for number in range(4):
        a_case(f"Kiếm {number}", seller=f"shop-{number % 2}")
    held = Ready(
        lambda hole: (
            Task.objects.select_related("case")
            .filter(case__seller=hole("seller"), due_at__gt=hole("since"))
            .order_by("id")
        ),
        seller=str,
        since=datetime,
    )
    since = timezone.now() - timedelta(days=1)
    for seller in ("shop-0", "shop-1", "none"):
        slow = Task.objects.select_related("case").filter(case__seller=seller, due_at__gt=since)
        fast = held.rows(seller=seller, since=since)
        assert [vars_of(one) for one in fast] == [vars_of(one) for one in slow.order_by("id")]
        assert [vars_of(one.case) for one in fast] == [vars_of(t.case) for t in slow.order_by("id")]
    assert held.rows(seller="shop-0", since=timezone.now() + timedelta(days=99)) == []


def vars_of(one) -> dict:
    return {name: value for name, value in vars(one).items() if name != "_state"}


def test_with_only_some_columns_the_rest_is_read_when_asked_for(release):
    case = a_case().case
    some = Ready(lambda hole: Case.objects.filter(pk=hole("case")).only("ref"), case=int)
    found = some.first(case=case.pk)
    assert found.get_deferred_fields()
    assert found.attributes == case.attributes


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(TEXTS, st.integers(1, 30_000))
def test_whatever_is_written_is_read_again(db, why, minutes):
    QueueState.objects.all().delete()
    Market.objects.all().delete()
    state = ReadyInsert(QueueState).add(QueueState(market="VN", queue="x", paused=True, why=why))
    assert vars_of(QueueState.objects.get(pk=state.pk)) == vars_of(state)
    Market.objects.create(code="VN")
    update = ReadyUpdate(
        lambda hole: Market.objects.filter(code=hole("code")),
        lambda hole: {"lease_minutes": hole("minutes"), "automatic": False},
        code=str, minutes=int,
    )  # fmt: skip
    assert update.run(code="VN", minutes=minutes) == 1
    assert update.run(code="XX", minutes=minutes) == 0
    values = ReadyValues(
        lambda hole: Market.objects.filter(code=hole("code")).values_list("code", "lease_minutes"),
        code=str,
    )
    assert values.rows(code="VN") == [("VN", minutes)]


def test_a_hole_that_gets_lost_is_refused_at_once(db):
    lost = Ready(lambda hole: Market.objects.filter(code="VN"), code=str)
    with pytest.raises(TypeError, match="lost"):
        lost.rows(code="VN")
