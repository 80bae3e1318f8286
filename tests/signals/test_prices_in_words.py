"""Prices written out in Vietnamese words are read; everyday words that look like them are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.signals.money import may_hold_money, money_in
from brightline.signals.text import normal
from tests.signals.making import fact, read

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def money(text: str) -> list[float]:
    return [amount.value for amount in money_in(normal(text))]


def group(number: int, full: bool) -> list[str]:
    """A number below 1000 as it is read aloud; `full` reads the hundred even where it is zero."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [ONES[hundreds], "trăm"] if hundreds else []
    if tens == 0 and ones and hundreds:
        words += ["lẻ", ONES[ones]]
    elif tens == 0 and ones:
        words += [ONES[ones]]
    elif tens == 1:
        words += ["mười", *([] if not ones else ["lăm" if ones == 5 else ONES[ones]])]
    elif tens > 1:
        last = {0: [], 1: ["mốt"], 5: ["lăm"]}.get(ones, [ONES[ones]])
        words += [ONES[tens], "mươi", *last]
    assert words or not full
    return words


def aloud(dong: int) -> str:
    """A whole number of thousands of dong as a person reads it out."""
    words = []
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (1000, "nghìn")):
        part = dong // size % 1000
        if part:
            words += [*group(part, True), name]
    return " ".join([*words, "đồng"])


@given(st.integers(1, 999_999))
def test_what_is_read_aloud_is_read_back(thousands: int) -> None:
    text = aloud(thousands * 1000)
    assert money(f"Giày nam, {text}!") == [thousands * 1000], text


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("giá hai trăm nghìn", 200_000), ("Giá chỉ trăm rưỡi nhé", 150_000),
        ("một triệu hai", 1_200_000), ("một triệu rưỡi một đôi", 1_500_000),
        ("MỘT TRIỆU HAI TRĂM NGHÌN ĐỒNG", 1_200_000), ("hai lăm nghìn đồng", 25_000),
        ("ba mươi lăm ngàn/cái", 35_000), ("giá 5 chục nghìn", 50_000),
        ("một triệu hai trăm năm mươi", 1_250_000), ("một tỷ hai", 1_200_000_000),
        ("năm nghìn đồng", 5000), ("một trăm lẻ năm nghìn đồng", 105_000),
        ("1 triệu hai trăm", 1_200_000), ("mười hai nghìn một gói", 12_000),
        ("giá hai nghìn rưỡi mà được bốn túi", 2500), ("chỉ ba trăm", 300_000),
        ("hai củ rưỡi một bộ", 2_500_000), ("sáu mươi mốt nghìn đồng", 61_000),
    ],
)  # fmt: skip
def test_it_reads(text: str, dong: float) -> None:
    assert money(text) == [dong]


@pytest.mark.parametrize(
    "text",
    [
        "một nghìn lẻ một đêm", "hơn hai triệu khách hàng", "giảm hai trăm nghìn",
        "năm 2024 có ba nghìn người", "hàng trăm mẫu", "ba lô hai ngăn", "giá hai trăm gram",
        "giá chỉ hơn vài trăm nghìn.", "mất hơn trăm triệu, tiếc quá", "một đồng hồ",
        "mười hai con giáp", "bộ ba trăm năm", "nuôi ba triệu con bò", "hai trăm lượt mua",
        "tặng một triệu đồng", "bảy sắc cầu vồng", "cửu trăm",
    ],
)  # fmt: skip
def test_it_leaves_alone(text: str) -> None:
    assert money(text) == []


def test_figures_and_words_of_one_amount_are_one_amount() -> None:
    assert money("giá 1 triệu hai trăm, ship 30k") == [1_200_000]
    assert money("199k hoặc hai trăm nghìn đồng") == [199_000, 200_000]


def test_the_signal_shows_the_words_in_the_text_as_given() -> None:
    declared = fact("number", {"signal": "number", "in": ["title"], "unit": "vnd"})
    reading = read(declared, {"title": "Giày GIÁ  Hai\u200b Trăm nghìn, còn size"})
    assert reading.value == 200_000
    assert reading.evidence[0].text == "Hai\u200b Trăm nghìn"


_words = st.sampled_from(
    ["một", "hai", "năm", "mười", "mươi", "trăm", "nghìn", "triệu", "tỷ", "lẻ", "rưỡi", "lăm",
     "chục", "đồng", "giá", "1", "2", "5", ",", "cái", "người", "mốt"]
)  # fmt: skip


@given(st.lists(_words, max_size=12).map(" ".join))
def test_amounts_stand_in_order_inside_the_text(text: str) -> None:
    line = normal(text)
    found = list(money_in(line))
    ends = [0, *(amount.end for amount in found)]
    assert all(one.start >= end for one, end in zip(found, ends, strict=False))
    assert all(one.start < one.end <= len(line) and one.value >= 0 for one in found)


@given(st.text(max_size=40) | st.lists(_words, max_size=12).map(" ".join))
def test_no_text_with_an_amount_is_passed_over(text: str) -> None:
    assert may_hold_money(text) or not list(money_in(normal(text)))


@pytest.mark.parametrize("mess", ["một ", "hai trăm ", "một nghìn ", "rưỡi trăm một "])
def test_a_text_written_to_wear_it_out_does_not(mess: str) -> None:
    began = time.process_time()
    list(money_in(normal(mess * (100_000 // len(mess)))))
    assert time.process_time() - began < 5
