"""`check`: every problem with its place, and what was looked at."""

from __future__ import annotations

import json


def spoil(rulebook, old, new, name="sops/vapes.yaml"):
    path = rulebook / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_clean_rulebook_says_what_was_checked(run, good):
    result = run("check", good, "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert "Checked: 2 SOPs, 5 clauses, 5 facts, 4 examples" in result.stdout
    assert "No problems: the rulebook is clean." in result.stdout


def test_an_error_shows_its_place_line_caret_and_hint(run, copy_of_good):
    spoil(copy_of_good, "[e_cigarette, heated]", "[e_cigarett, heated]")
    result = run("check", copy_of_good)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert "sops/vapes.yaml:13:15: error BL-" in lines[0]
    assert "[e_cigarett, heated]" in lines[1]
    assert lines[2].strip() == "^" * len("e_cigarett")
    assert lines[3] == "hint: did you mean e_cigarette?"
    assert lines[-1] == "1 error, 0 warnings."


def test_a_warning_fails_only_when_strict(run, copy_of_good):
    late = ("--as-of", "2030-01-01")
    assert run("check", copy_of_good, *late).exit_code == 0
    assert run("check", copy_of_good, *late, "--strict").exit_code == 1


def test_json_has_the_keys_of_the_contract(run, copy_of_good):
    found = json.loads(
        run("check", copy_of_good, "--as-of", "2026-11-23", "--format", "json").stdout
    )
    assert set(found) == {"rulebook", "problems", "accepted", "counts"}
    assert len(found["rulebook"]) == 64
    assert found["counts"]["checked"]["sops"] == 2
    spoil(copy_of_good, "[e_cigarette, heated]", "[e_cigarett, heated]")
    result = run("check", copy_of_good, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["rulebook"] is None
    keys = {"code", "severity", "message", "hint", "file", "line", "column"}
    assert keys <= set(found["problems"][0])


def test_the_answer_is_vietnamese_when_asked(run, good):
    shown = run("check", good, "--as-of", "2026-11-23", "--lang", "vi").stdout
    assert "Đã kiểm tra: 2 SOP, 5 điều khoản" in shown
    assert "Không có lỗi" in shown
