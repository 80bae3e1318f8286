"""In chromium, in Vietnamese: the pages around a release that a policy day does not pass."""

from __future__ import annotations

import pytest

from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.browsing import looked_at, told
from tests.workbench.making import a_case
from tests.workbench.releases.changing import sound

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_sweep_is_counted_and_what_was_in_force_is_looked_up(enter, mai):
    publish(sound(), None)
    a_case("Gối ôm")
    publish(sound(points=13), None)
    page = enter(mai, "/releases/VN/2/sweep/", 1280)
    looked_at(page)
    page.get_by_role("button", name="Đếm những gì sẽ đổi").first.click()
    page.wait_for_url("**/sweeps/*/")
    looked_at(page)
    for path in ("/upkeep/", "/upkeep/law/", "/upkeep/clauses/",
                 "/upkeep/VN/clause/knives/K-2/", "/approvals/rules/VN/"):  # fmt: skip
        page.goto(path)
        looked_at(page)
    page.goto("/releases/?market=VN&at=3/3/2027+14:00")
    told(page, "14:00")
    looked_at(page)
