"""`brightline cases …`: a store of cases from the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def store(run, good, tmp_path):
    """A store with the sample cases of the small rulebook."""
    path = tmp_path / "store"
    result = run("cases", "append", path, good / "cases" / "golden.jsonl", "--rulebook", good)
    assert result.exit_code == 0, result.output
    return path


def test_the_same_file_again_changes_nothing(run, good, store):
    told = run(
        "cases", "append", store, good / "cases" / "golden.jsonl", "--rulebook", good,
        "--format", "json",
    )  # fmt: skip
    found = json.loads(told.stdout)["cases"]
    assert found["added"] == found["replaced"] == 0
    assert found["unchanged"] > 0


def test_bad_rows_are_named_with_file_and_row(run, good, store, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "subject": "listing"}\n{"id": "b"}\n')
    told = run("cases", "append", store, bad, "--rulebook", good)
    assert told.exit_code == 1
    assert "1 of 2 rows was turned away" in told.stdout
    assert "bad.jsonl, row 2: the case does not say its subject" in told.stdout


def test_a_sample_is_screened_again(run, good, store, tmp_path):
    out = tmp_path / "drawn.jsonl"
    told = run("cases", "sample", store, "-o", out, "-n", 2, "--by", "subject")
    assert told.exit_code == 0
    assert "By subject" in told.stdout
    screened = run("screen", good, out, "-o", tmp_path / "out.jsonl", "--format", "json")
    assert json.loads(screened.stdout)["decided"] == 1


def test_a_store_is_described_and_compacted(run, store):
    assert "brought" not in run("cases", "compact", store).stdout
    said = run("cases", "describe", store).stdout
    assert "Facts, the least known first" in said
    found = json.loads(run("cases", "describe", store, "--format", "json").stdout)
    assert found["cases"] == sum(found["subjects"].values())
    assert len(found["paths"]["cases"]) == found["sizes"]["cases"]["files"]


@pytest.mark.parametrize("verb", ["describe", "compact"])
def test_what_is_no_store_is_refused(run, tmp_path, verb):
    told = run("cases", verb, tmp_path)
    assert told.exit_code == 2
    assert "no store of cases" in told.stderr
    assert "hint: name the folder" in told.stderr


def test_a_sample_has_to_be_json_lines(run, store, tmp_path):
    told = run("cases", "sample", store, "-o", tmp_path / "x.csv")
    assert told.exit_code == 2
    assert "ends in .jsonl" in told.stderr
