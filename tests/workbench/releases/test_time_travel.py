"""Decisions of three releases come out the same, long after, each under its own."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.records.reproducing import Reproduction, reproduce_some
from brightline.workbench.records.verifying import check_all
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.actions.roll_back import roll_back
from brightline.workbench.rulebooks.in_force import forget, release_of
from tests.workbench.making import a_case, a_rulebook, decided
from tests.workbench.releases.changing import no_cushions

pytestmark = pytest.mark.django_db


def test_decisions_of_three_releases_are_reproduced(release, alice, mai):
    def judge(name: str) -> None:
        a_case("Kiếm Nhật", ref=f"{name}-1")
        decided(alice, item="weapon", hidden="no")
        a_case("Gối ôm", ref=f"{name}-2")

    judge("a")
    second = publish(no_cushions(), mai)
    judge("b")
    third = publish(a_rulebook(15), mai)
    judge("c")
    fourth = roll_back(release, mai, "Sai điểm")
    judge("d")
    forget()  # nothing is remembered: everything is read again from what is stored
    assert {c.ref: c.action for c in Case.objects.filter(ref__endswith="-2")} == {
        "a-2": "allow", "b-2": "remove_listing", "c-2": "allow", "d-2": "allow",
    }  # fmt: skip
    points = Decision.objects.filter(case__ref__endswith="-1").order_by("pk")
    assert [d.points for d in points] == [12, 12, 15, 12]
    told = [release_of("VN", d.sha, d.at) for d in points]
    assert told == [release, second, third, fourth]
    found = Reproduction()
    assert reproduce_some(0, found) is None
    assert (found.checked, found.same, found.mismatches) == (8, 8, [])
    assert check_all().sound
    Decision.objects.filter(case__ref="c-1").update(points=12)  # as if release 1 had decided it
    assert not check_all().sound
