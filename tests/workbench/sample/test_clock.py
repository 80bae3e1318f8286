"""Acts can be done at another time; elsewhere the time is the real one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.utils import timezone

import brightline.workbench
from brightline.workbench import clock
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Task
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook

THEN = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_everything_an_act_writes_bears_the_time_it_was_told():
    with clock.at(THEN - timedelta(days=1)):
        publish(a_rulebook(), None)
    with clock.at(THEN):
        received = a_case()
    assert received.case.received_at == THEN
    assert Task.objects.get().created_at == THEN
    assert Event.objects.order_by("-seq").first().at == THEN


def test_the_time_is_the_real_one_before_after_and_in_other_threads():
    seen = []
    with clock.at(THEN):
        assert timezone.now() == THEN
        other = Thread(target=lambda: seen.append(timezone.now()))
        other.start()
        other.join()
        with clock.at(THEN + timedelta(hours=1)):
            assert timezone.now() == THEN + timedelta(hours=1)
        assert timezone.now() == THEN
    assert timezone.now().year >= 2026
    assert timezone.now() != THEN
    assert abs(datetime.now(UTC) - seen[0]) < timedelta(minutes=1)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"), clock.at(datetime(2026, 3, 1)):  # noqa: DTZ001
        pass


def test_no_room_asks_another_clock():
    """`from … import now` would keep the old function; `datetime.now` knows nothing of `at`."""
    wrong = re.compile(r"from django\.utils\.timezone import|datetime\.(now|today|utcnow)\(")
    folder = Path(brightline.workbench.__file__).parent
    found = [str(f) for f in folder.rglob("*.py") if wrong.search(f.read_text("utf-8"))]
    assert not found
