"""In chromium, in Vietnamese: a seller appeals on a phone and wins; the points are back."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.cache import cache

from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.sellers.models import Appeal, Statement
from tests.workbench.browsing import RULES, told
from tests.workbench.making import PASSWORD, a_rulebook, decided, person
from tests.workbench.sellers.making import WORDS, a_picture, page_of, removed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="class")
def chromium(request, browser) -> None:
    """Chromium, for the tests of a class."""
    request.cls.chromium = browser


@pytest.mark.usefixtures("chromium")
class TestAppealing(StaticLiveServerTestCase):
    """One story, each page of it looked at by axe in both widths."""

    chromium: Any

    def setUp(self) -> None:
        cache.clear()
        publish(a_rulebook(), None)
        self.alice, self.carol = person("alice", "moderator"), person("carol", "senior")

    def page(self, width: int) -> Any:
        context = self.chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        self.addCleanup(context.close)
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return page

    def sound(self, page: Any) -> None:
        """Nothing for axe to find, nothing wider than the screen, no English left over."""
        found = Axe().run(page, options=RULES).response["violations"]
        assert not [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not self.wrong

    def log_in(self, page: Any, name: str) -> None:
        page.goto(self.live_server_url + "/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "login" not in url)

    def test_a_seller_appeals_by_link_and_wins(self) -> None:
        decision = removed(self.alice, ref="L-1")
        phone = self.page(360)
        phone.goto(self.live_server_url + page_of(decision))
        told(phone, "Gỡ sản phẩm", "h1")
        told(phone, "Vũ khí")
        self.sound(phone)

        phone.set_input_files("#papers", [
            {"name": "nhựa.jpg", "mimeType": "image/jpeg", "buffer": a_picture()},
        ])  # fmt: skip
        phone.fill("#text", WORDS)
        phone.get_by_role("button", name="Gửi khiếu nại").click()
        phone.wait_for_url("**/appeal/")
        appeal = Appeal.objects.get()
        told(phone, appeal.number)
        self.sound(phone)

        desk = self.page(1440)
        self.log_in(desk, "carol")
        desk.get_by_role("link", name="Khiếu nại").click()
        desk.get_by_role("link", name=appeal.number).click()
        told(desk, WORDS)
        picture = desk.locator(".papers img")
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 60
        self.sound(desk)

        decided(self.carol, item="other")
        phone.goto(self.live_server_url + page_of(decision))
        told(phone, "Hủy quyết định", "#appeal")
        self.sound(phone)
        phone.get_by_role("link", name="Xem quyết định mới").click()
        told(phone, "Bạn không còn bị xử lý")
        self.sound(phone)

        desk.goto(self.live_server_url + "/sellers/?q=shop-1")
        assert desk.locator("#points").inner_text() == "0"
        told(desk, "−12")
        self.sound(desk)

    def test_a_seller_switches_the_language(self) -> None:
        phone = self.page(360)
        phone.goto(self.live_server_url + page_of(removed(self.alice)))
        phone.get_by_role("button", name="English").click()
        told(phone, "Remove the listing", "h1")
        self.sound(phone)

    def test_what_is_wrong_with_an_appeal_is_said_and_nothing_typed_is_lost(self) -> None:
        phone = self.page(360)
        phone.goto(self.live_server_url + page_of(removed(self.alice)))
        phone.fill("#text", WORDS)
        phone.set_input_files("#papers", [
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"<html></html>"},
        ])  # fmt: skip
        phone.get_by_role("button", name="Gửi khiếu nại").click()
        told(phone, "a.pdf", "[role=alert]")
        assert phone.input_value("#text") == WORDS
        self.sound(phone)
        assert not Appeal.objects.exists()

    @pytest.mark.one_engine
    def test_every_other_page_is_sound_on_a_phone_and_on_a_desk(self) -> None:
        person("mai", "manager")
        decision = removed(self.alice)
        statement = Statement.objects.get()
        for width in (360, 1440):
            page = self.page(width)
            page.goto(self.live_server_url + "/sellers/s/nothing/")
            self.sound(page)
            self.log_in(page, "mai")
            told = f"/sellers/statements/{statement.puid}/"
            seller = "/sellers/one/?market=VN&id=shop-1"
            for way in ("/sellers/", seller, "/appeals/", told, "/sellers/statements/"):
                page.goto(self.live_server_url + way)
                self.sound(page)
        assert decision.in_force
