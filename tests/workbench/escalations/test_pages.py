"""The pages: who may open which, what they say, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import Decision
from brightline.workbench.escalations.actions.answer_question import Reply, answer_question
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.actions.take import take
from brightline.workbench.escalations.models import Escalation, Precedent
from tests.workbench.escalations.making import QUESTION, precedent
from tests.workbench.making import a_case, answered, decided, person

pytestmark = pytest.mark.django_db
ROLES = ("moderator", "senior", "quality", "trainer", "author", "legal", "lead", "manager",
         "admin", "service")  # fmt: skip
ANSWER = {"senior", "author", "legal", "manager"}
WORK = {"moderator", "senior", "legal"}
READ = set(ROLES) - {"admin", "service"}


def page(client, name, **more):
    return client.get(reverse(name, kwargs=more or None))


def told(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_its_roles_and_no_other(asked, carol, client, role):
    made = precedent(carol, "Bút giấu dao?")
    client.force_login(person(f"a-{role}", role))
    opens = {
        "questions": page(client, "questions"),
        "question": page(client, "question", question_id=asked.pk),
        "my_questions": page(client, "my_questions"),
        "precedents": page(client, "precedents"),
        "precedent": page(client, "precedent", precedent_id=made.pk),
    }
    allowed = {
        "questions": ANSWER, "question": ANSWER, "my_questions": WORK, "precedents": READ,
        "precedent": READ,
    }  # fmt: skip
    for name, response in opens.items():
        assert response.status_code == (200 if role in allowed[name] else 403), name


@pytest.mark.parametrize("role", ROLES)
def test_each_act_is_for_its_roles_and_no_other(asked, carol, client, role):
    made = precedent(carol, "Bút giấu dao?")
    client.force_login(person(f"a-{role}", role))
    for act in ("answer_question", "take_question", "pass_question", "settle_question"):
        response = client.post(reverse(act, args=[asked.pk]))
        assert (response.status_code == 403) is not _reaches(act, role), act
    changed = client.post(reverse("change_precedent", args=[made.pk]), {"why": "x"})
    assert changed.status_code == (302 if role in ANSWER else 403)
    read = client.post(reverse("read_answer", args=[asked.pk]))
    assert read.status_code == (404 if role in WORK else 403)


def _reaches(act: str, role: str) -> bool:
    return role in (ANSWER if act != "take_question" else {"senior"})


def test_someone_logged_out_is_asked_to_log_in(asked, client):
    for name, more in (("questions", {}), ("question", {"question_id": asked.pk}),
                       ("my_questions", {}), ("precedents", {})):  # fmt: skip
        response = page(client, name, **more)
        assert response.status_code == 302 and "login" in response["Location"]


def test_a_get_changes_nothing(asked, carol, client):
    client.force_login(carol)
    for act in ("answer_question", "take_question", "pass_question", "settle_question"):
        assert client.get(reverse(act, args=[asked.pk])).status_code == 405


def test_a_senior_of_another_queue_sees_neither_list_nor_question(asked, client):
    client.force_login(person("elsewhere", "senior", queue="reviews"))
    assert QUESTION not in told(page(client, "questions"))
    assert page(client, "question", question_id=asked.pk).status_code == 403
    assert client.post(reverse("answer_question", args=[asked.pk])).status_code == 403


def test_a_reader_of_another_market_sees_no_precedent(release, carol, client):
    made = precedent(carol, "Bút giấu dao?")
    client.force_login(person("thai", "senior", market="TH"))
    assert page(client, "precedent", precedent_id=made.pk).status_code == 403
    assert "Bút giấu dao?" not in told(page(client, "precedents"))


def test_the_list_shows_what_waits_with_the_asker_the_rule_and_the_time(asked, carol, client):
    client.force_login(carol)
    said = told(page(client, "questions"))
    for words in (QUESTION, "Alice", "Dao và vũ khí · Ngụy trang", "còn"):
        assert words in said, words


def test_the_list_is_of_ones_own_desk_unless_one_asks_for_all(release, alice, carol, client):
    a_case()
    escalate(claim(alice).pk, alice, QUESTION, "legal")
    client.force_login(carol)
    assert QUESTION not in told(page(client, "questions"))
    assert QUESTION in told(client.get(reverse("questions"), {"to": "all"}))


def test_an_empty_list_says_so(release, carol, client):
    client.force_login(carol)
    assert "Không có câu hỏi nào chờ bạn" in told(page(client, "questions"))


def test_the_question_shows_case_answers_and_precedents(asked, carol, client):
    precedent(carol, "Gậy giấu dao?", "Gậy có lưỡi dao là ngụy trang.")
    client.force_login(carol)
    said = told(page(client, "question", question_id=asked.pk))
    for words in (QUESTION, "Mặt hàng là Vũ khí", "Kiếm Nhật trang trí", "Gậy có lưỡi dao"):
        assert words in said, words


def test_what_people_type_is_shown_as_typed(release, alice, carol, client):
    a_case("<script>alert(1)</script> kiếm nhật")
    asked = escalate(claim(alice).pk, alice, "<img src=x onerror=alert(1)>")
    client.force_login(carol)
    said = told(page(client, "question", question_id=asked.pk))
    assert "<img src=x" not in said and "&lt;img src=x" in said
    assert "<script>alert" not in said


def test_an_answer_as_precedent_goes_back_to_the_queue(asked, bob, carol, client):
    client.force_login(carol)
    form = {"answer": "Có.", "precedent": "yes", "tie": "knives/?hidden", "asked": "Bút giấu dao?",
            "then": "back"}  # fmt: skip
    response = client.post(reverse("answer_question", args=[asked.pk]), form)
    assert response.status_code == 302
    assert Precedent.objects.get().question == "Bút giấu dao?"
    assert claim(bob).case == asked.case


def test_answering_and_deciding_leads_to_the_console_with_the_case(asked, carol, client):
    client.force_login(carol)
    form = {"answer": "Có.", "then": "decide"}
    response = client.post(reverse("answer_question", args=[asked.pk]), form)
    assert response["Location"] == reverse("console")
    assert claim(carol) == asked.task


def test_taking_the_case_can_take_the_answers_over(asked, carol, client):
    client.force_login(carol)
    client.post(reverse("take_question", args=[asked.pk]), {"adopt": "yes"})
    assert [a.value for a in asked.task.answers.all()] == ["weapon"]


def test_a_refused_form_keeps_what_was_typed_and_says_why(asked, carol, mai, client):
    client.force_login(carol)
    address = reverse("answer_question", args=[asked.pk])
    refused = client.post(address, {"answer": "", "answer_en": "Yes indeed"})
    assert refused.status_code == 409
    assert "Yes indeed" in told(refused) and 'role="alert"' in told(refused)
    wrong = {"answer": "Có chứ", "precedent": "yes", "tie": "knives/K-77"}
    refused = client.post(address, wrong)
    assert refused.status_code == 409 and "Có chứ" in told(refused)
    answer_question(asked.pk, mai, Reply("Không"), back=True)
    late = client.post(address, {"answer": "Có chứ"})
    assert late.status_code == 409 and "Không" in told(late)


def test_passing_on_says_why(asked, carol, client):
    client.force_login(carol)
    address = reverse("pass_question", args=[asked.pk])
    assert client.post(address, {"to": "legal", "why": ""}).status_code == 409
    assert client.post(address, {"to": "legal", "why": "Giấy phép"}).status_code == 302
    asked.refresh_from_db()
    assert asked.to_role == "legal"


def test_legal_settles_outside_the_rules_only_where_these_leave_it(
    release, alice, carol, linh, client
):
    a_case()
    decided(alice, item="cannot_tell")
    decided(carol, item="cannot_tell")
    question = Escalation.objects.last()
    task = take(question.pk, linh)
    client.force_login(linh)
    address = reverse("settle_question", args=[question.pk])
    form = {"action": "allow", "reason": "Dao nghi lễ, có giấy phép"}
    assert client.post(address, form).status_code == 409
    assert 'name="reason"' not in told(page(client, "question", question_id=question.pk))
    answered(task, linh, item="cannot_tell")
    assert 'name="reason"' in told(page(client, "question", question_id=question.pk))
    assert client.post(address, form | {"reason": " "}).status_code == 409
    assert client.post(address, form).status_code == 302
    assert Decision.objects.get(exception=True).note == form["reason"]
    assert "Ngoại lệ" in told(page(client, "question", question_id=question.pk))


def test_the_asker_reads_the_answer_and_takes_the_mark_off(asked, alice, bob, carol, client):
    answer_question(asked.pk, carol, Reply("Có, là ngụy trang."), back=True)
    client.force_login(alice)
    said = told(page(client, "my_questions"))
    assert "Có, là ngụy trang." in said and "Chưa đọc" in said
    client.post(reverse("read_answer", args=[asked.pk]))
    assert "Chưa đọc</span>" not in told(page(client, "my_questions"))
    client.force_login(bob)
    assert client.post(reverse("read_answer", args=[asked.pk])).status_code == 404
    assert "Có, là ngụy trang." not in told(page(client, "my_questions"))


def test_a_question_settled_by_a_decision_tells_the_asker_which(asked, alice, carol, client):
    take(asked.pk, carol)
    decide(answered(asked.task, carol, item="other").pk, carol)
    client.force_login(alice)
    assert "Cho phép" in told(page(client, "my_questions"))


@pytest.mark.parametrize("words", ["but bi giau", "BÚT BI giấu", "giấu", ""])
def test_search_finds_with_and_without_accents(release, alice, carol, client, words):
    precedent(carol, "Bút bi giấu lưỡi dao có tính không?")
    precedent(carol, "Kiếm gỗ tập võ có tính không?", about="knives/K-2")
    client.force_login(alice)
    said = told(client.get(reverse("precedents"), {"q": words}))
    assert "Bút bi giấu lưỡi dao" in said
    assert ("Kiếm gỗ" in said) is (words == "")


def test_where_no_precedent_has_every_word_the_nearest_are_shown(release, alice, carol, client):
    precedent(carol, "Bút bi giấu lưỡi dao")
    client.force_login(alice)
    said = told(client.get(reverse("precedents"), {"q": "bút máy giấu dao"}))
    assert "Bút bi giấu lưỡi dao" in said and "Gần nhất" in said
    assert "Không tìm thấy" in told(client.get(reverse("precedents"), {"q": "qqqq"}))


def test_an_sop_narrows_the_search(release, alice, carol, client):
    precedent(carol, "Bút bi giấu lưỡi dao")
    client.force_login(alice)
    assert "Bút bi" in told(client.get(reverse("precedents"), {"sop": "knives"}))
    assert "Bút bi" not in told(client.get(reverse("precedents"), {"sop": "reviews"}))


def test_a_retired_precedent_moves_to_the_retired(release, alice, carol, client):
    made = precedent(carol, "Bút bi giấu lưỡi dao")
    client.force_login(carol)
    address = reverse("change_precedent", args=[made.pk])
    assert client.post(address, {"active": "no", "why": " "}).status_code == 400
    assert client.post(address, {"active": "no", "why": "Luật đổi"}).status_code == 302
    client.force_login(alice)
    assert "Bút bi" not in told(page(client, "precedents"))
    assert "Bút bi" in told(client.get(reverse("precedents"), {"state": "retired"}))
    said = told(page(client, "precedent", precedent_id=made.pk))
    assert "Luật đổi" in said and 'name="why"' not in said


def test_what_is_not_there_is_not_found(release, carol, client):
    client.force_login(carol)
    assert page(client, "question", question_id=9).status_code == 404
    assert page(client, "precedent", precedent_id=9).status_code == 404
    assert client.post(reverse("answer_question", args=[9])).status_code == 404


def test_pages_ask_the_database_no_more_for_more_rows(release, alice, carol, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(carol)
    counts = []
    for number in range(2):
        for each in range(1 + 5 * number):
            a_case(f"Kiếm Nhật {number} {each}")
            escalate(claim(alice).pk, alice, f"Hỏi {number} {each}?")
        page(client, "questions")
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(client, "questions")
        counts.append(len(found))
    assert counts[0] == counts[1]
