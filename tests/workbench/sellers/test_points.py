"""Points follow the decisions in force; rungs are reached and, with points given back, lifted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.audit.models import Event
from brightline.workbench.cases.actions.conclude import decided as came_into_force
from brightline.workbench.cases.models import Decision
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.sellers.ladder import ladder_at, standing
from brightline.workbench.sellers.models import AccountAction, PointEntry, Seller
from tests.workbench.making import a_rulebook, decided
from tests.workbench.sellers.making import adjudicate, points, removed, suspended

pytestmark = pytest.mark.django_db
WINDOW = timedelta(days=90)


def rungs(**more) -> list[int]:
    return list(AccountAction.objects.filter(**more).values_list("rung", flat=True))


def test_a_decision_adds_its_points(release, alice):
    decision = removed(alice)
    entry = PointEntry.objects.get()
    assert (entry.amount, entry.decision, entry.counts_from) == (12, decision, decision.at)
    assert Event.objects.get(kind="points.added").after["points"] == 12


def test_a_repeated_signal_adds_nothing(release, alice):
    decision = removed(alice)
    for _time in range(3):
        came_into_force.send(Decision, decision=decision, before="")
    assert points() == 12
    assert AccountAction.objects.count() == 1


def test_an_entry_is_never_edited(release, alice):
    removed(alice)
    with pytest.raises(TypeError):
        PointEntry.objects.get().save()


def test_points_given_back_leave_both_entries(release, alice, carol):
    adjudicate(removed(alice))
    decided(carol, item="other")
    assert list(PointEntry.objects.values_list("amount", flat=True)) == [12, -12]
    assert Event.objects.filter(kind="points.returned").count() == 1


def test_a_changed_decision_books_the_difference_from_the_same_day_on(release, alice, carol):
    first = removed(alice)
    adjudicate(first)
    decided(carol, item="weapon", hidden="yes")
    old, new = PointEntry.objects.order_by("id")
    assert (new.amount, new.counts_from) == (12, old.counts_from)


def test_each_rung_reached_limits_the_account_once(release, alice):
    removed(alice, title="Kiếm Nhật một")
    assert rungs() == [12]
    removed(alice, title="Kiếm Nhật hai")
    assert rungs() == [12, 24]
    assert AccountAction.objects.get(rung=24).title["vi"] == "Tạm khóa 28 ngày"
    assert Event.objects.filter(kind="account.limited").count() == 2


def test_two_rungs_at_once_are_both_reached(release, alice):
    suspended(alice)
    assert rungs() == [12, 24]


def test_a_rung_that_was_only_reached_with_points_given_back_is_lifted(release, alice, carol):
    removed(alice, title="Kiếm Nhật một")
    second = removed(alice, title="Kiếm Nhật hai")
    adjudicate(second)
    last = decided(carol, item="other")
    assert rungs(lifted_at=None) == [12]
    lifted = AccountAction.objects.get(rung=24)
    assert lifted.lifted_by == last
    assert Event.objects.get(kind="account.restored").after["rung"] == 24


def test_a_rung_that_later_points_uphold_stays(release, alice, carol):
    first = removed(alice, title="Kiếm Nhật một")
    removed(alice, title="Kiếm Nhật hai")
    adjudicate(first)
    decided(carol, item="other")
    assert rungs(lifted_at=None) == [12]


def test_a_rung_lifted_can_be_reached_again(release, alice, carol):
    adjudicate(removed(alice, title="Kiếm Nhật một"))
    decided(carol, item="other")
    removed(alice, title="Kiếm Nhật hai")
    assert rungs(lifted_at=None) == [12]
    assert rungs() == [12, 12]


def test_points_lapse_with_the_ladders_window(release, alice):
    decision = removed(alice)
    seller = Seller.objects.get()
    assert standing(seller, decision.at, WINDOW) == 12
    assert standing(seller, decision.at + WINDOW - timedelta(seconds=1), WINDOW) == 12
    assert standing(seller, decision.at + WINDOW, WINDOW) == 0


def test_an_action_whose_points_lapsed_is_not_lifted_by_another_appeal(release, alice, carol):
    old = removed(alice, title="Kiếm Nhật một")
    long_ago = old.at - timedelta(days=100)
    PointEntry.objects.update(at=long_ago, counts_from=long_ago)
    AccountAction.objects.update(at=long_ago)
    adjudicate(removed(alice, title="Kiếm Nhật hai"))
    decided(carol, item="other")
    kept, lifted = AccountAction.objects.order_by("at")
    assert (kept.lifted_at, lifted.lifted_at is None) == (None, False)


def test_the_ladder_is_that_of_the_release_in_force_at_the_time(release, alice):
    before = timezone.now()
    raw = a_rulebook().model_dump(mode="json", by_alias=True)
    raw["ladder"]["steps"][0]["at"] = 5
    publish(type(a_rulebook()).model_validate(raw), None)
    assert ladder_at("VN", before).ladder.steps[0].at == 12
    assert ladder_at("VN", timezone.now()).ladder.steps[0].at == 5


def test_sellers_do_not_share_points(release, alice):
    removed(alice, seller="shop-1", title="Kiếm Nhật một")
    removed(alice, seller="shop-2", title="Kiếm Nhật hai")
    assert points("shop-1") == points("shop-2") == 12
    assert rungs() == [12, 12]
