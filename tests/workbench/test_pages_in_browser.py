"""An administrator's and a manager's day in a real browser, in Vietnamese; every page for axe."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from brightline.workbench import first_code
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.models import QueueState
from tests.workbench.browsing import english, faults, log_in, pressed, told
from tests.workbench.making import a_case, decided, person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser):
    """A page whose errors, and whose breaches of the content policy, fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    cache.clear()
    yield shown
    context.close()
    assert not wrong


@pytest.mark.one_engine  # its parts are tested on both in test_first_steps
def test_the_first_minute_of_an_empty_installation(page, live_server, settings):
    code = first_code.new_code(settings.HOME)
    page.goto(live_server.url)
    assert not faults(page)
    assert not english(page)
    page.get_by_label("Mã trong cửa sổ dòng lệnh").fill(code)
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu").fill("ngọn đèn trước gió")
    pressed(page, "Tạo tài khoản và đăng nhập")
    assert not faults(page)
    page.get_by_role("button", name="Ban hành bộ quy tắc Việt Nam").click()
    page.wait_for_url("**/cases/")
    told(page, "Chưa có vụ việc nào")
    assert not english(page)


def test_an_administrator_adds_a_person_gives_a_role_and_reads_the_log(
    page, live_server, release, dave
):
    log_in(page, live_server.url, "dave")
    page.get_by_role("link", name="Con người").click()
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Tên đăng nhập").fill("hung")
    page.get_by_label("Họ tên").fill("Trần Văn Hùng")
    page.get_by_role("button", name="Thêm", exact=True).click()
    text = page.get_by_label("Nội dung lời mời").input_value()
    given = re.search(r"Mật khẩu đầu tiên: (\S+)", text)[1]
    page.get_by_role("link", name="Xong").click()
    page.get_by_label("Vai trò").select_option("senior")
    page.get_by_label("Phạm vi").select_option("VN|regulated")
    page.get_by_role("button", name="Giao", exact=True).click()
    page.get_by_role("cell", name="VN · Hàng cấm", exact=True).wait_for()
    page.get_by_role("link", name="Nhật ký").click()
    page.wait_for_url("**" + reverse("events"))
    first = page.locator("tbody tr").first.inner_text()
    assert "Giao vai trò" in first
    assert "Trần Văn Hùng" in first
    assert "Kiểm duyệt viên cấp 2" in first
    pressed(page, "Đăng xuất")
    log_in(page, live_server.url, "hung", given)
    page.get_by_role("heading", name="Đổi mật khẩu").wait_for()
    page.get_by_label("Mật khẩu hiện tại").fill(given)
    page.get_by_label("Mật khẩu mới", exact=False).first.fill("trời xanh mây trắng")
    page.get_by_label("Nhập lại mật khẩu mới").fill("trời xanh mây trắng")
    pressed(page, "Đổi mật khẩu")
    page.goto(live_server.url)
    page.wait_for_url("**/review/")
    assert User.objects.get(username="hung").check_password("trời xanh mây trắng")


def test_a_manager_pauses_a_queue_and_moves_tasks(page, live_server, release, mai, alice):
    for n in range(3):
        a_case(f"Kiếm Nhật {n}")
    log_in(page, live_server.url, "mai")
    page.get_by_role("link", name="Hàng đợi").click()
    live = page.get_by_role("button", name="Tự cập nhật")
    live.click()
    page.get_by_role("button", name="Đã dừng").wait_for()
    page.get_by_role("link", name="Hàng cấm").click()
    page.get_by_text("Tạm dừng…").click()
    page.get_by_label("Lý do").fill("Chờ ý kiến pháp lý")
    page.get_by_role("button", name="Tạm dừng hàng đợi").click()
    page.get_by_text("Mai tạm dừng từ").wait_for()
    assert QueueState.objects.get().why == "Chờ ý kiến pháp lý"
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Hàng đợi").select_option("general")
    page.get_by_role("button", name="Chuyển…").click()
    page.get_by_text("1 lượt duyệt sẽ chuyển từ “Hàng cấm”").wait_for()
    page.get_by_label("Lý do").fill("sai hàng đợi")
    page.get_by_role("button", name="Chuyển sang hàng đợi khác").click()
    told(page, "2 lượt duyệt, theo đúng thứ tự giao")
    page.get_by_role("button", name="Hoàn tác").click()
    told(page, "3 lượt duyệt, theo đúng thứ tự giao")
    pressed(page, "Chạy lại")
    assert claim(alice) is not None
    kinds = set(Event.objects.filter(actor=mai).values_list("kind", flat=True))
    assert {"queue.paused", "queue.resumed", "task.moved"} <= kinds


def test_the_check_of_the_log_runs_in_the_page(page, live_server, release, mai, alice):
    a_case("Gối ôm dài")
    log_in(page, live_server.url, "mai")
    page.goto(live_server.url + reverse("verify"))
    page.get_by_role("button", name="Kiểm tra ngay").click()
    page.get_by_text("Nguyên vẹn: mọi thứ đúng như lúc ghi").wait_for()
    assert not faults(page)


@pytest.mark.one_engine
def test_every_page_is_accessible_in_vietnamese_without_a_word_of_english_at_any_width(
    browser, live_server, release, alice
):
    case = a_case("Kiếm Nhật dài").case
    decided(alice, item="weapon", hidden="no")
    a_case("Kiếm Nhật ngắn")
    lan = person("lan", *(r for r in ("admin", "manager", "senior")))
    here = [
        reverse(name) for name in (
            "cases", "queues", "people", "add_person", "my_settings", "why", "roles", "events",
            "verify", "mfa_index", "account_change_password", "account_logout",
        )
    ] + [
        reverse("case", args=[case.pk]), reverse("person", args=[alice.pk]),
        reverse("queue", args=["VN", "regulated"]), reverse("market_settings", args=["VN"]),
        reverse("cases") + "?q=khong+co", "/nothing/here/",
    ]  # fmt: skip
    found: dict[str, list[str]] = {}
    for width, scheme in ((1280, "light"), (360, "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, locale="vi-VN"
        )
        page = context.new_page()
        log_in(page, live_server.url, "lan")
        for address in here:
            page.goto(live_server.url + address)
            wrong = faults(page) + english(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append("wider than the window")
            if wrong:
                found[f"{width} {address}"] = wrong
        context.close()
    assert not found
    assert User.objects.get(pk=lan.pk)
