"""A moderator's day in chromium, in Vietnamese: the keyboard alone, a lost connection, a reload."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.models import Answer, Decision, Task
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook, person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASK, HIDDEN = "Sản phẩm là gì?", "Vũ khí có ngụy trang không?"
REST = 350  # a new step does not take Enter at once


def waiting(cases: int) -> None:
    publish(a_rulebook(), None)
    for number in range(cases):
        a_case(f"Kiếm Nhật số {number}")


def asks(page, words: str) -> None:
    page.locator(".ask", has_text=words).wait_for()


def verdict(page, words: str) -> None:
    page.locator(".verdict", has_text=words).wait_for()
    page.wait_for_timeout(REST)


def acknowledged(page) -> None:
    """Nothing is left in the browser: everything arrived."""
    page.wait_for_function(
        "() => !Object.keys(localStorage).some(k => k.startsWith('brightline.answer'))"
    )


def ready(page) -> None:
    """The page's script has begun to listen."""
    page.locator("body[data-ready]").wait_for()


def looked_ahead(page) -> None:
    """What follows each answer has been drawn: a key shows it at once, with or without a line."""
    page.locator(".step[data-ahead]").wait_for()


def begun(desk, alice, answers=None):
    """Alice has a case before her. `answers` handles the requests that carry answers.

    It is set before the case's page is there: in a page that already runs, chromium may let
    the next request pass by a handler set just before it, where the machine is busy.
    """
    page = desk(alice)
    if answers:
        page.route("**/answers/", answers)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/task/*/")
    ready(page)
    asks(page, ASK)
    looked_ahead(page)
    return page


def test_ten_cases_are_decided_by_keyboard_alone(desk):
    waiting(10)
    alice = person("alice", "moderator")
    page = begun(desk, alice)
    for number in range(10):
        ready(page)
        asks(page, ASK)
        if number % 2:
            page.wait_for_timeout(REST)
            page.keyboard.press("Enter")  # the suggestion: a weapon
            asks(page, HIDDEN)
            page.keyboard.press("2")
            verdict(page, "Gỡ sản phẩm")
        else:
            page.keyboard.press("3")
            verdict(page, "Cho phép")
        acknowledged(page)
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
        page.locator("main", has_text="vừa quyết định").wait_for()
    assert page.url.endswith("/review/")
    page.locator(".messages", has_text="Hiện không có vụ nào chờ bạn").wait_for()
    actions = list(Decision.objects.order_by("at").values_list("action", flat=True))
    assert actions == ["allow", "remove_listing"] * 5
    assert Decision.objects.filter(by=alice).count() == 10


def test_a_lost_connection_loses_and_doubles_nothing(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.context.set_offline(True)
    page.keyboard.press("1")
    asks(page, HIDDEN)  # drawn ahead by the server before the line broke
    page.keyboard.press("2")
    page.get_by_text("Mất kết nối: 2 câu trả lời đang được giữ").wait_for()
    assert Answer.objects.count() == 0
    for _again in range(2):  # it tries by itself meanwhile
        page.wait_for_event("requestfailed", lambda failed: failed.url.endswith("/answers/"))
    page.context.set_offline(False)
    verdict(page, "Gỡ sản phẩm")
    acknowledged(page)
    assert list(Answer.objects.values_list("fact", "value")) == [
        ("item", "weapon"), ("hidden", "no"),
    ]  # fmt: skip
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    assert Decision.objects.get().action == "remove_listing"


@pytest.mark.one_engine
def test_it_cannot_be_confirmed_before_all_has_arrived(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.context.set_offline(True)
    page.keyboard.press("3")
    verdict(page, "Cho phép")
    page.keyboard.press("Enter")
    page.get_by_text("Chưa được: còn câu trả lời chưa tới máy chủ").wait_for()
    assert not Decision.objects.exists()
    page.context.set_offline(False)
    acknowledged(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    assert Decision.objects.count() == 1


def test_an_answer_whose_reply_got_lost_is_sent_again_and_counts_once(desk):
    waiting(1)
    lost = []

    def swallow(route):
        if len(lost) < 2:
            route.fetch()  # the server takes it
            lost.append(route.request.post_data_json["sent"][0]["key"])
            route.abort()  # but the browser never hears
        else:
            route.continue_()

    page = begun(desk, person("alice", "moderator"), swallow)
    page.keyboard.press("1")
    acknowledged(page)
    asks(page, HIDDEN)
    assert len(set(lost)) == 1
    assert Answer.objects.count() == 1


@pytest.mark.one_engine
def test_a_reload_keeps_what_was_not_yet_acknowledged(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"), lambda route: route.abort())
    page.keyboard.press("1")
    page.get_by_text("Mất kết nối: 1 câu trả lời đang được giữ").wait_for()
    assert not Answer.objects.exists()
    page.unroute("**/answers/")
    page.reload()
    ready(page)
    asks(page, HIDDEN)
    acknowledged(page)
    assert Answer.objects.count() == 1


@pytest.mark.one_engine
def test_answers_are_taken_back_one_by_one(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.keyboard.press("1")
    asks(page, HIDDEN)
    looked_ahead(page)
    page.keyboard.press("1")
    verdict(page, "Tạm khóa gian hàng")
    page.keyboard.press("z")
    asks(page, HIDDEN)
    page.keyboard.press("Backspace")
    asks(page, ASK)
    acknowledged(page)
    page.reload()
    asks(page, ASK)
    assert Answer.objects.count() == 4


@pytest.mark.one_engine
def test_a_fact_is_corrected_even_before_its_answer_has_arrived(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.context.set_offline(True)
    page.keyboard.press("1")
    asks(page, HIDDEN)
    page.get_by_role("button", name="Sửa: Mặt hàng").click()
    page.context.set_offline(False)
    page.get_by_text("Trả lời lại").wait_for()
    page.keyboard.press("3")
    verdict(page, "Cho phép")
    acknowledged(page)
    assert [a.value for a in Answer.objects.order_by("id")] == ["weapon", "other"]


@pytest.mark.one_engine
def test_a_held_key_does_not_confirm(desk):
    waiting(2)
    page = begun(desk, person("alice", "moderator"))
    at = page.evaluate("Date.now()")
    page.clock.set_fixed_time(at)  # however slow the machine is
    page.keyboard.press("3")
    acknowledged(page)
    page.locator(".verdict").wait_for()
    page.keyboard.down("Enter")  # pressed too soon …
    page.clock.set_fixed_time(at + 5000)
    for _repeat in range(3):
        page.keyboard.down("Enter")  # … and held
    page.keyboard.up("Enter")
    assert page.locator("[data-act-button=confirm]").is_enabled()
    assert not Decision.objects.exists()
    page.keyboard.press("Enter")
    page.locator("main", has_text="vừa quyết định").wait_for()
    assert Decision.objects.count() == 1


@pytest.mark.one_engine
def test_keys_write_letters_in_a_field_and_composing_is_left_alone(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: '1', isComposing: true, bubbles: true}))"
    )
    page.keyboard.press("3")
    verdict(page, "Cho phép")
    page.keyboard.press("/")
    page.keyboard.type("sezp 1")
    assert page.locator("#note").input_value() == "sezp 1"
    assert page.locator("dialog[open]").count() == 0
    acknowledged(page)
    assert Answer.objects.count() == 1


def test_where_the_task_was_lost_the_answers_are_not_dropped_silently(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    Task.objects.update(status="open", claimed_by=None, lease_until=None)
    page.keyboard.press("1")
    told = page.locator("#lost")
    told.wait_for()
    assert "không còn trong tay bạn" in told.inner_text()
    told.get_by_text("Vũ khí").wait_for()
    assert not Answer.objects.exists()


@pytest.mark.one_engine
def test_the_language_changes_in_place(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.keyboard.press("1")
    asks(page, HIDDEN)
    acknowledged(page)
    before = page.url
    page.get_by_role("button", name="EN").click()
    page.get_by_text("Is the weapon disguised?").wait_for()
    assert page.url == before


def test_a_case_is_skipped_handed_up_and_given_back_from_the_keyboard(desk):
    waiting(3)
    page = begun(desk, person("alice", "moderator"))
    page.keyboard.press("s")
    page.locator("#skip input[value=broken]").check()
    page.locator("#skip button.primary").press("Enter")
    page.get_by_text("Đã bỏ qua").wait_for()
    ready(page)
    page.keyboard.press("u")
    page.keyboard.type("Kiếm gỗ có tính không?")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Cảm ơn bạn").wait_for()
    page.keyboard.press("e")
    page.keyboard.type("Kiếm trang trí cùn lưỡi thì sao?")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Đã chuyển cấp tới").wait_for()
    ready(page)
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    page.get_by_text("Đã trả lại").wait_for()
    assert sorted(Task.objects.values_list("status", flat=True)) == [
        "cancelled",
        "open",
        "open",
        "open",
    ]


@pytest.mark.one_engine
def test_every_key_of_the_help_is_shown(desk):
    waiting(1)
    page = begun(desk, person("alice", "moderator"))
    page.keyboard.press("?")
    told = page.locator("#keys").inner_text()
    shortcuts = page.eval_on_selector_all(
        "[data-shortcut]", "all => all.map(e => e.dataset.shortcut)"
    )
    for key in set(shortcuts) - {"1", "2", "3", "?"}:
        assert key.upper() in told.upper()
