"""How the people of a policy day use its pages: by the words that stand on them."""

from __future__ import annotations

from typing import Any

from tests.workbench.browsing import followed, pressed

NOTE = "Dao bếp giấu trong gậy: gỡ hay cho phép?"
"""What the moderator asks; the request and the draft are called so."""


def through_the_menu(page: Any, area: str, door: str) -> None:
    """Go to a room by the menu, through its area where the person has many doors."""
    menu = page.locator("nav.menu").first
    if menu.get_by_role("link", name=area, exact=True).count():
        followed(page, menu.get_by_role("link", name=area, exact=True))
        menu = page.locator("nav.menu.inside")
    followed(page, menu.get_by_role("link", name=door, exact=True))


def press(page: Any, words: str) -> None:
    """Press the button that says so, which leads to a page, and be there."""
    pressed(page, words)


def told_in_the_end(page: Any, words: str) -> None:
    """Load the page again until it says so: a job is about to see to it."""
    for _again in range(60):
        if page.locator("main", has_text=words).count():
            return
        page.reload()
    raise AssertionError(f"{page.url} never says {words!r}")


# the console


def begin_a_case(page: Any) -> None:
    """Begin at the start of work, and be before a case whose script listens."""
    page.goto("/review/")
    page.get_by_role("button", name="Bắt đầu").click()
    page.wait_for_url("**/review/task/*/")
    before_a_case(page)


def before_a_case(page: Any) -> None:
    """A case is there, and its script listens."""
    page.locator("body[data-ready]").wait_for()
    page.locator(".ask").wait_for()
    page.locator(".step[data-ahead]").wait_for()


def answers(page: Any, words: str, verdict: str = "") -> None:
    """Answer what is asked, by the option's words."""
    page.locator(".step").get_by_role("button", name=words).click()
    if verdict:
        page.locator(".verdict", has_text=verdict).wait_for()


def confirms(page: Any) -> None:
    """Confirm the verdict once every answer has arrived, and be at the next case or the start."""
    page.wait_for_function(
        "() => !Object.keys(localStorage).some(k => k.startsWith('brightline.answer'))"
    )
    before = page.url
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(lambda url: url != before)


# the editor


def settled(page: Any) -> None:
    """Wait until what was done is saved and checked."""
    page.wait_for_function(
        "() => document.getElementById('status').dataset.kind === 'saved'"
        " && !document.querySelector('#found[aria-busy], #impact[aria-busy]')"
    )


def chip(page: Any, clause: str, fact: str) -> Any:
    """The test of a clause on a fact, in the table."""
    return page.locator(f"[data-test][data-clause='{clause}'][data-fact='{fact}']")
