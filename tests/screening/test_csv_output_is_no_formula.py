"""A spreadsheet that opens the CSV runs nothing; the other formats keep every text as it is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .shop import read, screened, write

IDS = ["=1+1", "+84 90", "-5", "@SUM(A1)", "\tx", "a=b", "5-3", "đồng", 'a"b,c\nd']


@pytest.mark.parametrize("wanted", ["jsonl", "parquet"])
def test_other_formats_keep_the_text(tmp_path: Path, wanted: str) -> None:
    cases = write(tmp_path / "cases.jsonl", [{"id": name} for name in IDS])
    screened(cases, tmp_path / f"out.{wanted}")
    assert [row["id"] for row in read(tmp_path / f"out.{wanted}")] == IDS


def test_csv_puts_an_apostrophe_before_a_formula(tmp_path: Path) -> None:
    cases = write(tmp_path / "cases.jsonl", [{"id": name} for name in IDS])
    screened(cases, tmp_path / "out.csv")
    found = [row["id"] for row in read(tmp_path / "out.csv")]
    assert found == [f"'{name}" for name in IDS[:5]] + IDS[5:]


def test_a_negative_number_is_no_formula(tmp_path: Path) -> None:
    from .shop import sop, shop

    book = shop(
        sop(
            "cold",
            facts={"degrees": {"kind": "number", "min": -50, "max": 50}},
            clauses=[
                {"id": "C", "title": {"vi": "x"}, "when": {"degrees": "< 0"}, "action": "edit"}
            ],
        )
    )
    cases = write(tmp_path / "cases.jsonl", [{"facts": {"degrees": -5}}, {"facts": {"degrees": 1.5}}])
    screened(cases, tmp_path / "out.csv", book, facts=True)
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        assert [row["degrees"] for row in csv.DictReader(file)] == ["-5", "1.5"]
