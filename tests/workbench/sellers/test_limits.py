"""Knocks at a door without a login are counted for all workers together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from brightline.workbench.sellers import limits
from brightline.workbench.sellers.limits import too_often
from brightline.workbench.sellers.models import Knocks

NOON = datetime(2026, 11, 25, 12, 0, 20, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """`at(moment)` makes it that time for the counting."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(limits.time, "time", moment.timestamp)

    move(NOON)
    return move


@pytest.mark.django_db
def test_so_many_and_no_more_until_the_window_ends(at):
    assert [too_often("a", 3, 60) for _knock in range(5)] == [0, 0, 0, 40, 40]
    assert too_often("b", 3, 60) == 0
    at(NOON + timedelta(seconds=41))
    assert too_often("a", 3, 60) == 0


@pytest.mark.django_db
def test_a_count_of_an_hour_is_kept_for_an_hour(at):
    for _knock in range(3):
        too_often("a", 3, 3600)
    at(NOON + timedelta(minutes=50))
    cache.clear()
    assert too_often("a", 3, 3600) == 580


@pytest.mark.django_db
def test_windows_that_are_over_go(monkeypatch):
    Knocks.objects.create(key="old", until=datetime.now(UTC) - timedelta(minutes=2))
    too_often("a", 3, 60)
    assert [one.key.partition(":")[0] for one in Knocks.objects.all()] == ["a"]


@pytest.mark.django_db(transaction=True)
def test_those_who_knock_at_once_are_all_counted(at):
    def knock(_number: int) -> int:
        try:
            return too_often("a", 10, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        waits = list(workers.map(knock, range(40)))
    assert Knocks.objects.get().count == 40
    assert sorted(waits) == [0] * 10 + [40] * 30
