"""Every page of the console passes axe, light and dark, wide and narrow, and fits the screen."""

from __future__ import annotations

import pytest

from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.browsing import RULES
from tests.workbench.console.test_browser import asks, begun, ready, verdict, waiting
from tests.workbench.console.wide import a_wide_rulebook
from tests.workbench.making import a_case, person

pytestmark = [pytest.mark.slow, pytest.mark.one_engine, pytest.mark.django_db(transaction=True)]


def faults(page) -> list[str]:
    """What axe finds, wide in light and narrow in dark; and whether the page fits the screen."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for scheme, width in (
        ("light", 1440),
        ("dark", 360),
    ):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{scheme} {width}: {wide} px too wide")
        for one in Axe().run(page, options=RULES).response["violations"]:
            where = [node["target"] for node in one["nodes"]][:3]
            found.append(f"{scheme} {width}: {one['id']} {where}")
    return found


def test_the_start_and_wellness(desk):
    waiting(2)
    alice = person("alice", "moderator")
    page = desk(alice)
    assert faults(page) == []
    page.goto(page.url + "wellness/")
    assert faults(page) == []
    page = desk(person("eve", "moderator", queue="reviews"))
    assert faults(page) == []


def test_question_verdict_and_dialogs(desk):
    waiting(2)
    page = begun(desk, person("alice", "moderator"))
    assert faults(page) == []
    for key, name in (
        ("s", "skip"),
        ("e", "escalate"),
        ("u", "unclear"),
        ("p", "pause"),
        ("?", "keys"),
    ):
        page.keyboard.press(key)
        page.locator(f"#{name}[open]").wait_for()
        assert faults(page) == []
        page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("2")
    verdict(page, "Gỡ sản phẩm")
    assert faults(page) == []


def test_a_long_list_is_filtered_without_accents_and_prices_are_read(desk):
    publish(a_wide_rulebook(), None)
    a_case("Chai thủy tinh")
    page = desk(person("alice", "moderator"))
    page.keyboard.press("Enter")
    ready(page)
    asks(page, "Trong chai là gì?")
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.keyboard.type("ruou ma")
    assert page.locator("#found li:visible").all_inner_texts() == ["1\nĐồ uống có cồn › Rượu mạnh"]
    page.keyboard.press("Enter")
    asks(page, "Giá bao nhiêu?")
    assert faults(page) == []
    page.keyboard.type("rẻ lắm")
    page.keyboard.press("Enter")
    page.get_by_text("Không đọc được số “rẻ lắm”").wait_for()
    page.keyboard.type("45k")
    page.keyboard.press("Enter")
    verdict(page, "Gỡ sản phẩm")
    assert "Giá là 45.000 ₫" in page.locator(".known").inner_text()


def test_numbers_find_the_first_nine_of_a_long_list(desk):
    publish(a_wide_rulebook(), None)
    a_case("Chai thủy tinh")
    page = desk(person("alice", "moderator"))
    page.keyboard.press("Enter")
    ready(page)
    page.keyboard.press("Escape")  # leave the filter
    page.keyboard.press("3")
    verdict(page, "Cho phép")
    page.keyboard.press("z")
    asks(page, "Trong chai là gì?")
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    asks(page, "Giá bao nhiêu?")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    verdict(page, "Chuyển cấp trên")
