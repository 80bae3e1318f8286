"""One's own settings for harmful content: kept, checked, and held by the server."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Task
from brightline.workbench.console.actions.begin import begin
from brightline.workbench.console.actions.set_wellness import set_wellness
from brightline.workbench.console.wellness import EXPOSED, Wellness, exposures
from tests.workbench.making import a_case, decided

pytestmark = pytest.mark.django_db
FORM = {"blur": "all", "greyscale": "on", "break_every_minutes": "45", "harmful_limit": "2"}


@pytest.fixture
def harmful(settings):
    settings.HARMFUL_SOPS = frozenset({"knives"})


def test_the_settings_are_kept_and_in_the_log(release, alice, client):
    client.force_login(alice)
    assert client.post("/review/wellness/", FORM).status_code == 302
    alice.refresh_from_db()
    assert Wellness.of(alice.wellness) == Wellness("all", True, False, 45, 2)
    assert Event.objects.filter(kind="person.changed").count() == 1
    client.post("/review/wellness/", FORM)
    assert Event.objects.filter(kind="person.changed").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"break_every_minutes": "-1"}, {"harmful_limit": "9999999"}, {"harmful_limit": "x"},
     {"blur": "evil"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_typed_text_stays(release, alice, client, wrong):
    client.force_login(alice)
    response = client.post("/review/wellness/", FORM | wrong)
    assert response.status_code == 400
    alice.refresh_from_db()
    assert alice.wellness == {}


@pytest.mark.parametrize(
    "stored",
    [{}, {"blur": 3}, {"harmful_limit": "x"}, {"exposed": "x"}, {"break_every_minutes": 10**9},
     {"exposed": [1, "x"]}],
)  # fmt: skip
def test_settings_that_were_spoiled_are_as_usual(stored):
    assert Wellness.of(stored).blur == "harmful"
    assert exposures(stored, timezone.now()) == []


def test_past_the_limit_the_server_gives_no_harmful_case(release, alice, bob, harmful):
    set_wellness(alice, Wellness(harmful_limit=2))
    for number in range(3):
        a_case(f"Kiếm Nhật {number}")
    for _number in range(2):
        assert begin(alice).task is not None
        decided(alice, item="other")
    barred = begin(alice)
    assert (barred.task, barred.limited) == (None, True)
    assert Task.objects.filter(status="open").count() == 1
    assert not Event.objects.filter(kind="task.claimed", actor=alice).count() > 2
    assert begin(bob).task is not None


def test_a_queue_that_begins_with_a_milder_case_still_gives(release, alice, monkeypatch):
    monkeypatch.setattr(f"{begin.__module__}.is_harmful", lambda task: task.queue == "regulated")
    set_wellness(alice, Wellness(harmful_limit=1))
    a_case("Kiếm Nhật 1")
    begin(alice)
    decided(alice, item="other")
    a_case("Kiếm Nhật 2")
    mild = a_case("Kiếm Nhật 3").task
    Task.objects.filter(pk=mild.pk).update(queue="general")
    assert begin(alice).task == mild
    assert Task.objects.filter(status="open", queue="regulated").count() == 1


def test_exposure_is_forgotten_after_a_shift(release, alice, harmful):
    long_ago = (timezone.now() - timedelta(hours=13)).isoformat()
    alice.wellness = {"harmful_limit": 1, EXPOSED: [long_ago]}
    alice.save()
    a_case()
    assert begin(alice).task is not None
    alice.refresh_from_db()
    assert len(alice.wellness[EXPOSED]) == 1


def test_going_on_with_a_case_counts_once(release, alice, harmful):
    a_case()
    for _time in range(3):
        begin(alice)
    alice.refresh_from_db()
    assert len(alice.wellness[EXPOSED]) == 1


def test_the_page_says_what_counts_and_how_much_it_was(release, alice, client, harmful):
    a_case()
    begin(alice)
    client.force_login(alice)
    page = client.get("/review/wellness/").content.decode()
    assert "Dao và vũ khí" in page
    assert "tới giờ là 1" in page


def test_the_start_says_why_nothing_comes(release, alice, client, harmful):
    set_wellness(alice, Wellness(harmful_limit=1))
    a_case()
    begin(alice)
    decided(alice, item="other")
    a_case("Kiếm Nhật 2")
    client.force_login(alice)
    page = client.post("/review/begin/", {}, follow=True).content.decode()
    assert "giới hạn vụ nặng nề" in page
