"""In a browser, in Vietnamese: a notice is edited before it is sent; where it is posted to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.understanding.actions.draft import draft
from tests.workbench.browsing import faults, follow, looked_at, pressed, told
from tests.workbench.making import a_rulebook
from tests.workbench.understanding.making import second_release

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.one_engine
def test_a_notice_is_edited_and_seen_as_its_readers_will(enter, alice, mai):
    publish(a_rulebook(), None)
    draft(second_release())
    page = enter(mai, reverse("briefings"), 360, "dark")
    looked_at(page)
    follow(page, "VN 2")
    follow(page, "Sửa")
    assert not faults(page)
    page.get_by_label("Nội dung").first.fill("Dao bếp nay cũng bị gỡ.")
    pressed(page, "Lưu và xem")
    told(page, "Dao bếp nay cũng bị gỡ.")
    page.goto(reverse("channels"))
    looked_at(page)
