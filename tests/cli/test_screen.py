"""`brightline screen`: a file of cases to a file of decisions and a summary."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
MAP = """\
id: id
subject: {column: subject}
attributes: {title: title}
facts: {category: category}
"""
SHOWN = ("decided automatically", "need a person", "By action", "What each SOP reported")


@pytest.fixture
def cases(tmp_path):
    """`cases((id, subject, title), …)` writes a csv of electronics and gives its path."""

    def write(*rows: tuple[str, str, str]):
        path = tmp_path / "cases.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "subject", "title", "category"])
            writer.writerows((*row, "electronics") for row in rows)
        return path

    return write


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


def test_it_decides_every_row_and_sums_up(run, good, cases, mapping, tmp_path):
    out = tmp_path / "out.jsonl"
    path = cases(("a", "listing", "Pod dùng một lần"), ("b", "listing", "Sạc điện thoại"))
    options = ("--map", mapping, "--assume-suggestions")
    result = run("screen", good, path, "-o", out, *options)
    assert result.exit_code == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert [row["action"] for row in rows] == ["remove", "manual_review"]
    assert all(said in result.stdout for said in SHOWN)
    assert "vapes/V-1 — Device" in result.stdout
    assert "1/2" in result.stdout
    assert f"Decisions: {out}" in result.stdout.replace("\n", " ")


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_name_of_the_output_says_its_format(run, good, cases, mapping, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    path = cases(("a", "listing", "Pod dùng một lần"))
    assert run("screen", good, path, "-o", out, "--map", mapping, "--facts").exit_code == 0
    if suffix == "csv":
        (row,) = csv.DictReader(out.read_text("utf-8").splitlines())
    elif suffix == "jsonl":
        row = json.loads(out.read_text("utf-8"))
    else:
        (row,) = pq.read_table(out).to_pylist()
    assert (row["id"], row["action"], row["item"]) == ("a", "manual_review", "e_cigarette")


def test_the_summary_as_json_adds_up(run, good, cases, mapping, tmp_path):
    path = cases(*((str(n), "listing", "Pod") for n in range(7)))
    result = run(
        "screen", good, path, "-o", tmp_path / "out.csv", "--map", mapping, "--format", "json"
    )
    found = json.loads(result.stdout)
    assert found["rows"] == found["decided"] + found["rejected"] == 7
    assert found["decided"] == found["automatic"] + found["person"]
    assert sum(found["actions"].values()) == found["decided"]


def test_no_case_at_all_is_no_mistake(run, good, cases, mapping, tmp_path):
    result = run("screen", good, cases(), "-o", tmp_path / "out.csv", "--map", mapping)
    assert result.exit_code == 0
    assert result.stdout.startswith("0 cases in")
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("id,action")


def test_a_row_that_cannot_be_read_is_set_aside_and_the_exit_code_tells(
    run, good, cases, mapping, tmp_path
):
    out = tmp_path / "out.csv"
    path = cases(("a", "listing", "Pod"), ("b", "lising", "Pod"))
    result = run("screen", good, path, "-o", out, "--map", mapping)
    assert result.exit_code == 1
    (rejected,) = (tmp_path / "out.csv.rejected.jsonl").read_text("utf-8").splitlines()
    assert json.loads(rejected)["row"] == 2
    assert "rejected: the row cannot be read  1/2   50.0%" in result.stdout
    assert "• row 2: no subject named lising: did you mean listing?" in result.stdout


def test_the_summary_speaks_vietnamese(run, good, cases, mapping, tmp_path):
    path = cases(("a", "listing", "Pod dùng một lần"), ("b", "lising", "Pod"))
    result = run("screen", good, path, "-o", tmp_path / "o.csv", "--map", mapping, "--lang", "vi")
    assert "quyết định tự động" in result.stdout
    assert "1/2   50,0%" in result.stdout
    for english in ("decided", "cases", "row", "unknown"):
        assert english not in result.stdout.replace(str(tmp_path), "").replace("rows", "")


def test_the_page_fits_a_narrow_terminal(run, good, cases, mapping, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.chdir(tmp_path)
    path = cases(("a", "listing", "Pod dùng một lần"), ("b", "listing", "Sạc"))
    for language in ("en", "vi"):
        options = ("--map", mapping, "--assume-suggestions", "--lang", language)
        shown = run("screen", good, path, "-o", "out.csv", *options).stdout
        assert max(map(len, shown.splitlines())) <= 60


def test_the_bar_shows_only_on_a_terminal(run, good, cases, mapping, tmp_path):
    result = run(
        "screen", good, cases(("a", "listing", "x")), "-o", tmp_path / "o.csv", "--map", mapping
    )
    assert result.stderr == ""


def test_the_output_must_be_named(run, good, cases):
    result = run("screen", good, cases())
    assert result.exit_code == 2
    assert "-o" in result.stderr


def test_an_interruption_leaves_nothing(good, cases, mapping, tmp_path):
    """Ctrl-C reaches the whole group of processes, as from a terminal."""
    path = cases(*((str(n), "listing", f"Pod dùng một lần số {n}") for n in range(200_000)))
    before = set(tmp_path.iterdir())
    words = ["screen", good, path, "-o", tmp_path / "out.csv", "--map", mapping, "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "brightline", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(SRC)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip
    # A run in the background may have been started with Ctrl-C ignored, and would pass that on.
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".out.csv.*.part")) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stdout + stderr
    assert set(tmp_path.iterdir()) == before
