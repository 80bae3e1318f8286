"""Two authors in one SOP at once, in two browsers: nothing is lost, and both see what happened."""

from __future__ import annotations

from typing import Any

import pytest

from brightline.editing.edits import value_at
from brightline.workbench.drafts.models import Draft, Unmerged
from brightline.workbench.drafts.reading import files
from tests.workbench.browsing import follow, looked_at, told
from tests.workbench.drafts.conftest import KNIVES
from tests.workbench.policy_day.pages import press, settled

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Held:
    """What a window saves, held back until the other has saved something."""

    def __init__(self, page: Any) -> None:
        self.waiting: list[Any] = []
        self.holds = False
        page.route("**/save/**", self._come)

    def _come(self, route: Any) -> None:
        if self.holds:
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self.holds = False
        while self.waiting:
            self.waiting.pop(0).continue_()


def types(page: Any, held: Held, line: str, wanted: str) -> None:
    """Write another line in the text; what saves it is on its way, and held."""
    held.holds = True
    page.locator("#text-editor .cm-line", has_text=line).first.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    with page.expect_request("**/save/**"):
        page.keyboard.insert_text(wanted)


def points(clause: str) -> object:
    return value_at(files(Draft.objects.get())[KNIVES], ("clauses", clause, "points"))


def sets_points(page: Any, clause: str, number: int) -> None:
    page.get_by_label(f"Điểm của {clause}").fill(str(number))
    page.get_by_label(f"Điểm của {clause}").blur()
    settled(page)


def test_two_authors_lose_nothing_and_both_see_what_happened(enter, draft, nam, mai):
    address = f"/drafts/{draft.pk}/edit/{KNIVES}"
    table, text = enter(nam, "/drafts/", 1280), enter(mai, "/drafts/", 1280)
    held = Held(text)
    table.goto(address)
    text.goto(f"{address}?as=text")
    settled(table)
    settled(text)

    # different places: both changes are in the file, and each is told of the other
    types(text, held, "points: 12", "points: 10  # theo góp ý")
    sets_points(table, "K-1", 20)
    held.let_go()
    told(text, "Người khác cũng vừa sửa", "#line")
    text.locator("#text-editor .cm-line", has_text="points: 20").wait_for()
    text.locator("#together", has_text="Cùng soạn: Nam").wait_for()
    settled(text)
    assert (points("K-1"), points("K-2")) == (20, 10)

    unsent = table.get_by_label("Góp ý của bạn")
    unsent.fill("Sao lại mười điểm?")
    sets_points(table, "K-1", 21)
    told(table, "Người khác cũng vừa sửa", "#line")
    assert table.get_by_label("Điểm của K-2").input_value() == "10"
    assert unsent.input_value() == "Sao lại mười điểm?", "the page was drawn anew meanwhile"

    # the same place: whoever is later chooses, by name
    types(text, held, "points: 10", "points: 8  # theo góp ý")
    sets_points(table, "K-2", 15)
    table.locator("#together", has_text="Cùng soạn: Mai").wait_for()
    held.let_go()
    told(text, "Nam", "#line")
    assert points("K-2") == 15
    with text.expect_response("**/save/**"):
        text.keyboard.type(" của Lan")  # she types on: it is one version still
    assert Unmerged.objects.count() == 1
    looked_at(text)
    text.reload()
    told(text, "Cả hai bản đều được giữ")
    follow(text, "Xem cả hai bản")
    looked_at(text)
    told(text, "Bản hiện tại (Nam)")
    text.get_by_label("Bản của Mai").check()
    press(text, "Giữ như vậy")
    settled(text)
    assert (points("K-1"), points("K-2")) == (21, 8)
    assert "# theo góp ý của Lan" in files(Draft.objects.get())[KNIVES]
    sets_points(table, "K-1", 22)
    assert table.get_by_label("Điểm của K-2").input_value() == "8"
    table.goto(f"/drafts/{draft.pk}/history/")
    told(table, "Mai")
    looked_at(table)
