"""What the number of a paper comes to: by its form, its year, and the register."""

from __future__ import annotations

import pytest

from brightline.i18n import use
from brightline.signals.papers.judging import OUTCOMES, same_product
from tests.signals.making import fact, option, read, read_all

REGISTER = """\
Số tiếp nhận,Tên sản phẩm,Đơn vị công bố,Ngày cấp,Hiệu lực đến,Tình trạng
145280/21/CBMP-QLD,Kem dưỡng ẩm Hoa Mai,Công ty A,02/03/2021,2/3/2026,Còn hiệu lực
145281/21/CBMP-QLD,Sữa rửa mặt Hoa Mai,Công ty A,02/03/2021,02/03/2026,Đã thu hồi
145282/21/CBMP-QLD,Son dưỡng Hoa Mai,Công ty A,,,
11111/24/CBMP-HN,Serum Vitamin C,Công ty B,2024-05-01,2029-05-01,
7/20/CBMP-HN,Dầu gội bưởi,Công ty C,2020-01-01,2025-01-01,
7/20/CBMP-HN,Dầu gội bưởi,Công ty C,2025-01-01,2030-01-01,
8/20/CBMP-HN,Dầu gội bưởi,Công ty C,2020-01-01,2030-01-01,
8/20/CBMP-HN,Dầu gội bưởi,Công ty C,2020-01-01,,thu hồi
9/20/CBMP-HN,Dầu gội bưởi,Công ty C,2020-01-01,,thu hồi
9/20/CBMP-HN,Dầu gội bưởi,Công ty C,2022-01-01,2030-01-01,
6/20/CBMP-HN,Dầu gội bưởi,Công ty C,,,thu hồi
6/20/CBMP-HN,Nước hoa hồng trắng da,Công ty C,,,
"""
DATA = {"cosmetics": REGISTER}
FROM = {
    "signal": "papers", "paper": "cosmetic_notification", "number": "number",
    "in": ["description"], "register": "cosmetics", "on": "created_at", "product": "title",
}  # fmt: skip
VALUES = {outcome: outcome for outcome in OUTCOMES}
COMPLETE = {**FROM, "complete": "yes"}


def outcome(attributes: dict, data=DATA, **given: object):
    declared = fact("choice", {**FROM, "values": VALUES, **given},
                    options={name: option() for name in OUTCOMES})  # fmt: skip
    reading = read(declared, attributes, data=data)
    assert read_all(declared, [attributes], data=data) == [reading.value]
    return reading


def case(number: object, title: str = "", day: object = "2025-06-01", description: object = None):
    return {"number": number, "title": title, "created_at": day, "description": description}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        (case("145280/21/CBMP-QLD", "Kem dưỡng ẩm Hoa Mai 50g"), "valid"),
        (case("145280/21/CBMP-QLD", "KEM DUONG AM HOA MAI"), "valid"),
        (case("145280/21/CBMP-QLD", "Thuốc nhuộm tóc nâu"), "other_product"),
        (case("145280/21/CBMP-QLD", "Kem dưỡng ẩm Hoa Mai", "2026-03-03"), "expired"),
        (case("145280/21/CBMP-QLD", "Kem dưỡng ẩm Hoa Mai", "2026-03-02T23:59:59"), "valid"),
        (case("145280/21/CBMP-QLD", "Kem dưỡng ẩm Hoa Mai", "02/03/2026"), "valid"),
        (case("145280/21/CBMP-QLD", "Kem dưỡng ẩm Hoa Mai", None), "expired"),  # the table's day
        (case("145281/21/CBMP-QLD"), "revoked"),
        (case("145282/2021/CBMP - QLD"), "valid"),
        (case("11111/24/CBMP-HN", "Serum Vitamin C"), "valid"),  # a pattern, and yet registered
        (case("22222/24/CBMP-HN"), "implausible"),
        (case("0/24/CBMP-HN"), "implausible"),
        (case("123/29/CBMP-HN"), "implausible"),
        (case("123/24/CBMP-HN"), "unchecked"),
        (case("123/24/CBMP"), "malformed"),
        (case("không có"), "missing"),
        (case("Đang cập nhật."), "missing"),
        (case(None), None),
        (case(""), "missing"),
        (case(None, description="Số CB 145281/21/CBMP-QLD"), "revoked"),
        (case("không có", description="Số CB 145282/21/CBMP-QLD"), "valid"),
        (case("145282/21/CBMP-QLD", description="Số CB 145281/21/CBMP-QLD"), "revoked"),
        (case("7/20/CBMP-HN"), "valid"),  # renewed
        (case("8/20/CBMP-HN"), "revoked"),
        (case("9/20/CBMP-HN"), "valid"),  # issued anew after it was revoked
        (case("6/20/CBMP-HN", "Nước hoa hồng trắng da"), "valid"),
        (case("6/20/CBMP-HN", "Dầu gội bưởi"), "revoked"),
    ],
)
def test_a_number_comes_to(attributes: dict, expected: str | None) -> None:
    assert outcome(attributes).value == expected


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        ("123/24/CBMP-HN", "2025-06-01", "not_in_register"),
        ("123/26/CBMP-HN", "2026-12-01", "unchecked"),  # it may be younger than the register
    ],
)
def test_what_a_complete_register_does_not_hold_does_not_exist(number, day, expected) -> None:
    assert outcome(case(number, day=day), complete="yes").value == expected


def test_a_paper_that_its_year_shows_to_be_past_has_expired() -> None:
    old = case("123/15/CBMP-HN")
    assert outcome(old, years=5).value == "expired"
    assert outcome(case("123/21/CBMP-HN"), years=5).value == "unchecked"


def test_without_rows_a_number_is_unchecked_and_the_reason_names_the_table() -> None:
    reading = outcome(case("123/24/CBMP-HN"), data={"cosmetics": None})
    assert (reading.value, reading.reason) == (
        "unchecked", "the table cosmetics has no rows yet",
    )  # fmt: skip


def test_a_reading_names_the_register_its_day_and_what_it_says_of_the_number() -> None:
    reading = outcome(case("145281/21/CBMP-QLD"))
    assert reading.source == "papers:cosmetic_notification@cosmetics.2026-11-20"
    assert reading.reason == "revoked; register of 20 Nov 2026: Sữa rửa mặt Hoa Mai · Công ty A"
    assert [(e.attribute, e.text) for e in reading.evidence] == [("number", "145281/21/CBMP-QLD")]
    with use("vi"):
        assert "20/11/2026" in str(outcome(case("145281/21/CBMP-QLD")).reason)


def test_a_code_that_came_as_a_number_is_not_judged_and_the_reason_says_why() -> None:
    declared = fact("yes_no", {"signal": "papers", "paper": "tax_code", "number": "number",
                               "finds": ["malformed", "missing"]})  # fmt: skip
    reading = read(declared, {"number": 100233488})
    assert reading.value is None
    assert "as text" in str(reading.reason)


def test_a_yes_no_fact_says_yes_for_the_outcomes_named() -> None:
    found = {**FROM, "finds": ["revoked", "expired"]}
    assert read(fact("yes_no", found), case("145281/21/CBMP-QLD"), data=DATA).value == "yes"
    assert read(fact("yes_no", found), case("145282/21/CBMP-QLD"), data=DATA).value is None
    found["absent"] = "no"
    assert read(fact("yes_no", found), case("145282/21/CBMP-QLD"), data=DATA).value == "no"
    assert read(fact("yes_no", found), case(None), data=DATA).value is None


@pytest.mark.parametrize(
    ("registered", "title", "same"),
    [
        ("Kem dưỡng ẩm Hoa Mai", "kem hoa mai", True),
        ("Kem dưỡng ẩm Hoa Mai", "Dầu gội bưởi", False),
        ("Kem", "Dầu gội", True), ("Kem dưỡng", "", True), ("", "Dầu gội", True),
    ],
)  # fmt: skip
def test_a_title_may_be_of_the_registered_product_or_not(registered, title, same) -> None:
    assert same_product(registered, title) is same
