"""Keys, webhooks and an upload in a real browser, in Vietnamese; every page for axe."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from brightline.workbench.api.models import ApiKey, Upload
from brightline.workbench.api.uploads.working import read_uploads
from brightline.workbench.delivery.models import Delivery, Hook
from brightline.workbench.delivery.telling import forget_hooks
from tests.workbench.browsing import english, faults, log_in, pressed, told
from tests.workbench.making import a_case

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 800}


@pytest.fixture
def page(browser):
    """A page whose errors fail the test."""
    context = browser.new_context(viewport=WIDE, locale="vi-VN")
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    cache.clear()
    forget_hooks()
    yield shown
    context.close()
    forget_hooks()
    assert not wrong


def fit(page) -> None:
    """The page has no faults, speaks Vietnamese, and is no wider than a narrow screen or a wide."""
    assert not english(page)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not faults(page)


@pytest.mark.one_engine
def test_an_administrator_makes_a_key_and_a_webhook(page, live_server, release, dave, settings):
    settings.HOOKS_ALLOW_PRIVATE = True
    log_in(page, live_server.url, "dave")
    page.goto(f"{live_server.url}/api/keys/")
    fit(page)
    page.get_by_label("Tên khóa").fill("Tin đăng")
    page.get_by_label("Tài khoản", exact=False).first.select_option("new")
    page.get_by_label("Tên tài khoản mới").fill("tin-dang")
    page.get_by_role("button", name="Tạo khóa").click()
    told(page, "Hãy sao chép ngay")
    fit(page)
    pressed(page, "Thu hồi khóa Tin đăng")
    assert ApiKey.objects.get().withdrawn_at
    page.goto(f"{live_server.url}/deliveries/")
    fit(page)
    page.get_by_role("link", name="Thêm webhook").click()
    page.get_by_label("Tên webhook").wait_for()
    fit(page)
    page.get_by_label("Tên webhook").fill("Sàn")
    page.get_by_label("Địa chỉ", exact=False).fill("http://127.0.0.1:9/in")
    page.get_by_label("case.received").check()
    pressed(page, "Lưu")
    fit(page)
    a_case()
    Delivery.objects.update(status="given_up", attempts=12, said="HTTP 500")
    page.reload()
    fit(page)
    pressed(page, "Gửi lại")
    assert Delivery.objects.get().status == "waiting"
    pressed(page, "Tạm dừng")
    assert Hook.objects.get().state == "paused"
    fit(page)


@pytest.mark.one_engine
def test_a_manager_uploads_a_file(page, live_server, release, mai, tmp_path):
    file = tmp_path / "lots.csv"
    file.write_text("sku,tên sản phẩm\na-1,Gối ôm\n,Thiếu mã\n", "utf-8")
    log_in(page, live_server.url, "mai")
    page.goto(f"{live_server.url}/api/uploads/")
    fit(page)
    page.get_by_label("Tệp", exact=False).first.set_input_files(file)
    pressed(page, "Xem tệp")
    fit(page)
    assert page.get_by_label("Cột sku").input_value() == "ref"
    pressed(page, "Đưa vào")
    assert read_uploads() == 1
    page.goto(f"{live_server.url}/api/uploads/{Upload.objects.get().pk}/")
    told(page, "Thiếu mã")
    fit(page)
