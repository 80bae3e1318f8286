"""The forms of steps, settings and law in a browser, in Vietnamese, by keyboard and mouse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.editing.edits import value_at
from brightline.workbench.drafts.models import Draft, Stays
from brightline.workbench.drafts.reading import files
from tests.workbench.browsing import english, faults
from tests.workbench.drafts.conftest import KNIVES
from tests.workbench.policy_day.pages import settled

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def added(page, dialog: str, **fields: str) -> None:
    """Fill a dialog and press its button."""
    form = page.locator(f"dialog#{dialog}")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with sent(page):
        form.get_by_role("button", name="Thêm", exact=True).click()
    settled(page)


def sent(page, what: str = "/op/"):
    """What is done inside is on its way to the server and answered when the block ends."""
    return page.expect_response(lambda got: what in got.url)


def now(path: str, *at: str):
    return value_at(files(Draft.objects.get())[path], at)


@pytest.mark.one_engine
def test_steps_settings_and_law_are_kept_in_forms(enter, live_server, draft, mai):
    page = enter(mai, f"/drafts/{draft.pk}/")
    base = f"{live_server.url}/drafts/{draft.pk}"
    page.goto(f"{base}/edit/rulebook.yaml")
    settled(page)
    assert not faults(page) and not english(page)
    page.locator("[data-new-entry=roles]").click()
    added(page, "new-roles", title_vi="Đầu mối công an", title_en="Police desk")
    assert now("rulebook.yaml", "roles", "police_desk", "vi") == "Đầu mối công an"
    assert page.locator("#side h2").inner_text() == "Đầu mối công an"

    page.goto(f"{base}/edit/{KNIVES}?at=clause:K-1")
    settled(page)
    page.locator("[data-new-step=K-1]").last.click()
    added(page, "new-step", do_vi="Báo công an", do_en="Tell the police", role="police_desk",
          within="4")  # fmt: skip
    chip = page.locator("#row-clause-K-1 [data-goto-step]")
    assert "Đầu mối công an · 4 giờ" in chip.inner_text()
    with sent(page):
        page.locator("[data-length-unit='clauses/K-1/then/#0/within']").select_option("d")
    settled(page)
    assert now(KNIVES, "clauses", "K-1", "then")[0]["within"] == "4d"
    assert not faults(page) and not english(page)
    with sent(page, "/undo/"):
        page.locator("#undo").click()
    settled(page)
    assert now(KNIVES, "clauses", "K-1", "then")[0]["within"] == "4h"

    page.locator("[data-text='clauses/K-1/notice/vi']").fill("Đã gỡ vũ khí. Có thể khiếu nại.")
    page.locator("[data-stays]").first.wait_for()
    settled(page)
    page.locator("[data-stays]").first.click()
    page.locator("[data-stays-not]").first.wait_for()
    settled(page)
    assert Stays.objects.get().by == mai
    assert not faults(page) and not english(page)

    page.goto(f"{base}/")
    page.get_by_role("button", name="Lập sổ văn bản pháp luật").click()
    page.wait_for_url("**/edit/law.yaml")
    settled(page)
    page.locator("[data-new-entry=law]").click()
    again = (timezone.localdate() + timedelta(days=90)).isoformat()
    added(page, "new-law", cite_vi="Nghị định 1/2026/NĐ-CP", cite_en="Decree 1/2026/ND-CP",
          title_vi="Dao kiếm", title_en="Knives", recheck_by=again)  # fmt: skip
    assert not faults(page) and not english(page)
    law = now("law.yaml", "law")
    [name] = law
    assert law[name]["status"] == "unverified"
    page.locator("form[data-verify] [name=source]").fill("https://congbao.chinhphu.vn/1")
    page.locator("form[data-verify] button").click()
    page.locator("[data-unverify]").wait_for()
    settled(page)
    entry = now("law.yaml", "law", name)
    assert (entry["status"], entry["checked_by"]) == ("verified", "Mai")
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 360 and not faults(page)
