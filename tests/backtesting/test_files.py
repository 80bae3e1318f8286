"""Cases out of files: every format says the same; facts that only one version knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from brightline.backtesting import run as run_module
from brightline.backtesting.grouping import By
from brightline.backtesting.parquet_cases import read_coded
from brightline.backtesting.reading import files_of
from brightline.backtesting.report import VersionNames
from brightline.backtesting.results import Backtest, Kind
from brightline.backtesting.run import backtest
from brightline.rulebook.model import Option, Rulebook
from brightline.screening.mapping import mapping_of
from tests.screening.shop import MAP, ROWS, TODAY, shop, write

from .edits import with_clauses, with_sops

NAMES = VersionNames("old", "new")


def ran(old: Rulebook, new: Rulebook, path: Path, **options: Any) -> Backtest:
    options.setdefault("as_of", TODAY)
    return backtest(old, new, path, names=NAMES, **options)


def plain(found: Backtest) -> dict[str, Any]:
    return {**found.to_json(), "seconds": 0}


def edited(book: Rulebook) -> Rulebook:
    """A low price alone is enough for F-2; F-1 weighs more points."""
    fakes, vapes = book.sops
    first, second, rest = fakes.clauses
    first = first.model_copy(update={"points": 20})
    second = second.model_copy(update={"when": ({"price": "< 1000"},)})
    return with_sops(book, with_clauses(fakes, [first, second, rest]), vapes)


@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl", "cases.parquet"])
def test_every_format_says_the_same(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, ROWS)
    found = ran(shop(), edited(shop()), path, mapping=mapping_of(MAP))
    assert found.cases == 6
    assert {kind: n for kind, n in found.kinds.items() if n} == {
        Kind.SAME: 3,
        Kind.OTHER_CLAUSES: 1,
        Kind.SETTLED: 1,
        Kind.OPEN: 1,
    }
    assert [one.id for one in found.telling] == ["A1", "A5", "A6"]


def test_a_folder_of_parquet_files_is_one_set_of_cases(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "month=7"
    folder.mkdir(parents=True)
    write(folder / "a.parquet", ROWS[:3])
    write(folder / "b.parquet", ROWS[3:])
    whole = write(tmp_path / "whole.parquet", ROWS)
    books = shop(), edited(shop())
    parts = ran(*books, tmp_path / "cases", mapping=mapping_of(MAP))
    assert plain(parts) == plain(ran(*books, whole, mapping=mapping_of(MAP)))


def test_a_renamed_fact_and_option_are_the_same_thing(tmp_path: Path) -> None:
    old = shop()
    item = old.facts["item"]
    options = {
        "handset": item.options["phone"].model_copy(update={"was": ("phone",)}),
        "vape": item.options["vape"],
        "other": item.options["other"],
    }
    goods = item.model_copy(update={"options": options, "was": ("item",)})
    vapes = old.sops[1]
    first = vapes.clauses[0].model_copy(update={"when": ({"goods": ["vape", "handset"]},)})
    new = old.model_copy(update={"facts": {"goods": goods}})
    new = with_sops(new, old.sops[0], with_clauses(vapes, [first, *vapes.clauses[1:]]))
    facts = {"fake": "no", "price": 5000}
    rows = [
        {"id": "1", "facts": {"item": "phone", **facts}},
        {"id": "2", "facts": {"goods": "handset", **facts}},
        {"id": "3", "facts": {"goods": "vape", **facts}},
        {"id": "4", "facts": {"item": "other", **facts}},
    ]
    found = ran(old, new, write(tmp_path / "cases.jsonl", rows))
    assert found.refused == 0
    assert {kind: n for kind, n in found.kinds.items() if n} == {Kind.SAME: 2, Kind.STRICTER: 2}


def test_an_option_that_is_gone_is_unknown_in_the_new_version(tmp_path: Path) -> None:
    old = shop()
    item = old.facts["item"]
    fewer = {name: of for name, of in item.options.items() if name != "phone"}
    more = {**fewer, "tablet": Option(vi="chữ", en="text")}
    new = old.model_copy(update={"facts": {"item": item.model_copy(update={"options": more})}})
    facts = {"fake": "no", "price": 5000}
    rows = [
        {"id": "1", "facts": {"item": "phone", **facts}},
        {"id": "2", "facts": {"item": "tablet", **facts}},
        {"id": "3", "facts": {"item": "sofa", **facts}},
    ]
    found = ran(old, new, write(tmp_path / "cases.jsonl", rows))
    assert {kind: n for kind, n in found.kinds.items() if n} == {Kind.OPENED: 1, Kind.SETTLED: 1}
    assert [one.row for one in found.refusals] == [3]
    assert "item has no option 'sofa'" in found.refusals[0].reason


def test_other_words_in_a_list_change_the_facts_themselves(tmp_path: Path) -> None:
    old = shop()
    term = old.lexicons["fakes"][0]
    new = old.model_copy(
        update={"lexicons": {"fakes": (term, term.model_copy(update={"term": "super fake"}))}}
    )
    rows = [
        {"title": "Giày super fake", "facts": {"item": "other", "price": 5000}},
        {"title": "Giày hàng giả", "facts": {"item": "other", "price": 5000}},
        {"title": "Giày", "facts": {"item": "other", "price": 5000}},
    ]
    found = ran(old, new, write(tmp_path / "cases.jsonl", rows))
    assert {kind: n for kind, n in found.kinds.items() if n} == {Kind.SAME: 2, Kind.STRICTER: 1}


def test_groups_and_decisions_by_columns_of_any_name(tmp_path: Path) -> None:
    rows = [
        {"item": "vape", "kind": "A", "tier": "gold", "expect": {"action": "escalate"}},
        {"item": "vape", "kind": "B", "tier": None, "expect": {"action": "dance"}},
        {"item": "other", "kind": "B", "tier": "gold", "expect": None},
    ]
    path = write(tmp_path / "cases.jsonl", rows)
    by = By(category="kind", segment="tier", human="expect.action")
    found = ran(shop(), shop(), path, by=by)
    groups = {name: {g.name: g.cases for g in lines} for name, lines in found.groups.items()}
    assert groups == {"category": {"A": 1, "B": 2}, "segment": {"gold": 2, "": 1}}
    assert found.agreement is not None
    assert (found.agreement.labelled, found.agreement.unknown) == (1, 1)


def test_both_versions_are_taken_as_of_one_day(tmp_path: Path) -> None:
    """A clause that comes into force later shows its effect on cases of before."""
    old = shop()
    fakes, vapes = old.sops
    later = vapes.clauses[0].model_copy(update={"starts": TODAY.replace(year=2027)})
    new = with_sops(old, fakes, with_clauses(vapes, [later, vapes.clauses[1]]))
    facts = {"item": "vape", "fake": "no", "price": 5000}
    rows = [{"created_at": "2026-01-05", "facts": facts}]
    path = write(tmp_path / "cases.jsonl", rows)
    assert ran(old, new, path).kinds[Kind.MILDER] == 1
    assert ran(old, new, path, as_of=TODAY.replace(year=2028)).kinds[Kind.SAME] == 1


def coded_rows() -> list[dict[str, Any]]:
    """Cases as the store keeps them: facts and what they are grouped by, no raw attributes."""
    values = {
        "item": ["phone", "vape", "other", None, "cannot_tell"],
        "fake": ["yes", "no", None, "no"],
        "price": [500.0, 5000.0, None],
        "licensed": ["yes", "no"],
    }
    return [
        {
            "id": f"c{number}",
            "subject": "listing",
            "facts": {name: of[number % len(of)] for name, of in values.items()},
            "seller_segment": ["mall", "shop", None][number % 3],
            "human_action": ["allow", None][number % 2],
            "created_at": f"2026-07-{number % 28 + 1:02}",
        }
        for number in range(120)
    ]


@pytest.mark.parametrize("shape", ["struct", "columns", "two files"])
def test_stored_facts_are_read_by_column_and_say_the_same(
    tmp_path: Path, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = coded_rows()
    path = tmp_path / "cases.parquet"
    if shape == "columns":
        rows = [{**row.pop("facts"), **row} for row in rows]
    if shape == "two files":
        path = tmp_path / "store"
        path.mkdir()
        write(path / "1.parquet", rows[:50])
        rest = [{k: v for k, v in row.items() if k != "human_action"} for row in rows[50:]]
        write(path / "2.parquet", rest)
    else:
        write(path, rows)
    books = shop(), edited(shop())
    assert read_coded(files_of(path), *books) is not None
    quick = plain(ran(*books, path))
    monkeypatch.setattr(run_module, "read_coded", lambda *_arguments: None)
    slow = plain(ran(*books, path))
    for found in (quick, slow):
        found["telling"] = [(one["kind"], one["like_it"]) for one in found["telling"]]
    assert quick == slow
    assert quick["cases"] == 120


@pytest.mark.parametrize(
    "odd",
    [
        {"title": "hàng giả"},  # a raw attribute: signals have something to read
        {"facts": {"item": "sofa"}},  # no version has it
        {"facts": {"price": -5.0}},
        {"subject": "sofa"},
    ],
)
def test_other_files_are_read_row_by_row(tmp_path: Path, odd: dict[str, Any]) -> None:
    rows = coded_rows()
    rows = [{**dict.fromkeys(odd), **row} for row in rows]
    rows[7] |= odd
    path = write(tmp_path / "cases.parquet", rows)
    assert read_coded([path], shop(), edited(shop())) is None
    found = ran(shop(), edited(shop()), path)
    assert found.cases + found.refused == 120
