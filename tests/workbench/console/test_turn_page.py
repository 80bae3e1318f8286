"""The page of a turn and what it sends: answers, looks ahead, the decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.claiming import return_expired
from brightline.workbench.cases.models import Answer, Decision, Task
from tests.workbench.console.conftest import post, sent
from tests.workbench.making import a_case

pytestmark = pytest.mark.django_db


def test_it_shows_the_case_and_the_first_question(task, client):
    page = client.get(f"/review/task/{task.pk}/").content.decode()
    assert "Sản phẩm là gì?" in page
    assert "Kiếm Nhật</mark> &lt;b&gt;dài&lt;/b&gt;" in page
    assert "<b>dài" not in page
    assert "danh sách từ “knives”: Mặt hàng là Vũ khí" in page


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
    token = post(client, task, "answers", {"sent": [sent(fact="item", value="other")]}).json()[
        "token"
    ]
    first = post(client, task, "decide", {"token": token, "note": "Đồ chơi"}).json()
    again = post(client, task, "decide", {"token": token}).json()
    assert first == again
    assert Decision.objects.get().note == "Đồ chơi"
    assert first["to"] == f"/review/task/{Task.objects.get(status='claimed').pk}/"
    assert "vừa quyết định" in client.get(first["to"]).content.decode()


def test_a_verdict_that_was_not_seen_is_not_confirmed(task, client):
    seen = post(client, task, "answers", {"sent": [sent(fact="item", value="other")]}).json()
    post(
        client,
        task,
        "answers",
        {"sent": [sent(undo=True), sent(fact="item", value="kitchen_knife")]},
    )
    refused = post(client, task, "decide", {"token": seen["token"]})
    assert refused.status_code == 409
    assert "đã đổi" in refused.json()["words"]
    assert not Decision.objects.exists()


def test_an_open_case_is_not_confirmed(task, client):
    token = post(client, task, "answers", {"sent": []}).json()["token"]
    refused = post(client, task, "decide", {"token": token})
    assert (refused.status_code, refused.json()["problem"]) == (409, "open")


def test_an_answer_that_cannot_be_stops_what_came_after_it(task, client):
    rows = [sent(fact="item", value="weapon"), sent(fact="hidden", value="sword"), sent(undo=True)]
    said = post(client, task, "answers", {"sent": rows}).json()
    assert said["taken"] == [rows[0]["key"]]
    assert said["refused"]
    assert [a.value for a in Answer.objects.all()] == ["weapon"]


@pytest.mark.parametrize(
    "body",
    [{}, [], "x", {"sent": "x"}, {"sent": [1]}, {"sent": [{"key": "no"}]},
     {"sent": [{"key": "0" * 32, "seconds": "x"}]}, {"sent": None}],
)  # fmt: skip
def test_nonsense_is_refused_with_words(task, client, body):
    response = post(client, task, "answers", body)
    assert response.status_code == 400
    assert response.json()["words"]


def test_strange_values_are_refused_and_break_nothing(task, client):
    for value in (None, 1e308, -1, "x" * 9000, "\u0000", [1], {"a": 1}, True):
        said = post(client, task, "answers", {"sent": [sent(fact="item", value=value)]})
        assert said.status_code == 200
        assert said.json()["refused"]
    for fact in ("", "nope", "x" * 999, "../item"):
        assert post(client, task, "answers", {"sent": [sent(fact=fact, value="yes")]}).json()[
            "refused"
        ]
    assert not Answer.objects.exists()


def test_seconds_are_kept_within_reason(task, client):
    rows = [sent(fact="item", value="weapon", seconds=1e12),
            sent(fact="hidden", value="no", seconds=-5)]  # fmt: skip
    post(client, task, "answers", {"sent": rows})
    assert list(Answer.objects.values_list("seconds", flat=True)) == [86_400, 0]


def test_a_known_fact_can_be_asked_again(task, client):
    said = client.get(f"/review/task/{task.pk}/ask/?fact=item").json()
    assert "Sản phẩm là gì?" in said["html"]
    assert client.get(f"/review/task/{task.pk}/ask/?fact=nope").status_code == 404


def test_being_at_work_keeps_the_case_in_hand(task, client):
    Task.objects.update(lease_until=timezone.now() + timedelta(seconds=5))
    assert post(client, task, "hold", {}).status_code == 200
    task.refresh_from_db()
    assert task.lease_until > timezone.now() + timedelta(minutes=10)


def test_where_the_lease_was_lost_it_says_so(task, client):
    Task.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    return_expired(force=True)
    for what in ("answers", "hold", "decide"):
        response = post(client, task, what, {"sent": [], "token": "x"})
        assert (response.status_code, response.json()["problem"]) == (409, "lost")
    page = client.get(f"/review/task/{task.pk}/", follow=True)
    assert page.redirect_chain == [("/review/", 302)]
    assert "không ở trong tay bạn" in page.content.decode()


def test_who_gets_a_lost_case_next_starts_afresh(task, alice, bob, client):
    post(client, task, "answers", {"sent": [sent(fact="item", value="weapon")]})
    Task.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    return_expired(force=True)
    client.force_login(bob)
    assert claim(bob) == task
    assert "Sản phẩm là gì?" in client.get(f"/review/task/{task.pk}/").content.decode()


def test_the_notice_is_shown_in_both_languages(task, client):
    rows = [sent(fact="item", value="weapon"), sent(fact="hidden", value="no")]
    html = post(client, task, "answers", {"sent": rows}).json()["html"]
    assert "Sản phẩm đã bị gỡ vì là vũ khí" in html
    assert "The listing was removed: it is a weapon" in html
    assert "Cảnh cáo" in html  # what the ladder says


def test_the_page_speaks_english_too(task, alice, client):
    page = client.get(f"/review/task/{task.pk}/?lang=en").content.decode()
    assert "What is the item?" in page
    assert "It cannot be told" in page


def test_a_note_with_signs_that_no_database_takes_is_kept_without_them(task, client):
    token = post(client, task, "answers", {"sent": [sent(fact="item", value="other")]}).json()[
        "token"
    ]
    note = "a\x00b\ud800c\n<script>"
    assert post(client, task, "decide", {"token": token, "note": note}).status_code == 200
    assert Decision.objects.get().note == "abc\n<script>"


def test_facts_that_nobody_asks_about_are_fetched_on_demand(task, client):
    task.case.facts = {**task.case.facts, "hidden": {"value": "no", "source": "lexicon:knives"}}
    task.case.save()
    page = client.get(f"/review/task/{task.pk}/").content.decode()
    assert "1 dữ kiện khác" in page
    assert "Ngụy trang" not in page
    assert "Ngụy trang: không" in client.get(f"/review/task/{task.pk}/known/").json()["html"]
