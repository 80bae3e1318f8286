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


def test_sarif_and_html_go_to_a_file(run, copy_of_good, tmp_path):
    spoil(copy_of_good, "review_by: 2027-06-30", "review_by: 2026-01-31")
    page, report = tmp_path / "check.html", tmp_path / "check.sarif"
    day = ("--as-of", "2026-11-23")
    assert run("check", copy_of_good, *day, "--format", "html", "-o", page).exit_code == 0
    assert "BL-504" in page.read_text("utf-8")
    assert run("check", copy_of_good, *day, "--format", "sarif", "-o", report).exit_code == 0
    made = json.loads(report.read_text("utf-8"))
    assert made["runs"][0]["results"][0]["ruleId"] == "BL-504"


def test_what_is_accepted_is_counted(run, copy_of_good):
    spoil(copy_of_good, "review_by: 2027-06-30", "review_by: 2026-01-31")
    day = ("--as-of", "2026-11-23")
    found = json.loads(run("check", copy_of_good, *day, "--format", "json").stdout)["problems"]
    path = copy_of_good / "sops" / "vapes.yaml"
    reason = "reason: {vi: Chờ luật mới., en: A new law is awaited.}"
    entry = f"{{finding: BL-504, of: {found[0]['mark']}, date: 2026-11-23, {reason}}}"
    path.write_text(f"{path.read_text('utf-8')}accept:\n  - {entry}\n", encoding="utf-8")
    result = run("check", copy_of_good, *day, "--strict")
    assert result.exit_code == 0
    assert "1 finding is accepted on purpose, with a reason." in result.stdout
    made = json.loads(run("check", copy_of_good, *day, "--format", "json").stdout)
    assert made["counts"]["accepted"] == 1
    assert made["accepted"][0]["reason"]["en"] == "A new law is awaited."
