"""Leaving a case: skip, give back, hand up; and saying that a rule is unclear."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Aside, Task
from brightline.workbench.escalations.models import Escalation, UnclearReport
from tests.workbench.console.conftest import post, sent
from tests.workbench.making import a_case

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def test_a_skip_needs_a_reason_and_the_case_never_returns(task, alice, client):
    address = f"/review/task/{task.pk}/skip/"
    refused = client.post(address, {"reason": "other", "note": " "}, follow=True)
    assert refused.redirect_chain == [(f"/review/task/{task.pk}/", 302)]
    assert "phải có lý do" in refused.content.decode()
    client.post(address, {"reason": "conflict", "note": "anh họ"})
    assert Aside.objects.get().note == "I know the seller, or have a stake in it: anh họ"
    assert claim(alice) is None


def test_signs_that_no_database_takes_are_left_out(task, client):
    form = {"reason": "other", "note": "a\x00b"}
    assert client.post(f"/review/task/{task.pk}/skip/", form).status_code == 302
    assert Aside.objects.get().note == "ab"


def test_a_skip_leads_on_to_the_next_case(task, client):
    a_case("Kiếm Nhật khác")
    response = client.post(f"/review/task/{task.pk}/skip/", {"reason": "broken"}, **JSON)
    held = Task.objects.get(status="claimed")
    assert response.json() == {"to": f"/review/task/{held.pk}/"}


def test_a_case_given_back_waits_again_without_answers(task, client):
    post(client, task, "answers", {"sent": [sent(fact="item", value="weapon")]})
    assert client.post(f"/review/task/{task.pk}/give-back/").url == "/review/"
    task.refresh_from_db()
    assert task.status == "open"
    assert not task.answers.exists()


def test_a_case_is_handed_up_with_its_question(task, alice, client):
    form = {"question": "Cùn thì sao?", "to": "legal", "fact": "item"}
    response = client.post(f"/review/task/{task.pk}/escalate/", form, **JSON)
    assert response.json() == {"to": "/review/"}
    asked = Escalation.objects.get()
    assert (asked.question, asked.to_role, asked.fact) == ("Cùn thì sao?", "legal", "item")
    assert claim(alice) is None


@pytest.mark.parametrize("form", [{}, {"question": "x"}, {"question": " ", "to": "senior"},
                                  {"question": "x", "to": "admin"}])  # fmt: skip
def test_a_question_without_words_or_reader_goes_nowhere(task, client, form):
    response = client.post(f"/review/task/{task.pk}/escalate/", form, **JSON)
    assert response.status_code == 400
    assert "câu hỏi" in response.json()["words"]
    assert not Escalation.objects.exists()


def test_the_senior_sees_the_question(task, alice, carol, client):
    client.post(
        f"/review/task/{task.pk}/escalate/", {"question": "Cùn <i>thì sao?", "to": "senior"}
    )
    up = claim(carol)
    client.force_login(carol)
    page = client.get(f"/review/task/{up.pk}/").content.decode()
    assert "Cùn &lt;i&gt;thì sao?" in page
    question = f"/escalations/questions/{Escalation.objects.get().pk}/"
    assert question in page
    assert client.get(question).status_code == 200


def test_that_a_rule_is_unclear_is_kept_and_the_case_goes_on(task, client):
    said = post(client, task, "unclear", {"note": "Kiếm gỗ?", "fact": "item"}).json()
    assert "Người soạn" in said["words"]
    assert UnclearReport.objects.get().fact == "item"
    task.refresh_from_db()
    assert task.status == "claimed"


@pytest.mark.parametrize("body", [{"note": ""}, {"note": "x", "fact": "nope"}, [], "x",
                                  {"note": "x", "clause": "knives/K-77"}])  # fmt: skip
def test_an_empty_or_made_up_report_is_refused_with_words(task, client, body):
    response = post(client, task, "unclear", body)
    assert response.status_code == 400
    assert response.json()["words"]
    assert not UnclearReport.objects.exists()
