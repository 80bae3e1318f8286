"""In a browser, in Vietnamese: a notice is sent, a moderator is kept out, passes, and claims."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.cases.models import Task
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.understanding.actions.take_quiz import pair_of_attempt
from brightline.workbench.understanding.current import forget
from brightline.workbench.understanding.models import Attempt, Notice
from brightline.workbench.understanding.quizzing import right_option
from tests.workbench.browsing import english, faults, log_in
from tests.workbench.making import a_case, a_rulebook, person
from tests.workbench.understanding.making import second_release

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def window(browser, live_server):
    """`window("alice")` logs someone in; every page is looked at for barriers and English."""
    contexts = []

    def open_(name: str, width: int = 1440, scheme: str = "light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme,
            reduced_motion="reduce", base_url=live_server.url,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        log_in(page, live_server.url, name)
        return page

    yield open_
    for context in contexts:
        context.close()


def looked_at(page) -> None:
    """The page has no barrier, is no wider than the window, and speaks Vietnamese."""
    assert not faults(page)
    assert not [t for t in english(page) if "English" not in t and "queue **" not in t]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def answer_all(page, right: bool) -> None:
    attempt = Attempt.objects.filter(ended_at=None).get()
    pair = pair_of_attempt(attempt)
    for at, question in enumerate(attempt.questions):
        option = right_option(pair, question)
        if not right:
            option = (option + 1) % len(question["options"])
        page.locator(f"input[name=q{at}][value='{option}']").check()
    page.get_by_role("button", name="Nộp bài").click()


def test_a_moderator_is_kept_out_until_the_quiz_is_passed_and_then_claims(window):
    publish(a_rulebook(), None)
    person("alice", "moderator")
    person("mai", "manager")
    a_case()
    release = second_release()

    mai = window("mai")
    mai.goto(reverse("briefings"))
    looked_at(mai)
    mai.get_by_role("link", name="VN 2").click()
    mai.get_by_role("link", name="Sửa").click()
    assert not faults(mai)
    mai.get_by_label("Nội dung").first.fill("Dao bếp nay cũng bị gỡ.")
    mai.get_by_role("button", name="Lưu và xem").click()
    assert "Dao bếp nay cũng bị gỡ." in mai.locator("main").inner_text()
    looked_at(mai)
    mai.goto(reverse("briefing", args=[release.pk]))
    looked_at(mai)
    mai.get_by_label("Người chưa qua").fill(mai.get_by_label("Người chưa qua").get_attribute("min"))
    mai.get_by_role("button", name="Gửi các thông báo").click()
    assert "Đã gửi cho 1 người" in mai.locator("main").inner_text()
    forget()

    alice = window("alice", 360, "dark")
    looked_at(alice)
    alice.get_by_role("button", name="Bắt đầu").click()
    assert Task.objects.get().status == "open"
    looked_at(alice)
    assert "qua bài kiểm tra" in alice.get_by_role("status").inner_text()
    alice.get_by_role("button", name="Tôi đã đọc").click()
    looked_at(alice)
    answer_all(alice, right=False)
    assert "Chưa đạt" in alice.locator("main").inner_text()
    looked_at(alice)
    alice.get_by_role("link", name="Làm lại bài kiểm tra").click()
    answer_all(alice, right=True)
    assert "Đạt" in alice.locator("main").inner_text()
    alice.get_by_role("link", name="Đến hàng đợi").click()
    alice.get_by_role("button", name="Bắt đầu").click()
    alice.wait_for_url("**/review/task/*/")
    assert Task.objects.get().claimed_by.username == "alice"

    notice = Notice.objects.get()
    mai.goto(reverse("board", args=[notice.pk]))
    assert "95 % nắm được sau" in mai.locator("main").inner_text()
    looked_at(mai)
    mai.goto(reverse("channels"))
    looked_at(mai)
    mai.goto(reverse("pilots"))
    looked_at(mai)
    mai.get_by_role("link", name="Chạy thử bản dự thảo").click()
    looked_at(mai)
    mai.get_by_label("Tên lần chạy thử").fill("Trở lại bản cũ")
    mai.get_by_label("Bản ban hành chưa").select_option(index=1)
    mai.get_by_role("radio", name="Thí điểm").check()
    mai.get_by_label("Alice").check()
    mai.get_by_role("button", name="Bắt đầu").click()
    assert "Dự thảo có gây hại không?" in mai.locator("main").inner_text()
    looked_at(mai)
