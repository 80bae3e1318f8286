"""The start: what waits for one, queue by queue, and beginning."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.leave import skip
from brightline.workbench.cases.models import QueueState, Task
from brightline.workbench.console.today import today
from brightline.workbench.console.waiting import waiting_for
from tests.workbench.making import a_case, decided, person, shares

pytestmark = pytest.mark.django_db


def counts(who) -> dict[str, int]:
    return {one.queue: one.count for one in waiting_for(who)}


def test_it_counts_what_one_could_get(release, alice, bob):
    a_case()
    a_case("Kiếm Nhật khác")
    assert counts(alice) == {"regulated": 2, "general": 0}
    skip(claim(alice).pk, alice, "x")
    assert counts(alice)["regulated"] == 1
    assert counts(bob)["regulated"] == 2


def test_what_only_a_senior_may_settle_waits_for_seniors(release, alice, bob, carol):
    shares(second=1.0)
    a_case()
    decided(alice, item="weapon", hidden="no")
    decided(bob, item="other")
    eve = person("eve", "moderator")
    assert (counts(eve)["regulated"], counts(carol)["regulated"]) == (0, 1)


def test_a_question_for_legal_waits_for_legal_only(release, alice, carol):
    from brightline.workbench.escalations.actions.escalate import escalate

    a_case()
    escalate(claim(alice).pk, alice, "Hợp pháp không?", "legal")
    assert counts(carol)["regulated"] == 0
    assert counts(person("luat", "legal"))["regulated"] == 1


def test_it_says_what_is_paused_and_why(release, alice, client):
    a_case()
    QueueState.objects.create(market="VN", queue="regulated", paused=True, why="Rà <lại> luật")
    client.force_login(alice)
    page = client.get("/review/").content.decode()
    assert "tạm dừng" in page
    assert "Rà &lt;lại&gt; luật" in page
    assert "Hiện không còn vụ nào chờ" in page


def test_begin_leads_to_the_first_task_and_remembers_the_queues(release, alice, client):
    a_case()
    client.force_login(alice)
    response = client.post(
        "/review/begin/", {"choosing": "1", "queue": ["VN/general"]}, follow=True
    )
    assert "Hiện không có vụ nào chờ bạn" in response.content.decode()
    assert not Task.objects.filter(status="claimed").exists()
    response = client.post(
        "/review/begin/", {"choosing": "1", "queue": ["VN/general", "VN/regulated"]}
    )
    assert response.url == f"/review/task/{Task.objects.get(status='claimed').pk}/"


def test_without_a_queue_ticked_it_says_so(release, alice, client):
    client.force_login(alice)
    response = client.post("/review/begin/", {"choosing": "1"}, follow=True)
    assert "Hãy chọn ít nhất một hàng đợi" in response.content.decode()


def test_a_case_in_hand_is_offered_first(task, client):
    page = client.get("/review/").content.decode()
    assert "Bạn đang giữ một vụ" in page
    assert f"/review/task/{task.pk}/" in page
    assert client.post("/review/begin/", {}).url == f"/review/task/{task.pk}/"


def test_ones_numbers_of_today_name_their_denominator(release, alice, client):
    for _number in range(3):
        a_case()
        decided(alice, item="other")
    assert today(alice).decided == 3
    client.force_login(alice)
    assert "Hôm nay: 3 vụ đã quyết định, trung vị" in client.get("/review/").content.decode()


def test_a_role_for_a_queue_that_is_not_there_says_what_to_do(release, client):
    client.force_login(person("eve", "moderator", queue="nowhere"))
    assert client.get("/review/").status_code == 200
