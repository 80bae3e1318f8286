"""`brightline backtest OLD NEW CASES`: what a new version would have done to past cases."""

from __future__ import annotations

import json

import pytest

ROWS = [
    # id, item, claims, price, segment, day, what the moderator did
    ("a", "e_cigarette", "no", 90000, "mall", "2026-07-01", "remove"),
    ("b", "heated", "no", 90000, "mall", "2026-07-02", "remove"),
    ("c", "accessory", "yes", 90000, "shop", "2026-07-08", "remove"),
    ("d", "accessory", "no", 90000, "shop", "2026-07-09", "allow"),
    ("e", "other", "no", 20000, "shop", "2026-07-10", "allow"),
    ("f", None, "no", 90000, "shop", "2026-07-10", "allow"),
    ("g", "accessory", None, 90000, None, None, None),
]


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.jsonl"
    lines = []
    for name, item, claims, price, segment, day, action in ROWS:
        facts = {"item": item, "claims": claims, "price": price, "category": "electronics"}
        line = {"id": name, "subject": "listing", "facts": facts, "seller_segment": segment}
        lines.append(json.dumps({**line, "created_at": day, "human_action": action}))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def edited(copy_of_good):
    """Heated tobacco goes to a person; accessories no longer count as devices."""
    path = copy_of_good / "sops" / "vapes.yaml"
    text = path.read_text("utf-8")
    text = text.replace("item: [e_cigarette, heated]}", "item: e_cigarette}", 1)
    text = text.replace("    - {claims: yes, item: accessory}\n", "", 1)
    clause = (
        "  - id: V-3\n    title: {vi: Nung nóng, en: Heated}\n    when: {item: heated}\n"
        "    action: escalate\n    basis: [policy]\n"
    )
    text = text.replace("  - id: V-9\n", clause + "  - id: V-9\n", 1)
    path.write_text(text, encoding="utf-8")
    return copy_of_good


def test_the_same_version_changes_nothing(run, good, cases):
    result = run("backtest", good, good, cases)
    assert result.exit_code == 0
    assert "No case comes to anything else." in result.stdout
    assert "open in both; certainly no difference" in result.stdout


def test_changes_are_told_with_their_denominators(run, good, edited, cases):
    result = run("backtest", good, edited, cases)
    assert result.exit_code == 1
    shown = " ".join(result.stdout.split())
    assert "2 cases of 7 change." in shown
    assert "Of 2 more (28.6%) the stored facts do not say whether they change." in shown
    assert "Remove → Escalate 1 14.3%" in shown
    assert "Remove → Allow 1 14.3%" in shown
    assert "vapes/V-3 — Heated (new) 0 1 +1 0 7" in shown
    assert "Beside what moderators decided (6 cases)" in shown
    assert "2026-W27 2 1 (50.0%)" in shown
    assert "(none given) 1 0 (0.0%)" in shown


def test_a_telling_case_says_why(run, good, edited, cases):
    shown = " ".join(run("backtest", good, edited, cases).stdout.split())
    assert "case b: Category is Electronics; Item is Heated tobacco" in shown
    assert "Before: Remove — V-1 “Device”; 12 points" in shown
    assert "Now: Escalate — V-3 “Heated”" in shown
    assert "V-1 “Device” now asks: Item is E-cigarette." in shown
    assert "V-3 “Heated” is new." in shown


def test_it_is_told_in_vietnamese(run, good, edited, cases):
    shown = " ".join(run("backtest", good, edited, cases, "--lang", "vi").stdout.split())
    assert "2/7 vụ việc đổi kết quả." in shown
    assert "Gỡ bỏ → Chuyển cấp" in shown
    assert "V-3 “Nung nóng” là điều khoản mới." in shown
    for english in ("case", "before", "changed", "open in"):
        assert english not in shown.replace("cases.jsonl", "")


def test_json_adds_up(run, good, edited, cases):
    result = run("backtest", good, edited, cases, "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["rows"], found["cases"], found["refused"]) == (7, 7, 0)
    assert (found["changed"], found["may_change"]) == (2, 2)
    assert sum(found["kinds"].values()) == sum(flow["cases"] for flow in found["flows"]) == 7
    assert found["kinds"]["milder"] == 2
    removed = next(one for one in found["bounds"] if one["action"] == "remove")
    assert removed["old"] == {"least": 3, "most": 5}
    assert removed["new"] == {"least": 1, "most": 2}
    assert removed["change"]["most"] <= -2 + 1
    assert {line["name"]: line["cases"] for line in found["groups"]["segment"]} == {
        "shop": 4,
        "mall": 2,
        "": 1,
    }
    agreement = found["agreement"]
    assert (agreement["labelled"], agreement["old_decided"], agreement["old_same"]) == (6, 5, 4)
    assert (agreement["new_decided"], agreement["new_same"]) == (5, 2)
    assert found["effort"]["sampled"] == found["effort"]["of"] == 7
    assert found["telling"][0]["kind"] in ("stricter", "milder")
    assert {*found["telling"][0]["case"]} == {"vi", "en"}


def test_rows_that_cannot_be_read_are_counted_and_named(run, good, cases):
    with cases.open("a", encoding="utf-8") as file:
        file.write('\n{"id": "x", "subject": "listing", "facts": {"item": "sofa"}}\nnot json\n')
    result = run("backtest", good, good, cases)
    assert result.exit_code == 1
    assert "2 rows of 9 cannot be read:" in result.stdout
    assert "row 8: item has no option 'sofa'" in result.stdout
    found = json.loads(run("backtest", good, good, cases, "--format", "json").stdout)
    assert (found["rows"], found["cases"], found["refused"]) == (9, 7, 2)


def test_a_file_of_no_cases(run, good, tmp_path):
    path = tmp_path / "none.jsonl"
    path.write_text("", encoding="utf-8")
    result = run("backtest", good, good, path)
    assert result.exit_code == 0
    assert "There is no case to test." in result.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.csv", "cannot be read"), ("cases.xlsx", "is a spreadsheet"), ("folder", "no Parquet")],
)
def test_a_file_that_cannot_be_used_is_said_to_be_so(run, good, tmp_path, name, said):
    (tmp_path / "folder").mkdir()
    result = run("backtest", good, good, tmp_path / name)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_column_that_is_not_there_is_named(run, good, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("id,subject,item\n1,listing,other\n", encoding="utf-8")
    result = run("backtest", good, good, path, "--segment", "tier")
    assert result.exit_code == 2
    assert "the file has no column tier" in result.stderr


def test_it_is_written_to_a_file(run, good, edited, cases, tmp_path):
    out = tmp_path / "report.json"
    result = run("backtest", good, edited, cases, "--format", "json", "-o", out)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert json.loads(out.read_text("utf-8"))["cases"] == 7
