"""Earlier cases: the same words whatever their accents, and the same seller."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.similar import near_identical, of_seller
from tests.workbench.making import a_case, decided

pytestmark = pytest.mark.django_db


def test_the_same_words_without_accents_are_nearly_identical(release, alice):
    first = a_case("Kiếm Nhật trang trí").case
    decided(alice, item="weapon", hidden="no")
    again = a_case("KIEM NHAT, trang tri 2024!", seller="shop-1").case
    a_case("Gậy ba khúc dài")
    found = near_identical(again)
    assert [(one.case, one.action) for one in found] == [(first, "remove_listing")]
    assert found[0].decision.by == alice


def test_a_case_of_two_words_is_like_no_other(release):
    a_case("Dao", seller="a")
    assert near_identical(a_case("Dao", seller="b").case) == []


def test_a_sellers_cases_come_newest_first_with_their_outcome(release):
    first, second = (a_case(title, seller="s-9").case for title in ("Gối ôm", "Kiếm Nhật"))
    third = a_case("Dao thái", seller="s-9").case
    a_case("Kiếm Nhật", seller="s-8")
    assert [(one.case, one.action) for one in of_seller(third)] == [(second, ""), (first, "allow")]
    assert [one.case for one in of_seller(third, most=1)] == [second]


def test_without_a_seller_there_is_no_history(release):
    a_case(seller="")
    assert of_seller(a_case("Dao thái", seller="").case) == []
