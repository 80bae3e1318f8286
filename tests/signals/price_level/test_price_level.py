"""A price beside the table: what the signal says, and what it refuses to say."""

from __future__ import annotations

import csv
import io
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.signals.price_level.groups import Group, Groups, group_of, read_groups, written
from brightline.signals.tables import UnusableTable
from tests.signals.making import fact, problems, read, read_all, table

FROM = {"signal": "price_level", "table": "prices", "price": "price", "category": "category"}
RATIO = fact("number", {**FROM, "finds": "ratio", "brand": "brand"})
CHEAP = fact("yes_no", {**FROM, "finds": "too_cheap", "brand": "brand", "absent": "no"})
BAIT = fact("yes_no", {**FROM, "finds": "bait", "in": "title"})


def shoes() -> Groups:
    """A hundred pairs of a brand about a million dong, and three hundred without a brand."""
    groups, chance = Groups(), random.Random(7)
    for _ in range(100):
        groups.add("Giày nam", "Bitis", 1e6 * chance.uniform(0.8, 1.3))
    for _ in range(300):
        groups.add("giày nam", "OEM", 2e5 * chance.uniform(0.5, 3))
    groups.add("Giày nam", "Hiếm", 900_000)
    return groups


ROWS = {"prices": written(shoes())}


def case(price: object, brand: str = "Bitis", category: str = "Giày nam", title: str = "Giày"):
    return {"price": price, "brand": brand, "category": category, "title": title}


def test_the_ratio_is_that_to_the_median_of_the_brand() -> None:
    reading = read(RATIO, case(100_000), data=ROWS)
    assert 0.08 < float(reading.value or 0) < 0.12
    assert reading.source == "price_level:ratio@prices.2026-11-20"
    assert "100" in str(reading.reason)
    assert "bitis · giày nam" in str(reading.reason)


@pytest.mark.parametrize(
    ("declared", "of", "value"),
    [
        (CHEAP, case(150_000), "yes"), (CHEAP, case("150.000"), "yes"),
        (CHEAP, case(900_000), "no"), (CHEAP, case(600_000), "no"),
        (CHEAP, case(150_000, brand="OEM"), None), (CHEAP, case(150_000, brand="Hiếm"), None),
        (CHEAP, case(150_000, category="Ví nam"), None), (CHEAP, case(None), None),
        (CHEAP, case(0), None), (CHEAP, case(-5), None), (CHEAP, case("rẻ"), None),
        (CHEAP, case(150_000, brand="  BITIS "), "yes"),
        (BAIT, case(1000), "yes"), (BAIT, case(150_000), None), (BAIT, case(1_000_000), None),
        (BAIT, case(30_000, title="Giày da, giá 850k"), "yes"),
        (BAIT, case(30_000, title="Giày da, giá một triệu hai"), "yes"),
        (BAIT, case(90_000, title="Giày 90k, mua 5 đôi 400k"), None),
        (BAIT, case(1000, brand="OEM"), "yes"), (RATIO, case(100_000, brand="no brand"), None),
    ],
)  # fmt: skip
def test_it_tells(declared, of, value) -> None:
    assert read(declared, of, data=ROWS).value == value
    assert read_all(declared, [of], data=ROWS) == [value]


def test_who_cannot_say_says_why() -> None:
    few = read(CHEAP, case(150_000, brand="Hiếm"), data=ROWS)
    assert few.reason is not None
    assert "30" in few.reason
    empty = read(CHEAP, case(150_000), data={"prices": None})
    assert empty.value is None
    assert "prices" in str(empty.reason)
    broken = read(CHEAP, case(150_000), data={"prices": "category,brand,bins\ngiày,,x\n"})
    assert broken.value is None
    assert "tables/prices.2026-11-20.csv:2" in str(broken.reason)


def test_a_brand_that_sells_dear_and_cheap_things_has_no_ratio_to_tell() -> None:
    groups = Groups()
    for price in (2e5, 4e5, 9e5, 2e6, 8e6, 3e7):
        for _ in range(20):
            groups.add("Điện tử", "Asus", price)
    mixed = {"prices": written(groups)}
    of = case(200_000, brand="Asus", category="Điện tử")
    reading = read(RATIO, of, data=mixed)
    assert reading.value is None
    assert "asus · điện tử differ too widely" in str(reading.reason)
    assert read(CHEAP, of, data=mixed).value == "no"


def test_a_brand_counts_in_its_category_and_no_brand_as_none() -> None:
    groups = Groups()
    assert groups.add("Giày", "OEM", 100)
    assert groups.add("giày ", "Bitis", 200)
    assert not groups.add("", "Bitis", 200)
    assert not groups.add("Giày", "Bitis", 0)
    weights = {group: level.listings for group, level in groups}
    assert weights == {Group("giày", ""): 2, Group("giày", "bitis"): 1}
    assert group_of("GIÀY", "Không thương hiệu") == Group("giày", "")


_names = st.text("abc =+-@,\"'ạđ\n\t\u200b", max_size=6)
_listings = st.lists(st.tuples(_names, _names, st.floats(1, 1e12)), max_size=30)


@given(_listings, _listings)
def test_a_table_keeps_what_was_counted(one: list, other: list) -> None:
    whole, parts = Groups(), Groups()
    for listing in (*one, *other):
        whole.add(*listing)
    for listing in one:
        parts.add(*listing)
    if parts.references:
        kept = Groups()
        kept.merge(read_groups(table(written(parts))))
        parts = kept
    for listing in other:
        parts.add(*listing)
    assert {g: r.bins for g, r in parts.references.items()} == {
        g: r.bins for g, r in whole.references.items()
    }
    for row in csv.reader(io.StringIO(written(whole))):
        assert all(not cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_adding_a_few_to_a_large_table_loses_none() -> None:
    """Day by day or all at once: a bin of 20,001 is written as that."""
    groups = Groups()
    group = Group("giày", "")
    for _ in range(20_000):
        groups.add("Giày", "", 100_000)
    for _ in range(3):
        groups.add("Giày", "", 100_000)
        kept = Groups()
        kept.merge(read_groups(table(written(groups))))
        groups = kept
    level = groups.level(group)
    assert level is not None
    assert level.listings == 20_003


def test_a_bin_told_twice_counts_for_both() -> None:
    level = read_groups(table("category,brand,bins\na,,100:2 100:3\n")).level(Group("a", ""))
    assert level is not None
    assert level.listings == 5


def test_a_category_may_be_a_number() -> None:
    groups = Groups()
    for _ in range(40):
        groups.add(1846, "Bitis", 1e6)
    rows = {"prices": written(groups)}
    assert read(CHEAP, {**case(1000), "category": 1846}, data=rows).value == "yes"
    assert read(CHEAP, {**case(1000), "category": "1846"}, data=rows).value == "yes"
    assert group_of(True) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", None), ("category,brand\n", 1), ("category,category,brand,bins\n", 1),
        ("category,brand,bins\n,x,1:1\n", 2), ("category,brand,bins\na,x,\n", 2),
        ("category,brand,bins\na,x,1:1\n\nA,X,2:1\n", 4), ("category,brand,bins\na,x,1:-1\n", 2),
        ("category,brand,bins\na,x,1:nan\n", 2), ("category,brand,bins\na,x,999999999999:1\n", 2),
        ('category,brand,bins\na,"x,1:1\n', 2), ("category,brand,bins\na,x," + "1" * 150_000, 2),
        ("\x00", 1),
    ],
)  # fmt: skip
def test_a_table_at_fault_is_refused_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(UnusableTable) as refused:
        read_groups(table(text))
    told = str(refused.value)
    assert told.startswith("tables/table.2026-11-20.csv")
    assert line is None or f".csv:{line}:" in told


def test_a_table_as_a_spreadsheet_saves_it_is_read() -> None:
    text = "\ufeffCategory;Brand;Bins;Ghi chú\r\nGiày;;100:40;x\r\n"
    assert read_groups(table(text)).level(Group("giày", "")) is not None


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"finds": "dear"}, "dear"), ({"table": "pricse"}, "prices"), ({"price": "prize"}, "price"),
        ({"brand": None}, "brand"), ({"least": 0}, "least"), ({"least": "many"}, "least"),
        ({"category": None}, "category"), ({"in": "titel"}, "title"), ({"absent": "yes"}, "yes"),
        ({"finds": "ratio"}, "number"), ({"table": None}, "table"),
    ],
)  # fmt: skip
def test_check_names_what_is_wrong(more: dict, word: str) -> None:
    given = {**FROM, "finds": "too_cheap", "brand": "brand", **more}
    given = {key: value for key, value in given.items() if value is not None}
    found = problems(fact("yes_no", given), data=ROWS)
    assert len(found) == 1, found
    assert word in found[0]


def test_check_has_nothing_against_a_table_that_is_not_there_yet() -> None:
    assert problems(CHEAP, data={"prices": None}) == []
    assert problems(CHEAP, data={"prices": "category\n"}) != []


_prices = st.one_of(
    st.lists(st.none() | st.floats(), min_size=1, max_size=8),
    st.lists(st.none() | st.integers(-(2**62), 2**62), min_size=1, max_size=8),
    st.lists(st.sampled_from([None, "1000", "90k", "150.000", "1e9", "rẻ", "", "9" * 400]),
             min_size=1, max_size=8),
)  # fmt: skip
_brands = st.sampled_from(["Bitis", "BITIS ", "OEM", "Hiếm", ""]) | _names
_categories = st.sampled_from(["Giày nam", "giày\u200b nam", "Ví", ""]) | _names
_titles = st.sampled_from(["Giày", "giá một triệu hai", "giá 850k", "99.000đ", "\u200b", ""])


@given(_prices, st.data())
def test_no_case_crashes_it_and_columns_say_what_rows_say(prices: list, data) -> None:
    cases = [
        case(price, data.draw(_brands), data.draw(_categories), data.draw(_titles))
        for price in prices
    ]
    for declared in (RATIO, CHEAP, BAIT):
        rows = [read(declared, one, data=ROWS) for one in cases]
        assert all("failed" not in str(reading.reason) for reading in rows)
        assert read_all(declared, cases, data=ROWS) == [reading.value for reading in rows]


@pytest.mark.parametrize("raw", [10**400, float("inf"), True, [], ["x", 5], {"a": 1}, "x" * 10**6])
def test_raw_values_of_any_kind_are_read_or_left(raw: object) -> None:
    attributes = {"price": raw, "brand": raw, "category": raw, "title": raw}
    for declared in (RATIO, CHEAP, BAIT):
        assert read(declared, attributes, data=ROWS).value is None


@pytest.mark.parametrize("title", ["một " * 250_000, "trăm nghìn " * 90_000, "1" * 10**6])
def test_a_title_written_to_wear_it_out_does_not(title: str) -> None:
    began = time.process_time()
    read(BAIT, case(1_000_000, title=title), data=ROWS)
    assert time.process_time() - began < 2
