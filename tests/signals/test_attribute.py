"""What the signal `attribute` makes of raw values."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.signals.attribute import AttributeReader
from tests.examples import some
from tests.signals.making import fact, option, problems, read, requests, rulebook

ITEMS = {
    "bag": option("Túi xách", "Bag", backpack=option("Ba lô", "Backpack")),
    "shoe": option("Giày", "Shoes"),
    "other": option("Khác", "Other"),
}
RAW = {"Balo nữ": "backpack", "Túi đeo chéo": "bag", "1": "shoe"}


def item(**more: Any) -> Any:
    return fact("choice", {"signal": "attribute", "name": "title", **more}, options=ITEMS)


def used() -> Any:
    return fact("yes_no", {"signal": "attribute", "name": "used"})


def price(name: str = "price", **more: Any) -> Any:
    return fact("number", {"signal": "attribute", "name": name}, **more)


@pytest.mark.parametrize(
    "raw", [True, 1, 1.0, "1", "true", "True", "yes", "YES", "có", "Có", " co "]
)
def test_what_means_yes(raw: object) -> None:
    assert read(used(), {"used": raw}).value == "yes"


@pytest.mark.parametrize("raw", [False, 0, 0.0, "0", "false", "no", "không", "KHÔNG", "khong"])
def test_what_means_no(raw: object) -> None:
    assert read(used(), {"used": raw}).value == "no"


@pytest.mark.parametrize("raw", ["cỏ", "cô", "2", 2, "maybe", -1, 0.5])
def test_what_is_neither_is_unknown_with_the_reason(raw: object) -> None:
    reading = read(used(), {"used": raw})
    assert reading.value is None
    assert (reading.reason or "").startswith("no such option: ")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("backpack", "backpack"), ("Balo nữ", "backpack"), ("BALO NỮ", "backpack"),
        ("balo nu", "backpack"), ("Túi  đeo chéo", "bag"), (1, "shoe"), ("1", "shoe"),
        ("Backpack", "backpack"), ("túi xách", "bag"), ("tui xach", "bag"), ("Giày", "shoe"),
    ],
)  # fmt: skip
def test_an_option_is_found_by_id_then_map_then_folded_then_label(raw: Any, expected: str) -> None:
    assert read(item(map=RAW), {"title": raw}).value == expected


def test_what_no_option_is_named_is_unknown_or_the_default() -> None:
    reading = read(item(), {"title": "Balo nữ"})
    assert (reading.value, reading.reason) == (None, 'no such option: "Balo nữ"')
    assert read(item(default="other"), {"title": "Balo nữ"}).value == "other"
    for nothing in ({}, {"title": None}, {"title": "  "}):
        assert read(item(default="other"), nothing).value is None


def test_what_is_missing_is_what_the_author_says_it_means() -> None:
    flag = fact("yes_no", {"signal": "attribute", "name": "used", "absent": "no"})
    for nothing in ({}, {"used": None}, {"used": " "}):
        assert read(flag, nothing).value == "no"
        assert read(flag, nothing).evidence == ()
        assert read(used(), nothing).value is None
    assert read(flag, {"used": True}).value == "yes"
    assert read(flag, {"used": "perhaps"}).value is None


def test_two_raw_values_that_fold_alike_are_told_apart_by_their_accents() -> None:
    declared = item(map={"bò": "bag", "bơ": "shoe"})
    assert read(declared, {"title": "bò"}).value == "bag"
    assert read(declared, {"title": "bơ"}).value == "shoe"
    assert read(declared, {"title": "bo"}).value is None
    assert problems(declared) == [
        '"bò" and "bơ" read alike without accents but mean different options'
    ]


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (199000, 199000), (0.5, 0.5), ("199000", 199000), ("1.200.000", 1200000),
        (Decimal("1.5"), 1.5),
        ("1,200,000", 1200000), ("1.200", 1200), ("1,200", 1200), ("12,5", 12.5), ("-5", -5),
        ("1.200.000,5", 1200000.5), ("1e3", 1000), (" 7 ", 7), (2**53, 2**53),
    ],
)  # fmt: skip
def test_numbers_of_money(raw: object, number: float) -> None:
    assert read(price(), {"price": raw}).value == number


@pytest.mark.parametrize(
    ("raw", "number"),
    [("4.125", 4.125), ("1.200", 1.2), ("12,5", 12.5), ("1.200.000", 1200000), ("0,125", 0.125)],
)
def test_numbers_that_are_no_money_have_a_decimal_point(raw: str, number: float) -> None:
    assert read(price("rating"), {"rating": raw}).value == number


def test_a_comma_that_may_mean_two_things_is_not_guessed() -> None:
    reading = read(price("rating"), {"rating": "1,200"})
    assert reading.value is None
    assert reading.reason == '"1,200" may mean two numbers; write it without a comma'


@pytest.mark.parametrize(
    "raw",
    [math.nan, math.inf, -math.inf, "nan", "inf", 2**53 + 1, 10**400, "9" * 400, 1e300, "1e999",
     "199k", "abc", True, [1], {}, "1.2.3", "١٢", Decimal("NaN"), Decimal("Infinity"), b"1",
     "1_000"],
)  # fmt: skip
def test_what_is_no_number_is_unknown_with_a_reason(raw: object) -> None:
    reading = read(price(), {"price": raw})
    assert reading.value is None
    assert reading.reason


def test_out_of_range_is_unknown_with_a_reason() -> None:
    reading = read(price(min=0, max=10), {"price": 11})
    assert (reading.value, reading.reason) == (None, "out of range: 11 is more than 10")


def test_the_source_and_the_evidence_name_the_attribute() -> None:
    reading = read(item(map=RAW), {"title": "Balo nữ"})
    assert reading.source == "attribute:title"
    assert [(e.attribute, e.text) for e in reading.evidence] == [("title", "Balo nữ")]


def test_check_finds_wrong_parameters() -> None:
    assert problems(item(map={"x": "bagg"}, default="shoo")) == [
        'no option named "bagg"; did you mean bag?', 'no option named "shoo"; did you mean shoe?',
    ]  # fmt: skip
    assert problems(fact("yes_no", {"signal": "attribute", "nmae": "used"})) == [
        'the signal attribute has no parameter "nmae"; did you mean name?',
        "name is missing: say which attribute to read",
    ]
    assert problems(fact("number", {"signal": "attribute", "name": "prise", "default": "x"})) == [
        'no attribute named "prise"; did you mean price?',
        "map, default and absent are for a fact with options, not for a number",
    ]
    assert problems(item(map=RAW, default="other")) == []


RAWS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["Balo nữ", "balo nu", "1.200", "1,5", "bag", "yes", "có"])
    | st.lists(st.integers(), max_size=2) | st.binary(max_size=3)
)  # fmt: skip


@settings(deadline=None)
@given(RAWS)
def test_no_raw_value_crashes_it(raw: object) -> None:
    for declared in (item(map=RAW, default="other"), used(), price()):
        reading = read(declared, {"title": raw, "used": raw, "price": raw})
        assert reading.value is None or reading.reason is None


COLUMNS = st.sampled_from(
    [
        (pa.string(), st.text(max_size=5) | st.sampled_from([*RAW, "bag", "1.200", "no", "12,5"])),
        (pa.int64(), st.integers(-(2**63), 2**63 - 1) | st.integers(0, 2)),
        (pa.int8(), st.integers(-128, 127)),
        (pa.uint64(), st.integers(0, 2**64 - 1)),
        (pa.float64(), st.floats() | st.sampled_from([0.0, 1.0])),
        (pa.float32(), st.floats(width=32)),
        (pa.bool_(), st.booleans()),
        (pa.list_(pa.string()), st.lists(st.text(max_size=3), max_size=2)),
        (pa.decimal128(20, 2), st.decimals(-(10**6), 10**6, places=2)),
        (pa.dictionary(pa.int32(), pa.string()), st.sampled_from([*RAW, "bag", "1.200"])),
    ]
).flatmap(lambda kind: st.tuples(st.just(kind[0]), st.lists(st.none() | kind[1], max_size=8)))


@settings(max_examples=some(300), deadline=None)
@given(COLUMNS, st.booleans())
def test_columns_say_what_rows_say(column: Any, sliced: bool) -> None:
    kind, values = column
    array = pa.array(values, kind)
    if sliced and len(array):
        array = array.slice(1)
    for declared in (
        item(map=RAW, default="other"),
        item(map=RAW, absent="other"),
        fact("yes_no", {"signal": "attribute", "name": "used", "absent": "no"}),
        item(map=RAW),
        used(),
        price(),
        price("rating"),
    ):
        book = rulebook({"it": declared})
        ready = AttributeReader(requests(book), book)
        name = declared["from"]["name"]
        (told,) = ready.read_columns({name: array}, len(array))
        each = [ready.read({name: value})[0].value for value in array.to_pylist()]
        assert [told.value(row) for row in range(len(array))] == each
