"""`decide`: one case, its verdict, and why, for a person and for a program."""

from __future__ import annotations

import json

KEYS = [
    "rulebook",
    "action",
    "determined",
    "clauses",
    "facts",
    "unknown",
    "next_question",
    "possible_actions",
    "trace",
]


def page(run, good, case, *options, **parts):
    return run("decide", good, case(**parts), *options).stdout


def test_the_verdict_stands_on_top(run, good, case):
    shown = page(run, good, case, facts={"category": "electronics", "item": "e_cigarette"})
    first, second = shown.splitlines()[:2]
    assert first == "REMOVE · 12 points"
    assert second == "Determined: nothing that is still unknown can change it."


def test_the_page_says_why_on_what_law_and_what_follows(run, good, case):
    shown = page(run, good, case, facts={"category": "electronics", "item": "e_cigarette"})
    for part in (
        "vapes · V-1",
        "Item is E-cigarette — given with the case",
        "Removed: this is tobacco. Please do not list it again.",
        "Tell legal — Counsel, within 24 hours",
        "12 points within 90 days: Suspend the shop",
    ):
        assert part in shown


def test_the_page_is_vietnamese_when_asked(run, good, case):
    facts = {"category": "electronics", "item": "e_cigarette"}
    for place in (
        ("--lang", "vi", "decide", good, case(facts=facts)),
        ("decide", good, case(facts=facts), "--lang", "vi"),
    ):
        shown = run(*place).stdout
        assert shown.startswith("GỠ BỎ · 12 điểm")
        assert "Mặt hàng là Thuốc lá điện tử — có sẵn trong vụ việc" in shown
        assert "Báo pháp chế — Chuyên viên pháp lý, trong vòng 24 giờ" in shown


def test_what_is_open_names_the_question_and_the_suggestion_with_its_words(run, good, case):
    shown = page(run, good, case)
    assert shown.startswith("Not decided yet")
    assert "Possible: Allow · Escalate · Remove" in shown
    assert "Item is E-cigarette — word list “vaping” found “Pod" in shown
    assert "Next question" in shown


def test_suggestions_count_when_assumed(run, good, case):
    shown = page(run, good, case, "--assume-suggestions")
    assert shown.startswith("REMOVE")
    assert "word list “vaping” found “Pod" in shown


def test_what_nearly_applied_is_told(run, good, case):
    facts = {"category": "electronics", "item": "accessory", "claims": "no"}
    shown = page(run, good, case, facts=facts)
    assert shown.startswith("ALLOW")
    assert "it takes: Claims vaping: yes; here: Claims vaping: no" in shown


def test_the_trace_is_shown_only_when_asked(run, good, case):
    facts = {"category": "electronics", "item": "other", "claims": "no"}
    assert "Every clause" not in page(run, good, case, facts=facts)
    shown = page(run, good, case, "--trace", facts=facts)
    assert "V-1 Device" in shown
    assert "not so: Item is E-cigarette or Heated tobacco" in shown


def test_json_has_the_keys_of_the_contract(run, good, case):
    found = json.loads(page(run, good, case, "--format", "json"))
    assert [key for key in KEYS if key not in found] == []
    assert found["id"] == "p-1"
    assert found["action"] == "manual_review"
    assert found["next_question"]["fact"] in found["unknown"]
    assert [entry["clause"] for entry in found["trace"]] == ["V-1", "V-2", "V-9"]
    assert json.loads(page(run, good, case, "--format", "json", "--no-trace"))["trace"] is None


def test_a_case_may_come_through_a_pipe(run, good):
    result = run("decide", good, "-", input='{"subject": "review", "facts": {"paid": "yes"}}')
    assert result.exit_code == 0
    assert result.stdout.startswith("REMOVE")


def test_what_a_seller_writes_cannot_move_the_cursor(run, good, case):
    shown = page(run, good, case, attributes={"title": "\x1b[2J\x1b[31mPod \u202egnol"})
    assert "\x1b" not in shown
    assert "\u202e" not in shown
