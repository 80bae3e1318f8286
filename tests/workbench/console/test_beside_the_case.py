"""What others said of a case stands beside it: a senior's answer, a seller's appeal."""

from __future__ import annotations

from html import unescape

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import Market
from brightline.workbench.escalations.actions.answer_question import Reply, answer_question
from brightline.workbench.escalations.actions.escalate import escalate
from tests.workbench.making import a_case, answered, shares
from tests.workbench.sellers.making import WORDS, appealed, suspended

ANSWER = "Kiếm không lưỡi vẫn là vũ khí trưng bày."


def page_of(client, who, task) -> str:
    client.force_login(who)
    return unescape(client.get(f"/review/task/{task.pk}/").content.decode())


def test_a_case_sent_back_shows_the_seniors_answer(release, alice, bob, carol, client):
    a_case()
    question = escalate(answered(claim(alice), alice, item="weapon").pk, alice, "Kiếm không lưỡi?")
    answer_question(question.pk, carol, Reply(ANSWER), back=True)
    said = page_of(client, bob, claim(bob))
    assert ANSWER in said
    assert "Kiếm không lưỡi?" in said


def test_a_blind_look_is_shown_no_answer_to_others(release, alice, bob, carol, client):
    shares(second=1.0)
    a_case()
    question = escalate(claim(alice).pk, alice, "?")
    answer_question(question.pk, carol, Reply(ANSWER), back=False)
    assert ANSWER not in page_of(client, bob, claim(bob))


def test_an_appeal_shows_the_sellers_own_words(release, alice, carol, client):
    appealed(suspended(alice))
    said = page_of(client, carol, claim(carol))
    assert WORDS in said
    assert "Lời trình bày của người bán" in said


def test_the_start_says_that_an_answer_waits_to_be_read(release, alice, carol, client):
    a_case()
    question = escalate(claim(alice).pk, alice, "?")
    client.force_login(alice)
    waits = "1 câu trả lời cho câu hỏi của bạn đang chờ bạn đọc"
    assert waits not in client.get("/review/").content.decode()
    answer_question(question.pk, carol, Reply(ANSWER), back=False)
    assert waits in client.get("/review/").content.decode()


def test_a_lease_is_as_long_as_the_tasks_own_market_says(release, alice):
    Market.objects.create(code="AA", lease_minutes=3)
    Market.objects.update_or_create(code="VN", defaults={"lease_minutes": 40})
    a_case()
    task = claim(alice)
    assert (task.lease_until - task.claimed_at).total_seconds() == 40 * 60
