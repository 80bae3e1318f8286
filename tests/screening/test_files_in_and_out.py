"""Cases in csv, jsonl or parquet; decisions in any of them; a mapping says which column is what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from brightline.screening.mapping import read_mapping
from brightline.screening.screen import screen

from .shop import ACTIONS, MAP, ROWS, TODAY, read, rejected, screened, shop, sop, write

FORMATS = ["csv", "jsonl", "parquet"]
BY_NAME = [
    {"id": r["code"], "subject": "listing", "title": r["name"], "cost": r["vnd"], "item": r["what"]}
    | {"fakes.licensed": r["paper"]}
    for r in ROWS
]


@pytest.mark.parametrize("given", FORMATS)
@pytest.mark.parametrize("wanted", FORMATS)
def test_every_format_gives_the_same_decisions(tmp_path: Path, given: str, wanted: str) -> None:
    cases = write(tmp_path / f"cases.{given}", ROWS)
    summary = screened(cases, tmp_path / f"out.{wanted}", mapping=MAP)
    rows = read(tmp_path / f"out.{wanted}")
    assert [row["id"] for row in rows] == [row["code"] for row in ROWS]
    assert [row["action"] for row in rows] == ACTIONS
    assert [row["determined"] for row in rows] == [a != "manual_review" for a in ACTIONS]
    assert rows[0]["clauses"] == ["fakes/F-1", "vapes/V-9"]
    assert rows[4]["unknown"] == ["licensed"]
    assert list(rows[0]) == ["id", "action", "determined", "clauses", "unknown"]
    assert summary.rejected == 0 and summary.rejected_output is None


def test_a_mapping_is_read_from_a_yaml_file(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(
        "# sàn X\nsubject: listing\nid: code\nattributes: {title: name, cost: vnd}\n"
        "facts: {item: what, fakes.licensed: paper}\n",
        "utf-8",
    )
    cases = write(tmp_path / "cases.csv", ROWS)
    screen(shop(), cases, tmp_path / "out.jsonl", mapping=path, as_of=TODAY)
    assert [row["action"] for row in read(tmp_path / "out.jsonl")] == ACTIONS
    assert read_mapping(path).attributes == {"title": "name", "cost": "vnd"}


@pytest.mark.parametrize("given", FORMATS)
def test_without_a_mapping_columns_go_by_their_names(tmp_path: Path, given: str) -> None:
    screened(write(tmp_path / f"cases.{given}", BY_NAME), tmp_path / "out.jsonl")
    rows = read(tmp_path / "out.jsonl")
    assert [row["action"] for row in rows] == ACTIONS
    assert rows[2]["id"] == "A3"


def test_a_line_of_json_may_be_a_case_as_decide_takes_it(tmp_path: Path) -> None:
    cases = [
        {
            "id": row["id"],
            "subject": "listing",
            "attributes": {"title": row["title"], "cost": row["cost"]},
            "facts": {"item": row["item"], "licensed": row["fakes.licensed"]},
        }
        for row in BY_NAME
    ]
    for given in ("jsonl", "parquet"):
        screened(write(tmp_path / f"cases.{given}", cases), tmp_path / "out.jsonl")
        assert [row["action"] for row in read(tmp_path / "out.jsonl")] == ACTIONS


def test_a_mapping_may_look_inside_objects(tmp_path: Path) -> None:
    cases = [{"p": {"name": row["name"], "d": {"what": row["what"]}}} for row in ROWS]
    mapping = {"attributes": {"title": "p.name"}, "facts": {"item": "p.d.what"}}
    found = []
    for given in ("jsonl", "parquet"):
        screened(write(tmp_path / f"cases.{given}", cases), tmp_path / "out.jsonl", mapping=mapping)
        found.append(read(tmp_path / "out.jsonl"))
    assert found[0] == found[1]
    assert found[0][0]["action"] == "remove" and found[0][0]["id"] == "1"


@pytest.mark.parametrize("given", FORMATS)
def test_a_column_for_every_fact_on_request(tmp_path: Path, given: str) -> None:
    cases = write(tmp_path / f"cases.{given}", ROWS)
    screened(cases, tmp_path / "out.parquet", mapping=MAP, facts=True)
    row = read(tmp_path / "out.parquet")[3]
    facts = {"item": "other", "fake": "no", "price": 900.0, "licensed": "no"}
    assert {name: row[name] for name in facts} == facts
    assert row["suggested"] == []
    assert read(tmp_path / "out.parquet")[5]["price"] is None


def test_constants_hold_in_every_row(tmp_path: Path) -> None:
    cases = write(tmp_path / "cases.csv", [{"name": "Ốp lưng"}, {"name": "hàng giả"}])
    mapping = {
        "attributes": {"title": "name"},
        "constants": {"cost": 900, "item": "other", "licensed": "no"},
    }
    screened(cases, tmp_path / "out.jsonl", mapping=mapping)
    assert [row["action"] for row in read(tmp_path / "out.jsonl")] == ["edit", "remove"]


def test_a_column_may_say_the_subject(tmp_path: Path) -> None:
    reviews = sop("reviews", "review", clauses=[{**CLAUSE, "id": "R-1"}])
    rows = [{"about": "review", "name": "x"}, {"about": "listing", "name": "hàng giả"}]
    mapping = {"subject": {"column": "about"}, "attributes": {"title": "name"}}
    book = shop(reviews, subjects=("listing", "review"))
    screened(write(tmp_path / "cases.csv", rows), tmp_path / "out.jsonl", book, mapping)
    assert [row["action"] for row in read(tmp_path / "out.jsonl")] == ["allow", "remove"]


CLAUSE: dict[str, Any] = {"title": {"vi": "x", "en": "x"}, "otherwise": "yes", "action": "allow"}


def test_a_case_is_judged_by_the_rules_of_its_day(tmp_path: Path) -> None:
    ban = sop("ban", clauses=[{**CLAUSE, "id": "B-1", "action": "edit"}], **{"from": "2026-07-01"})
    rows = [{"on": "2026-06-30"}, {"on": "2026-07-01T00:10:00+07:00"}, {"on": ""}]
    mapping = {"time": "on", "constants": {"title": "x", "item": "other", "licensed": "yes"}}
    cases = write(tmp_path / "cases.csv", rows)
    for day, last in ((TODAY, "edit"), (TODAY.replace(year=2025), "allow")):
        screened(cases, tmp_path / "out.jsonl", shop(ban), mapping, as_of=day)
        actions = [row["action"] for row in read(tmp_path / "out.jsonl")]
        assert actions == ["allow", "edit", last]


def test_parquet_times_count_on_their_own_day(tmp_path: Path) -> None:
    ban = sop("ban", clauses=[{**CLAUSE, "id": "B-1", "action": "edit"}], **{"from": "2026-07-01"})
    night = 1782839400  # 2026-06-30 17:10 in Greenwich, 00:10 the next day in Vietnam
    mapping = {"time": "on", "constants": {"title": "x", "item": "other", "licensed": "yes"}}
    actions = []
    for zone in (None, "Asia/Ho_Chi_Minh"):
        column = pa.array([night * 10**9], pa.timestamp("ns", zone))
        pq.write_table(pa.table({"on": column}), tmp_path / "cases.parquet")
        screened(tmp_path / "cases.parquet", tmp_path / "out.jsonl", shop(ban), mapping)
        actions += [row["action"] for row in read(tmp_path / "out.jsonl")]
    assert actions == ["allow", "edit"]


def test_an_earlier_output_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    bad = write(tmp_path / "bad.jsonl", [{"code": "X", "what": "tank"}])
    screened(bad, out, mapping=MAP)
    assert rejected(out)
    screened(write(tmp_path / "cases.csv", ROWS), out, mapping=MAP)
    assert len(read(out)) == len(ROWS)
    assert not rejected(out)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.jsonl", "cases.csv", "out.jsonl"]
