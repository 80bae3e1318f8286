"""In chromium, in Vietnamese: two people approve a draft, it is released, and rolled back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.cache import cache

from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.actions.save_file import save_file
from brightline.workbench.drafts.reading import files
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import forget, release_now
from tests.workbench.browsing import english, faults, log_in
from tests.workbench.making import a_case, person
from tests.workbench.releases.changing import sound

pytestmark = pytest.mark.slow
KNIVES = "sops/knives.yaml"


@pytest.fixture(scope="class")
def chromium(request, browser) -> None:
    """Chromium, for the tests of a class."""
    request.cls.chromium = browser


@pytest.mark.usefixtures("chromium")
class TestReleasing(StaticLiveServerTestCase):
    """One story; each page of it is looked at by axe."""

    chromium: Any

    def setUp(self) -> None:
        cache.clear()
        forget()
        self.first = publish(sound(), None)
        self.thu = person("thu", "author")
        for name, role in (("mai", "manager"), ("duc", "lead")):
            person(name, role)
        a_case("Gối ôm")
        draft = open_draft(self.first, self.thu, "Thêm điểm cho vũ khí", "Nghị định mới")
        text = files(draft)[KNIVES].replace("points: 12", "points: 13")
        save_file(draft.pk, self.thu, KNIVES, text, 0)
        self.draft = draft.pk

    def as_(self, name: str, width: int = 1280) -> Any:
        context = self.chromium.new_context(viewport={"width": width, "height": 900})
        self.addCleanup(context.close)
        page = context.new_page()
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        log_in(page, self.live_server_url, name)
        return page

    def go(self, page: Any, path: str) -> None:
        page.goto(self.live_server_url + path)
        assert not faults(page)
        assert not english(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not self.wrong

    def test_two_sign_it_is_in_force_and_rolled_back(self) -> None:
        approval = f"/approvals/{self.draft}/"
        thu = self.as_("thu", 360)
        self.go(thu, approval)
        thu.get_by_role("button", name="Gửi duyệt").click()
        thu.get_by_text("Đã gửi duyệt").wait_for()

        mai = self.as_("mai")
        self.go(mai, "/approvals/")
        mai.get_by_role("link", name="Thêm điểm cho vũ khí").click()
        assert not faults(mai)
        mai.get_by_role("button", name="Ký nội dung này").click()
        duc = self.as_("duc")
        self.go(duc, approval)
        duc.get_by_role("button", name="Ký nội dung này").click()
        duc.get_by_text("Đã ký").first.wait_for()

        self.go(mai, approval)
        mai.get_by_role("button", name="Ban hành", exact=True).click()
        mai.wait_for_url("**/releases/VN/2/")
        forget()
        assert release_now("VN").number == 2
        self.go(mai, "/releases/VN/2/")
        self.go(mai, "/releases/VN/2/sweep/")
        mai.get_by_role("button", name="Đếm những gì sẽ đổi").first.click()
        mai.wait_for_url("**/sweeps/*/")
        assert not faults(mai)
        for path in ("/upkeep/", "/upkeep/law/", "/upkeep/clauses/",
                     "/upkeep/VN/clause/knives/K-2/", "/approvals/rules/VN/"):  # fmt: skip
            self.go(mai, path)

        self.go(mai, "/releases/?market=VN&at=3/3/2027+14:00")
        mai.get_by_text("Quay lại bản ban hành 1").click()
        mai.get_by_label("Lý do").first.fill("Sai điểm")
        mai.get_by_role("button", name="Quay lại ngay").click()
        mai.wait_for_url("**/releases/VN/3/")
        forget()
        back = release_now("VN")
        assert (back.number, back.sha, back.restores_id) == (3, self.first.sha, self.first.pk)
