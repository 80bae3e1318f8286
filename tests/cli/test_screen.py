"""`brightline screen`: a file of cases to a file of decisions and a summary."""

from __future__ import annotations

import csv
import json

import pytest


@pytest.fixture
def cases(tmp_path):
    """`cases(rows)` writes a csv of listings and gives its path."""

    def write(*rows: tuple[str, str, str], name: str = "cases.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "subject", "title", "category"])
            writer.writerows((row[0], row[1], row[2], "electronics") for row in rows)
        return path

    return write


MAP = "attributes: {title: title}\nfacts: {category: category}\nsubject: {column: subject}\n"


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


def test_it_decides_every_row_and_sums_up(run, good, cases, mapping, tmp_path):
    out = tmp_path / "out.jsonl"
    path = cases(("a", "listing", "Pod dùng một lần"), ("b", "listing", "Sạc điện thoại"))
    mapping.write_text(MAP + "id: id\n", encoding="utf-8")
    result = run("screen", good, path, "-o", out, "--map", mapping)
    assert result.exit_code == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert set(rows[0]) >= {"id", "action", "determined", "clauses", "unknown"}
    assert "decided automatically: " in result.stdout
    assert "/2 (" in result.stdout


def test_the_summary_as_json_adds_up(run, good, cases, mapping, tmp_path):
    path = cases(*((str(n), "listing", "Pod") for n in range(7)))
    result = run(
        "screen", good, path, "-o", tmp_path / "out.csv", "--map", mapping, "--format", "json"
    )
    found = json.loads(result.stdout)
    assert found["rows"] == found["decided"] + found["rejected"] == 7
    assert found["decided"] == found["automatic"] + found["person"]
    assert sum(found["actions"].values()) == found["decided"]


def test_a_row_that_cannot_be_read_is_set_aside_and_the_exit_code_tells(
    run, good, cases, mapping, tmp_path
):
    out = tmp_path / "out.csv"
    path = cases(("a", "listing", "Pod"), ("b", "lising", "Pod"))
    result = run("screen", good, path, "-o", out, "--map", mapping)
    assert result.exit_code == 1
    (rejected,) = (tmp_path / "out.csv.rejected.jsonl").read_text("utf-8").splitlines()
    assert json.loads(rejected)["row"] == 2
    assert "rejected: 1/2 (50.0%)" in result.stdout


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cases.txt", "id\n1\n", "a file of cases ends in .csv, .jsonl or .parquet"),
        ("cases.xlsx", "PK", "is a spreadsheet"),
        ("cases.csv", "id,id\n1,2\n", "has two columns named id"),
        ("cases.csv", "id,title\n1,x\n", "no column says what the cases are about"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(
    run, good, tmp_path, name, text, said
):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    result = run("screen", good, path, "-o", tmp_path / "out.csv")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_missing_file_is_told(run, good, tmp_path):
    result = run("screen", good, tmp_path / "nowhere.csv", "-o", tmp_path / "out.csv")
    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr


def test_the_output_must_be_named(run, good, cases):
    result = run("screen", good, cases())
    assert result.exit_code == 2
    assert "-o" in result.stderr


def test_the_summary_speaks_vietnamese(run, good, cases, mapping, tmp_path):
    path = cases(("a", "listing", "Pod dùng một lần"))
    result = run("screen", good, path, "-o", tmp_path / "o.csv", "--map", mapping, "--lang", "vi")
    assert "quyết định tự động: " in result.stdout
    assert "decided" not in result.stdout
