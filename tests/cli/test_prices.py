"""`brightline prices`: listings become the table that prices are held against."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from brightline.signals.price_level.groups import Group, Groups, read_groups
from tests.signals.making import table

DAY = ("--day", "2026-11-20")
HEAD = ("category", "brand", "price", "title")
DECLARED = "tables:\n  prices: {title: {vi: Bảng giá, en: Prices}}\nactions:\n"
ATTRIBUTES = """\
      category: {kind: text, title: {vi: Ngành hàng, en: Category}}
      brand: {kind: text, title: {vi: Thương hiệu, en: Brand}}
  review:
"""
FACT = """
  price_ratio:
    kind: number
    from:
      signal: price_level
      table: prices
      finds: ratio
      price: price
      category: category
      brand: brand
    ask: {vi: Tỷ lệ giá?, en: Price ratio?}
"""


@pytest.fixture
def market(copy_of_good: Path) -> Path:
    """The good rulebook with a fact that looks into a table of prices."""
    head = copy_of_good / "rulebook.yaml"
    text = head.read_text("utf-8").replace("actions:\n", DECLARED, 1)
    text = text.replace("  review:\n", ATTRIBUTES, 1).replace("\nfacts:\n", f"\nfacts:{FACT}", 1)
    head.write_text(text, "utf-8")
    return copy_of_good


@pytest.fixture
def listings(tmp_path: Path):
    """`listings(rows, name)` writes a csv of category, brand, price, title and gives its path."""

    def write(rows, name: str = "listings.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("subject", *HEAD))
            writer.writerows(("listing", *row) for row in rows)
        return path

    return write


def shoes(count: int = 40, price: int = 500_000) -> list[tuple]:
    return [("Giày", "Bitis", price + 1000 * n, "Giày nam") for n in range(count)]


def written(market: Path, day: str = "2026-11-20") -> Groups:
    text = (market / "tables" / f"prices.{day}.csv").read_text("utf-8")
    return read_groups(table(text))


def test_a_first_table_is_written_under_its_day_and_told(run, market, listings):
    rows = [*shoes(), ("Giày", "OEM", "90.000", ""), ("Giày", "Bitis", "", ""), ("", "x", 5, "")]
    result = run("prices", market, listings(rows), *DAY)
    assert result.exit_code == 0
    assert "41 prices of 43 read were counted" in result.stdout
    assert "without a price: 1" in result.stdout
    assert "without a category: 1" in result.stdout
    assert "giày · bitis" in result.stdout
    assert written(market).level(Group("giày", "")).listings == 41


def test_what_comes_later_is_added_and_agrees_with_counting_all_at_once(run, market, listings):
    first, second = shoes(40), shoes(45, 700_000)
    run("prices", market, listings(first), *DAY)
    result = run("prices", market, listings(second), "--day", "2026-11-27")
    assert "added to the table of 20 Nov 2026" in result.stdout
    whole = Groups()
    for category, brand, price, _title in first + second:
        whole.add(category, brand, price)
    kept = written(market, "2026-11-27")
    assert {g: r.bins for g, r in kept.references.items()} == {
        g: r.bins for g, r in whole.references.items()
    }
    assert (market / "tables" / "prices.2026-11-20.csv").exists()


def test_older_prices_fade(run, market, listings):
    run("prices", market, listings(shoes(40)), *DAY)
    run("prices", market, listings(shoes(10)), "--day", "2026-12-20", "--half-life", "30")
    assert written(market, "2026-12-20").level(Group("giày", "bitis")).listings == pytest.approx(30)


def test_anew_leaves_out_what_was_counted(run, market, listings):
    path = listings(shoes(40))
    run("prices", market, path, *DAY)
    run("prices", market, path, *DAY, "--anew")
    assert written(market).level(Group("giày", "bitis")).listings == 40
    run("prices", market, path, *DAY)
    assert written(market).level(Group("giày", "bitis")).listings == 80


def test_a_screening_afterwards_holds_prices_against_the_table(run, market, listings, tmp_path):
    run("prices", market, listings(shoes()), *DAY)
    cases = listings([("giày", "BITIS", 52_000, "Giày"), ("Ví", "Bitis", 52_000, "Ví")], "new.csv")
    out = tmp_path / "out.jsonl"
    result = run("screen", market, cases, "-o", out, "--facts", "--assume-suggestions")
    assert result.exit_code == 0, result.output
    cheap, other = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    ratios = [{**row, **row.get("facts", {})}.get("price_ratio") for row in (cheap, other)]
    assert ratios[0] == pytest.approx(0.1, rel=0.03)
    assert ratios[1] is None


def test_json_tells_the_same(run, market, listings):
    result = run("prices", market, listings(shoes()), *DAY, "--format", "json")
    told = json.loads(result.stdout)
    assert (told["counted"], told["without_price"], told["rejected"]) == (40, 0, 0)
    (brand,) = [group for group in told["groups"] if group["brand"]]
    assert (brand["category"], brand["brand"], brand["listings"]) == ("giày", "bitis", 40)
    assert brand["median"] == pytest.approx(519_500, rel=0.02)


def test_in_vietnamese_nothing_english_is_left(run, market, listings):
    result = run("prices", market, listings(shoes()), *DAY, "--lang", "vi")
    assert "Đã tính 40 giá trong 40 tin đăng đã đọc" in result.stdout
    assert "ngành hàng và thương hiệu" in result.stdout
    assert "prices of" not in result.stdout


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([], (), "both a price and a category"),
        ([("", "x", 5, "")], (), "both a price and a category"),
        (shoes(), ("--table", "costs"), "no fact looks into a table of prices costs"),
        (shoes(), ("--half-life", "nan"), "no number of days"),
        (shoes(), ("--half-life", "0"), "half-life"),
        (shoes(), ("--map", "no-such.yaml"), "no-such.yaml"),
    ],
)
def test_what_cannot_be_done_writes_nothing_and_says_why(
    run, market, listings, rows, options, said
):
    result = run("prices", market, listings(rows), *DAY, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(market.glob("tables/*"))


def test_a_rulebook_without_such_a_fact_is_told(run, good, listings):
    result = run("prices", good, listings(shoes()), *DAY)
    assert result.exit_code == 2
    assert "no fact of this rulebook looks into a table of prices" in result.stderr


@pytest.mark.parametrize("anew", [(), ("--anew",)])
def test_a_table_that_a_later_one_would_shadow_is_not_written(run, market, listings, anew):
    path = listings(shoes())
    run("prices", market, path, *DAY)
    result = run("prices", market, path, "--day", "2026-11-19", *anew)
    assert result.exit_code == 2
    assert "20 Nov 2026" in result.stderr
    assert [file.name for file in market.glob("tables/*")] == ["prices.2026-11-20.csv"]


def test_a_table_at_fault_is_told_and_left_as_it_is(run, market, listings):
    place = market / "tables" / "prices.2026-11-20.csv"
    place.parent.mkdir()
    place.write_text("category,brand,bins\nGiày,Bitis,x\n", "utf-8")
    result = run("prices", market, listings(shoes()), *DAY)
    assert result.exit_code == 2
    assert 'prices.2026-11-20.csv:2: column "bins": "x" is no bin' in result.stderr
    assert place.read_text("utf-8").endswith("x\n")
    assert run("prices", market, listings(shoes()), *DAY, "--anew").exit_code == 0


def test_rows_that_cannot_be_read_are_counted_and_the_rest_is_used(run, market, tmp_path):
    path = tmp_path / "listings.jsonl"
    rows = [{"subject": "listing", "attributes": dict(zip(HEAD, row, strict=True))}
            for row in shoes()]  # fmt: skip
    lines = [json.dumps(row) for row in rows]
    path.write_text("\n".join([*lines[:20], "{broken", *lines[20:]]), "utf-8")
    result = run("prices", market, path, *DAY)
    assert result.exit_code == 1
    assert "rows that cannot be read: 1" in result.stdout
    assert written(market).level(Group("giày", "")).listings == 40


def test_today_is_the_day_where_none_is_given(run, market, listings):
    before = date.today()
    assert run("prices", market, listings(shoes())).exit_code == 0
    days = {f"prices.{day}.csv" for day in (before, date.today())}
    assert {file.name for file in market.glob("tables/*")} <= days
