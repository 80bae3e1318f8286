"""In a browser, in Vietnamese: a question goes up, its answer comes down as a precedent."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import Decision
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.escalations.precedents import precedents_for
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.browsing import RULES, told
from tests.workbench.escalations.making import QUESTION, precedent
from tests.workbench.making import PASSWORD, a_case, a_rulebook, answered, decided, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ANSWER = "Có. Lưỡi dao giấu trong vật dụng khác là ngụy trang, bất kể dài ngắn."


@pytest.fixture
def enter(browser, live_server):
    """`enter("carol")` logs someone in and gives their page; no page may break."""
    contexts, wrong = [], []

    def as_person(name: str, width: int = 1440, scheme: str = "light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme,
            reduced_motion="reduce", base_url=live_server.url,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit], main form button")
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    yield as_person
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def question() -> Escalation:
    """Alice's question, after one answer; Carol is a senior, Bob another moderator."""
    publish(a_rulebook(), None)
    alice = person("alice", "moderator")
    person("bob", "moderator")
    person("carol", "senior")
    a_case("Bút bi có lưỡi dao giấu bên trong")
    task = answered(claim(alice), alice, item="weapon")
    return escalate(task.pk, alice, QUESTION)


def test_a_question_becomes_a_precedent_that_shows_on_a_similar_case(question, enter):
    carol = enter("carol")
    carol.get_by_role("link", name="Chuyển cấp").click()
    carol.get_by_role("link", name=QUESTION).click()
    told(carol, "Mặt hàng là Vũ khí")
    carol.get_by_label("Câu trả lời bằng tiếng Việt").fill(ANSWER)
    tie = carol.get_by_label("Gắn với")
    assert not tie.is_visible()
    carol.get_by_label("Lập thành tiền lệ").check()
    assert tie.input_value() == "knives/?hidden"
    carol.get_by_label("Câu hỏi để người khác đọc").fill("Bút giấu dao có là ngụy trang?")
    carol.get_by_role("button", name="Trả lời và trả vụ về hàng đợi").click()
    told(carol, "Không có câu hỏi nào chờ bạn")

    alice = enter("alice")
    alice.get_by_role("link", name="Câu hỏi của tôi").click()
    told(alice, ANSWER, ".unread")
    alice.get_by_role("button", name="Tôi đã đọc").click()
    alice.locator(".unread").wait_for(state="detached")

    bob = person("binh", "moderator")
    turn = Turn(answered(claim(bob), bob, item="weapon"))
    assert turn.case == question.case
    assert [one.answer for one in precedents_for(turn)] == [ANSWER]
    decide(answered(turn.task, bob, hidden="yes").pk, bob)
    a_case("BUT BI giau luoi dao, gia re", seller="shop-2")
    turn = Turn(answered(claim(bob), bob, item="weapon"))
    assert [one.answer for one in precedents_for(turn)] == [ANSWER]

    page = enter("bob")
    page.get_by_role("link", name="Tiền lệ").click()
    page.get_by_label("Từ khóa").fill("luoi dao giau")
    page.get_by_role("button", name="Search").or_(page.get_by_role("button", name="Tìm")).click()
    page.get_by_role("link", name="Bút giấu dao").click()
    told(page, ANSWER)
    assert page.get_by_role("button", name=re.compile("Ngừng")).count() == 0


def test_a_senior_answers_and_takes_the_case(question, enter):
    page = enter("carol")
    page.goto(reverse("question", args=[question.pk]))
    page.get_by_label("Câu trả lời bằng tiếng Việt").fill(ANSWER)
    page.get_by_role("button", name="Trả lời và tự xử lý vụ").click()
    page.wait_for_url("**" + reverse("console"))
    question.task.refresh_from_db()
    assert question.task.claimed_by.username == "carol"


def test_legal_settles_by_exception(question, enter):
    alice, carol, linh = person("an", "moderator"), person("chi", "senior"), person("linh", "legal")
    Escalation.objects.filter(pk=question.pk).update(to_role="legal")
    question.task.__class__.objects.filter(pk=question.task_id).update(status="cancelled")
    a_case("Dao nghi lễ")
    decided(alice, item="cannot_tell")
    decided(carol, item="cannot_tell")
    answered(claim(linh), linh, item="cannot_tell")
    page = enter("linh")
    page.goto(reverse("question", args=[Escalation.objects.latest("pk").pk]))
    page.get_by_label("Biện pháp").select_option("allow")
    page.locator("textarea[name=reason]").fill("Có giấy phép của công an tỉnh.")
    page.get_by_role("button", name="Kết luận theo ngoại lệ").click()
    told(page, "Ngoại lệ")
    assert Decision.objects.get(exception=True).action == "allow"


@pytest.mark.one_engine
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_no_page_has_a_barrier(question, enter, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    carol = person("mot", "senior")
    made = precedent(carol, "Gậy giấu dao?", "Gậy có lưỡi dao là ngụy trang.")
    found = []
    for who, names in (
        ("carol", [("questions", {}), ("question", {"question_id": question.pk}),
                   ("precedents", {}), ("precedent", {"precedent_id": made.pk})]),
        ("alice", [("my_questions", {})]),
    ):  # fmt: skip
        page = enter(who, width, scheme)
        for name, more in names:
            page.goto(reverse(name, kwargs=more or None))
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide"
            for box in page.locator("input[name=precedent]").all():
                box.check()
            for fault in Axe().run(page, options=RULES).response["violations"]:
                where = [node["target"] for node in fault["nodes"][:3]]
                found.append(f"{name} {fault['id']}: {fault['help']} {where}")
    assert not found, "\n".join(found)
