"""What the moderator does on a policy day: she asks, tries, learns, and decides."""

from __future__ import annotations

from typing import Any

from brightline.workbench.understanding.actions.take_quiz import pair_of_attempt
from brightline.workbench.understanding.models import Attempt
from brightline.workbench.understanding.quizzing import right_option
from tests.workbench.browsing import follow, looked_at, told
from tests.workbench.policy_day.pages import (
    NOTE,
    answers,
    before_a_case,
    begin_a_case,
    confirms,
    press,
    through_the_menu,
)


def she_decides_a_knife_in_a_stick_and_says_the_rule_is_unclear(page: Any) -> None:
    """The moderator reports it in the middle of the case, and finds it under her requests."""
    begin_a_case(page)
    page.locator("[data-opens=unclear]").click()
    page.get_by_label("Điểm nào chưa rõ").fill(NOTE)
    page.get_by_role("dialog").get_by_role("button", name="Gửi").click()
    page.locator("[data-who=unclear]").wait_for()
    answers(page, "Dao bếp", "Cho phép")
    confirms(page)
    through_the_menu(page, "Vụ việc và người bán", "Đề nghị của tôi")
    told(page, NOTE)
    looked_at(page)


def the_group_decides_cases_of_both_arms(page: Any) -> None:
    """She reads what is tried; then, whatever arm the lot gave a case. One more stays in hand."""
    page.goto("/understanding/")
    follow(page, "bạn thuộc nhóm tham gia")
    looked_at(page)
    press(page, "Tôi đã đọc")
    told(page, "Đã ghi nhận")
    begin_a_case(page)
    seen: set[bool] = set()
    while len(seen) < 2:
        before_a_case(page)
        seen.add(she_decides_as_she_is_asked(page))


def she_decides_as_she_is_asked(page: Any) -> bool:
    """A kitchen knife in a stick; whether she was asked what only the draft wants to know."""
    answers(page, "Dao bếp")
    asked = page.locator(".ask", has_text="ngụy trang")
    asked.or_(page.locator(".verdict")).first.wait_for()
    by_draft = bool(asked.count())
    if by_draft:
        answers(page, "có")
    told(page, "Gỡ sản phẩm" if by_draft else "Cho phép", ".verdict")
    confirms(page)
    return by_draft


def she_is_kept_out_until_she_has_passed(page: Any) -> None:
    """What she has in hand she finishes; then wrong answers keep her out, right ones let her in."""
    page.goto("/review/")
    follow(page, "Làm tiếp")
    before_a_case(page)
    she_decides_as_she_is_asked(page)
    page.wait_for_url("**/understanding/*/")
    told(page, "Dao bếp")
    looked_at(page)
    press(page, "Tôi đã đọc")
    takes_the_quiz(page, right=False)
    told(page, "Chưa đạt")
    looked_at(page)
    follow(page, "Làm lại bài kiểm tra")
    takes_the_quiz(page, right=True)
    told(page, "Đạt")
    follow(page, "Đến hàng đợi")


def takes_the_quiz(page: Any, right: bool) -> None:
    """Answer every question as told: what is right, the rulebook knows."""
    attempt = Attempt.objects.get(ended_at=None)
    pair = pair_of_attempt(attempt)
    for at, question in enumerate(attempt.questions):
        option = right_option(pair, question)
        chosen = option if right else (option + 1) % len(question["options"])
        page.locator(f"input[name=q{at}][value='{chosen}']").check()
    press(page, "Nộp bài")


def the_same_knife_is_removed_now(page: Any) -> None:
    """She claims again, and the new clause decides."""
    begin_a_case(page)
    answers(page, "Dao bếp")
    page.locator(".ask", has_text="ngụy trang").wait_for()
    answers(page, "có", "Gỡ sản phẩm")
    told(page, "K-3", ".reason")
    confirms(page)


def the_same_knife_stays_as_before(page: Any) -> None:
    """What she had in hand is finished by the rules it began with; the next case is as it was."""
    before_a_case(page)
    assert she_decides_as_she_is_asked(page)
    before_a_case(page)
    assert not she_decides_as_she_is_asked(page)
