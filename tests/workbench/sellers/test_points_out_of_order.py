"""Decisions made at the same time may be booked in the other order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.cases.models import Decision
from brightline.workbench.sellers.actions.book_points import book_points
from brightline.workbench.sellers.models import AccountAction, PointEntry, Seller
from tests.workbench.making import a_case, decided

pytestmark = pytest.mark.django_db


def test_an_earlier_decision_booked_later_reaches_no_rung_again(release, alice):
    for number in range(3):
        a_case(f"Kiếm Nhật số {number}")
        decided(alice, item="weapon", hidden="no")
    last, first = Decision.objects.order_by("-pk")[0], Decision.objects.order_by("pk")[0]
    seller = Seller.objects.get()
    rungs = sorted(AccountAction.objects.values_list("rung", flat=True))
    assert rungs == [12, 24]
    PointEntry.objects.filter(decision=last).delete()
    Decision.objects.filter(pk=last.pk).update(at=first.at - timedelta(seconds=1))
    assert Decision.objects.get(pk=last.pk).at < timezone.now()
    book_points(seller, Decision.objects.get(pk=last.pk))
    assert sorted(AccountAction.objects.values_list("rung", flat=True)) == rungs
