"""`diff`: text, JSON and a page; exit code 1 where the versions differ."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def edited(copy_of_good):
    path = copy_of_good / "sops" / "vapes.yaml"
    text = path.read_text("utf-8")
    old = "    points: 12\n"
    assert old in text
    path.write_text(text.replace(old, "    points: 6\n", 1), encoding="utf-8")
    return copy_of_good


def test_the_same_version_differs_in_nothing(run, good):
    result = run("diff", good, good)
    assert result.exit_code == 0
    assert "Both versions say and decide the same." in result.stdout


def test_a_difference_is_told_before_and_now(run, good, edited):
    result = run("diff", good, edited)
    assert result.exit_code == 1
    assert "1 change of what cases come to, in 1 SOP." in result.stdout
    assert "V-1 “Device” decides the same cases, but comes to something else" in result.stdout
    assert "    Before: V-1, Remove, 12 points" in result.stdout
    assert "    Now: V-1, Remove, 6 points" in result.stdout
    assert "Proved: apart from the cases told here" in result.stdout


def test_it_is_told_in_vietnamese(run, good, edited):
    shown = run("diff", good, edited, "--lang", "vi").stdout
    assert "Trước: V-1, Gỡ bỏ, 12 điểm" in shown
    assert "Nay: V-1, Gỡ bỏ, 6 điểm" in shown


def test_json_names_versions_clauses_and_cases(run, good, edited):
    result = run("diff", good, edited, "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert len(found["old"]) == len(found["new"]) == 64
    change = found["sops"][0]["changes"][0]
    assert change["kind"] == "same_clause"
    assert change["flows"][0]["before_clause"] == {
        "clause": "V-1",
        "action": "remove",
        "points": 12,
    }


def test_a_page_is_written_whole_or_not_at_all(run, good, edited, tmp_path):
    page = tmp_path / "diff.html"
    result = run("diff", good, edited, "--format", "html", "-o", page)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert list(tmp_path.glob(".*.part")) == []
    result = run("diff", good, edited, "--format", "html", "-o", tmp_path / "no" / "diff.html")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_broken_version_is_unusable(run, good, edited):
    path = edited / "sops" / "vapes.yaml"
    path.write_text(path.read_text("utf-8") + "odd: 1\n", encoding="utf-8")
    result = run("diff", good, edited)
    assert result.exit_code == 2
    assert "BL-201" in result.stderr
