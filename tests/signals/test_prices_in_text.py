"""How the signal `number` reads Vietnamese prices, and what it refuses to take for one."""

from __future__ import annotations

import pytest

from brightline.signals.prices import amounts
from brightline.signals.text import normal
from tests.signals.making import fact, problems, read

MILLION = 1_000_000


def prices(text: str) -> list[float]:
    return [amount.value for amount in amounts(normal(text))]


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("1.200.000đ", 1.2 * MILLION), ("1,200,000 VND", 1.2 * MILLION),
        ("1.200.000 đồng", 1.2 * MILLION), ("₫199.000", 199_000), ("VND 1.200.000", 1.2 * MILLION),
        ("1.200.000,50 đ", 1_200_000.5), ("5.000đ", 5000), ("0đ", 0), ("1đ", 1),
        ("199.000d", 199_000),
        ("199k", 199_000), ("199K.", 199_000), ("1.200k", 1.2 * MILLION), ("19k9", 19_900),
        ("1k5", 1500), ("15 nghìn", 15_000), ("15 ngàn đồng", 15_000), ("15 ngan", 15_000),
        ("1tr", MILLION), ("1tr2", 1.2 * MILLION), ("1tr25", 1.25 * MILLION),
        ("1tr250", 1.25 * MILLION), ("2tr050", 2_050_000), ("1tr200k", 1.2 * MILLION),
        ("1.2 triệu", 1.2 * MILLION), ("1,5 triệu", 1.5 * MILLION), ("0,5 triệu", MILLION / 2),
        ("1 triệu rưỡi", 1.5 * MILLION), ("1 triệu 2", 1.2 * MILLION),
        ("1 triệu 250 nghìn", 1.25 * MILLION), ("1 triệu 2 cái", MILLION), ("9.5tr", 9.5 * MILLION),
        ("2 củ", 2 * MILLION), ("giá 2 củ nhé", 2 * MILLION), ("1 tỷ 2", 1200 * MILLION),
        ("giá 199000", 199_000), ("giá: 1.200.000", 1.2 * MILLION), ("chỉ còn 99.000", 99_000),
        ("giá 4k", 4000), ("10k/cái", 10_000), ("giá:199k", 199_000),
    ],
)  # fmt: skip
def test_it_reads(text: str, dong: float) -> None:
    assert prices(text) == [dong]
    assert prices(f"Hàng mới {text}") == [dong]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("150-200k", [150_000, 200_000]), ("150k – 200k", [150_000, 200_000]),
        ("từ 150 đến 200k", [150_000, 200_000]), ("1-2 triệu", [MILLION, 2 * MILLION]),
        ("1tr2-1tr5", [1.2 * MILLION, 1.5 * MILLION]), ("100.000-200.000đ", [100_000, 200_000]),
        ("100-200.000đ", [100_000, 200_000]), ("199k, 299k", [199_000, 299_000]),
    ],
)  # fmt: skip
def test_it_reads_ranges_and_several(text: str, both: list[float]) -> None:
    assert prices(text) == both


@pytest.mark.parametrize(
    "text",
    [
        "0901234567", "0901.234.567", "zalo: 0901234567k", "256GB", "5.000mAh", "iPhone 15",
        "TV 4K",
        "vàng 24k", "20/11/2024", "20.11.2024đ", "20-11-2024", "1m2", "1m65", "12.5kg", "50%",
        "Canon 2000D", "SP-150k", "A15k", "TA63", "1/2 triệu", "$200", "$ 200k", "1.200.00đ",
        "19.99đ",
        "đã bán 1,2k", "10k+ đã bán", "10k lượt xem", "10 triệu người", "giảm 50k", "giảm giá 50k",
        "voucher 50k", "phí ship 30k", "cọc 100k", "mua 20 k nhé", "2 củ khoai", "giá 2024",
        "giá 0901234500", "1.250 triệu", "1tr2tr3", "2x150k", "99999999999999999999đ",
        "tỷ lệ 1 tỷ lệ",
        "lớp 1 đ...", "size 28 đ", "túi sang trọng VND22", "1 triệu dola",
        "giả đền 10 triệu", "1.2.3k",
        "0901234567-200",
    ],
)  # fmt: skip
def test_it_does_not_take_for_a_price(text: str) -> None:
    assert prices(text) == []


def test_a_discount_is_not_the_price() -> None:
    assert prices("giảm 50k còn 299k, freeship 0đ") == [299_000]


def test_the_currency_belongs_to_the_number_before_it() -> None:
    assert prices("199.000 VND 2024") == [199_000]
    assert prices("199.000đ 2024") == [199_000]


def source(**more: str) -> dict[str, object]:
    return {"signal": "number", "in": ["title", "description"], "unit": "vnd", **more}


def test_one_of_several_prices_is_taken_as_the_author_says() -> None:
    case = {"title": "Áo 150-200k", "description": "bản đẹp 99.000đ, sỉ 250k"}
    assert read(fact("number", source()), case).value == 150_000
    assert read(fact("number", source(take="min")), case).value == 99_000
    assert read(fact("number", source(take="max")), case).value == 250_000


def test_the_evidence_is_the_price_as_written() -> None:
    case = {"title": "Áo  đẹp\u200b GIÁ 1\u200bTR2 nha"}
    (seen,) = read(fact("number", source()), case).evidence
    assert (seen.attribute, seen.text) == ("title", "1\u200bTR2")
    assert case["title"][seen.start : seen.end] == seen.text


def test_without_a_price_it_does_not_know() -> None:
    for case in ({}, {"title": "Áo 256GB"}, {"title": None}, {"title": 5}):
        assert read(fact("number", source()), case).value is None


def test_without_a_unit_it_reads_the_first_number() -> None:
    plain = {"signal": "number", "in": ["title"]}
    assert read(fact("number", plain), {"title": "Pin A15 5.000mAh, 2 cái"}).value == 5000


def test_a_price_out_of_the_facts_range_is_unknown_with_the_reason() -> None:
    reading = read(fact("number", source(), max=1000), {"title": "199k"})
    assert (reading.value, reading.reason) == (None, "out of range: 199000 is more than 1000")


def test_check_finds_wrong_parameters() -> None:
    assert problems(fact("number", source(take="frist"))) == [
        'take cannot be "frist"; did you mean first?'
    ]
    assert problems(fact("number", {"signal": "number", "in": ["titel"], "unit": "usd"})) == [
        'no attribute named "titel"; did you mean title?',
        'unit cannot be "usd"; there are: vnd',
    ]
    assert problems(fact("yes_no", {"signal": "number", "in": "title"})) == [
        "the signal number supplies a fact of kind number only"
    ]
