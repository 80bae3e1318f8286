"""The page of a turn and what it sends: answers, looks ahead, the decision, skipping, giving back."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Answer, Aside, Decision, Task
from tests.workbench.making import a_case, answered

pytestmark = pytest.mark.django_db


def sent(**more):
    return {"key": str(uuid.uuid4()), **more}


def post(client, task, what, body):
    return client.post(f"/review/task/{task.pk}/{what}/", json.dumps(body), "application/json")


@pytest.fixture
def task(release, alice, client):
    """A task in alice's hands; she is logged in."""
    a_case("Kiếm Nhật <b>dài</b>")
    client.force_login(alice)
    return claim(alice)


def test_it_shows_the_case_and_the_first_question(task, client):
    page = client.get(f"/review/task/{task.pk}/").content.decode()
    assert "Sản phẩm là gì?" in page
    assert "Kiếm Nhật</mark> &lt;b&gt;dài&lt;/b&gt;" in page
    assert "danh sách từ “knives”" in page or "word list" in page


def test_an_answer_leads_to_the_next_question(task, client):
    response = post(client, task, "answers", {"sent": [sent(fact="item", value="weapon")]})
    said = response.json()
    assert len(said["taken"]) == 1
    assert "Vũ khí có ngụy trang không?" in said["html"]


def test_the_same_answer_sent_again_is_acknowledged_and_counts_once(task, client):
    one = sent(fact="item", value="weapon")
    first = post(client, task, "answers", {"sent": [one]}).json()
    again = post(client, task, "answers", {"sent": [one]}).json()
    assert first["taken"] == again["taken"] == [one["key"]]
    assert first["token"] == again["token"]
    assert Answer.objects.count() == 1


def test_answers_and_undos_are_taken_in_order(task, client):
    rows = [sent(fact="item", value="other"), sent(undo=True), sent(fact="item", value="weapon"),
            sent(fact="hidden", value="yes")]  # fmt: skip
    said = post(client, task, "answers", {"sent": rows}).json()
    assert said["state"] == "verdict"
    assert "Tạm khóa gian hàng" in said["html"]


def test_what_is_drawn_ahead_is_what_follows(task, client):
    ahead = client.get(f"/review/task/{task.pk}/ahead/").json()
    assert {one["value"] for one in ahead["ahead"]} == {
        "weapon", "kitchen_knife", "other", "cannot_tell",
    }  # fmt: skip
    assert not Answer.objects.exists()
    by_value = {one["value"]: one for one in ahead["ahead"]}
    for value in ("weapon", "other"):
        key = sent(fact="item", value=value)
        said = post(client, task, "answers", {"sent": [key]}).json()
        assert (said["token"], said["html"]) == (by_value[value]["token"], by_value[value]["html"])
        post(client, task, "answers", {"sent": [sent(undo=True)]})


def test_the_verdict_is_confirmed_once_and_the_next_task_comes(task, alice, client):
    a_case("Kiếm Nhật khác")
    token = post(client, task, "answers", {"sent": [sent(fact="item", value="other")]}).json()["token"]
    first = post(client, task, "decide", {"token": token, "note": "Đồ chơi"}).json()
    again = post(client, task, "decide", {"token": token}).json()
    assert first == again
    assert Decision.objects.get().note == "Đồ chơi"
    assert first["to"] == f"/review/task/{Task.objects.get(status='claimed').pk}/"
    assert "vừa quyết định" in client.get(first["to"]).content.decode()
