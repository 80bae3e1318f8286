"""A manager sees how the queues stand, pauses them, and moves tasks without losing any."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.audit.models import Event
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Market, QueueState, Task
from brightline.workbench.queues.actions.undo import undo
from brightline.workbench.queues.standing import forget, standings
from tests.workbench.making import a_case, decided, person

pytestmark = pytest.mark.django_db
HERE = ["VN", "regulated"]


@pytest.fixture(autouse=True)
def _counted_anew():
    forget()
    yield
    forget()


@pytest.fixture
def manager(client: Client, mai, release) -> Client:
    """The browser of a programme manager."""
    client.force_login(mai)
    return client


def act(client: Client, do: str, tasks: list[Task], sure: str = "1", why: str = "rà soát", **more):
    said = {"do": do, "task": [t.pk for t in tasks], "why": why, **more}
    if sure:
        said["sure"] = sure
    return client.post(reverse("bulk", args=HERE), said, follow=True)


def three() -> list[Task]:
    return [a_case(f"Kiếm Nhật số {n}").task for n in range(3)]


def test_the_figures_are_those_of_the_tasks(manager, alice, bob):
    three()
    claim(bob)
    decided(alice, item="kitchen_knife")
    Task.objects.filter(status="open").update(due_at=timezone.now() - timedelta(hours=1))
    forget()
    now = standings("VN")["regulated"]
    assert (now.waiting, now.claimed, now.overdue, now.decided, now.within) == (1, 1, 1, 1, 1)
    text = manager.get(reverse("queues")).content.decode()
    assert "Hàng cấm" in text
    assert "100%" in text
    assert "1 trên 1" in text


def test_the_table_alone_is_given_for_the_live_page(manager):
    text = manager.get(reverse("queues"), headers={"X-Part": "1"}).content.decode()
    assert "<html" not in text
    assert "<table" in text


def test_a_queue_is_paused_with_a_reason_and_resumed(manager, mai, alice):
    task = a_case().task
    pause = reverse("pause_queue", args=HERE)
    manager.post(pause, {"do": "pause", "why": " "})
    assert not QueueState.objects.exists()
    manager.post(pause, {"do": "pause", "why": "Chờ pháp lý"})
    assert claim(alice) is None
    assert "Chờ pháp lý" in manager.get(reverse("queues")).content.decode()
    manager.post(pause, {"do": "resume"})
    assert claim(alice) == task
    kinds = [e.kind for e in Event.objects.filter(actor=mai)]
    assert kinds == ["queue.paused", "queue.resumed"]


def test_an_act_is_shown_before_it_is_done(manager, alice):
    tasks = three()
    claim(alice)
    answer = act(manager, "move", tasks, sure="", target="general")
    assert "2 lượt duyệt sẽ chuyển" in answer.content.decode()
    assert "1 lượt duyệt khác giữ nguyên" in answer.content.decode()
    assert not Task.objects.filter(queue="general").exists()


def test_tasks_are_moved_and_moved_back(manager):
    tasks = three()
    dues = {t.pk: t.due_at for t in tasks}
    act(manager, "move", tasks, target="general")
    assert Task.objects.filter(queue="general").count() == 3
    assert {t.pk: t.due_at for t in Task.objects.all()} == dues
    event = Event.objects.get(kind="task.moved")
    assert event.after["tasks"] == sorted(dues)
    manager.post(reverse("undo_bulk", args=[event.seq]))
    assert Task.objects.filter(queue="regulated").count() == 3
    assert Event.objects.filter(kind="task.moved").count() == 2


def test_an_undo_leaves_what_was_taken_meanwhile(manager, mai, alice):
    act(manager, "move", three(), target="general")
    taken = claim(alice)
    event = Event.objects.get(kind="task.moved")
    assert undo(event, mai) == 2
    taken.refresh_from_db()
    assert taken.queue == "general"


def test_an_undo_comes_too_late_after_an_hour(manager, monkeypatch):
    act(manager, "move", three(), target="general")
    event = Event.objects.get(kind="task.moved")
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("brightline.workbench.queues.actions.undo.timezone.now", lambda: later)
    manager.post(reverse("undo_bulk", args=[event.seq]))
    assert Task.objects.filter(queue="general").count() == 3


def test_the_urgency_is_changed_and_changed_back(manager, mai):
    tasks = three()
    Task.objects.filter(pk=tasks[0].pk).update(urgency=2)
    act(manager, "urgency", tasks, urgency="1")
    assert set(Task.objects.values_list("urgency", flat=True)) == {1}
    assert undo(Event.objects.get(kind="task.urgency_changed"), mai) == 3
    assert sorted(Task.objects.values_list("urgency", flat=True)) == [2, 3, 3]


@pytest.mark.parametrize("urgency", ["7", "-1", "", "x"])
def test_there_are_four_degrees_only(manager, urgency):
    act(manager, "urgency", three(), urgency=urgency)
    assert set(Task.objects.values_list("urgency", flat=True)) == {3}


def test_a_task_is_taken_back_from_who_holds_it(manager, alice, bob):
    task = a_case().task
    claim(alice)
    act(manager, "put_back", [task])
    assert claim(bob) == task
    event = Event.objects.get(kind="task.released")
    assert event.before == {"person": alice.pk}
    assert event.case_id == task.case_id


def test_nothing_is_done_without_a_reason(manager):
    act(manager, "move", three(), why=" ", target="general")
    assert not Task.objects.filter(queue="general").exists()


def test_all_that_are_found_may_be_meant(manager):
    three()
    manager.post(reverse("bulk", args=HERE), {"do": "move", "all": "1", "state": "open",
                 "target": "general", "sure": "1", "why": "dồn"})  # fmt: skip
    assert Task.objects.filter(queue="general").count() == 3


def test_a_task_of_another_queue_is_not_touched(manager):
    task = three()[0]
    Task.objects.filter(pk=task.pk).update(queue="general")
    act(manager, "move", [task], target="general")
    act(manager, "urgency", [task], urgency="0")
    task.refresh_from_db()
    assert (task.queue, task.urgency) == ("general", 3)


def test_a_queue_that_one_does_not_manage_is_no_target(client, release):
    tasks = three()
    client.force_login(person("reg", "manager", queue="regulated"))
    answer = client.post(reverse("bulk", args=HERE), {"do": "move", "task": [tasks[0].pk],
                         "target": "general", "sure": "1", "why": "x"})  # fmt: skip
    assert answer.status_code == 403


def test_the_list_is_in_the_order_of_serving_and_pages_lose_none(manager, alice, monkeypatch):
    monkeypatch.setattr("brightline.workbench.queues.listing.PAGE", 2)
    tasks = [a_case(f"Kiếm Nhật số {n}").task for n in range(5)]
    Task.objects.filter(pk=tasks[4].pk).update(urgency=0)
    Task.objects.filter(pk=tasks[3].pk).update(due_at=timezone.now())
    from brightline.workbench.queues.listing import Sieve, page_of, tasks_of

    seen, after = [], ""
    while True:
        rows, after = page_of(tasks_of(*HERE, Sieve()), after)
        seen += [t.pk for t in rows]
        if not after:
            break
    assert seen == [tasks[n].pk for n in (4, 3, 0, 1, 2)]
    assert claim(alice).pk == seen[0]


def test_the_settings_of_a_market_are_changed_and_told(manager, mai):
    told = {"automatic": "on", "audit_percent": "7.5", "second_percent": "0", "lease_minutes": "20",
            "appeal_days": "15", "why": "thử"}  # fmt: skip
    assert manager.post(reverse("market_settings", args=["VN"]), told).status_code == 302
    market = Market.objects.get()
    assert (market.audit_share, market.second_share, market.lease_minutes) == (0.075, 0, 20)
    event = Event.objects.get(kind="market.changed")
    assert event.before["audit_share"] == 0.05
    assert event.why == "thử"
    wrong = manager.post(reverse("market_settings", args=["VN"]), {**told, "audit_percent": "101"})
    assert wrong.status_code == 422
    assert "7,5%" in manager.get(reverse("events")).content.decode()
