"""The programme manager's main day in a browser, in Vietnamese: from a note to a mended draft."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from brightline.editing.edits import value_at
from brightline.workbench.desk.models import Request, State
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.reading import content_sha, files
from tests.workbench.browsing import english, faults, log_in
from tests.workbench.drafts.conftest import KNIVES
from tests.workbench.making import a_case

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser):
    """A page whose errors, and whose breaches of the content policy, fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    shown.on("dialog", lambda dialog: dialog.accept())
    cache.clear()
    yield shown
    context.close()
    assert not wrong


def settled(page) -> None:
    """Wait until what was done is saved and checked."""
    page.wait_for_function(
        "() => document.getElementById('status').dataset.kind === 'saved'"
        " && !document.querySelector('#found[aria-busy], #impact[aria-busy]')"
    )


def unclear(page, url: str, note: str) -> None:
    """Report, in the middle of a case, that a rule is unclear."""
    page.goto(f"{url}/review/")
    page.locator("main button.primary").first.click()
    page.wait_for_url("**/review/task/**")
    page.wait_for_load_state("load")
    page.locator("[data-opens=unclear]").click()
    page.locator("dialog#unclear textarea").fill(note)
    page.locator("dialog#unclear .primary").click()
    page.locator("[data-who=unclear]").wait_for()


def chip(page, clause: str, fact: str):
    return page.locator(f"[data-test][data-clause='{clause}'][data-fact='{fact}']")


def test_a_note_becomes_a_request_a_draft_is_edited_both_ways_and_mended(
    page, live_server, release, alice, mai
):
    a_case()
    log_in(page, live_server.url, "alice")
    unclear(page, live_server.url, "Gậy ba khúc có phải vũ khí không?")
    page.goto(f"{live_server.url}/requests/mine/")
    assert page.get_by_role("heading", name="Gậy ba khúc").is_visible()
    assert not faults(page) and not english(page)
    page.get_by_role("button", name="Đăng xuất").click()

    log_in(page, live_server.url, "mai")
    page.goto(f"{live_server.url}/requests/")
    assert not faults(page) and not english(page)
    page.get_by_role("link", name="Gậy ba khúc").click()
    assert not faults(page) and not english(page)
    page.get_by_role("link", name="Soạn thay đổi: mở bản thảo").click()
    page.get_by_role("button", name="Mở bản thảo").click()
    page.wait_for_url("**/edit/sops/knives.yaml")
    assert Request.objects.get().state == State.DRAFTED
    settled(page)
    assert not faults(page) and not english(page)
    before = content_sha(Draft.objects.get())

    # in the table, by keyboard alone: one test more; another less, and a proof finds a dead clause
    chip(page, "K-2", "hidden").focus()
    page.keyboard.press("Enter")
    page.locator("#popover").get_by_label("không", exact=True).check()
    page.keyboard.press("Enter")
    settled(page)
    assert chip(page, "K-2", "hidden").inner_text() == "không"
    chip(page, "K-1", "hidden").click()
    page.locator("#popover").get_by_label("không xét").check()
    page.get_by_role("button", name="Xong").click()
    settled(page)
    assert page.locator(".finding", has_text="BL-601").get_by_text("K-2").first.is_visible()
    assert page.locator("[data-marks='K-2'] .finding-mark").is_visible()
    page.locator("[data-move='K-2']").press("ArrowUp")
    settled(page)
    assert page.locator("tbody[data-clause]").first.get_attribute("data-clause") == "K-2"

    # in the text: the same change is there; a mistake is marked in place, then mended
    page.get_by_role("tab", name="Văn bản").click()
    editor = page.locator("#text-editor .cm-content")
    editor.wait_for()
    assert editor.get_by_text("hidden: no").is_visible()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nhít: first")
    settled(page)
    assert page.locator(".finding.error").first.is_visible()
    assert page.locator("#text-editor .cm-lint-marker-error").first.is_visible()
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    settled(page)
    assert page.locator(".finding.error").count() == 0

    # back in the table: the proof's finding is mended, and all that was done is one text
    page.get_by_role("tab", name="Bảng").click()
    chip(page, "K-1", "hidden").wait_for()
    chip(page, "K-1", "hidden").click()
    page.locator("#popover").get_by_label("có", exact=True).check()
    page.get_by_role("button", name="Xong").click()
    settled(page)
    assert page.locator(".finding", has_text="BL-601").count() == 0
    draft = Draft.objects.get()
    text = files(draft)[KNIVES]
    assert value_at(text, ("clauses", "K-1", "when")) == {"item": "weapon", "hidden": "yes"}
    assert value_at(text, ("clauses", "K-2", "when")) == {"item": "weapon", "hidden": "no"}
    assert content_sha(draft) != before
    page.get_by_role("button", name="Hoàn tác").click()
    settled(page)
    text = files(Draft.objects.get())[KNIVES]
    assert value_at(text, ("clauses", "K-1", "when")) == {"item": "weapon"}
    for address in (f"/drafts/{draft.pk}/", f"/drafts/{draft.pk}/consult/", "/drafts/"):
        page.goto(live_server.url + address)
        assert not faults(page) and not english(page), address
