"""Edits of the Vietnam rulebook are told as a trainer would: before, now, for example."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from brightline.i18n import set_language, use
from brightline.paths import bundled_rulebook
from brightline.reports.diff_view import later, lead, sop_views
from brightline.rulebook.comparing.comparison import Comparison, compare
from brightline.rulebook.reading import read

from .test_planted_faults import EC, NOTICE, Edit, clause, plant, with_clause

TODAY = date(2026, 11, 24)
OLD = read(bundled_rulebook())


def compared(edits: list[Edit], folder: Path, on: date = TODAY) -> Comparison:
    return compare(OLD, read(plant(edits, folder / "new")), on)


TOLD: list[tuple[list[Edit], str, str, str, str]] = [
    # edits, heading, before, now, example
    (
        [(EC, "when: {item: [shisha, cigarettes]}", "when: {item: shisha}")],
        "EC-3 “Shisha, cigarettes, cigars” no longer applies to these cases:",
        "EC-3, Remove the listing, 6 points",
        "EC-9, Allow",
        "Item is Cigarettes, cigars, pipe tobacco",
    ),
    (
        [(EC, "when: {item: quit_aid, nicotine: yes}", "when: {item: quit_aid}")],
        "EC-5 “Quitting aid with nicotine” now applies to these cases:",
        "EC-9, Allow",
        "EC-5, Escalate",
        "Item is Quitting aid (gum, patch, spray)",
    ),
    (
        [(EC, "    points: 4\n", "    points: 6\n")],
        "EC-4 “Accessory offered for vapes or heaters” decides the same cases, but comes to",
        "EC-4, Remove the listing, 4 points",
        "EC-4, Remove the listing, 6 points",
        "Item is Accessory (case, lanyard, charger, box); Claims use for vaping: yes",
    ),
    (
        [("counterfeit", 'price_ratio: "< 0.3"', 'price_ratio: "< 0.2"')],
        "CF-6 “Brand not proved, and price far too low or slang of fakes” no longer applies",
        "CF-6, Escalate",
        "CF-7, Hide until papers are given",
        "Price over the brand's price from 0.2 to below 0.3",
    ),
    (
        [with_clause(clause("EC-8", "{item: quit_aid, nicotine: no}", "request_edit", NOTICE))],
        "EC-8 “Test EC-8” is new",
        "EC-9, Allow",
        "EC-8, Hide until edited",
        "Item is Quitting aid (gum, patch, spray)",
    ),
    (
        [(EC, "    otherwise: yes\n", "    when: {item: [quit_aid, unrelated]}\n")],
        "EC-9 “Anything else” no longer applies to these cases:",
        "EC-9, Allow",
        "no clause of this SOP applies",
        "Item is Accessory (case, lanyard, charger, box)",
    ),
    (
        [(EC, "hit: most_severe", "hit: first"),
         (EC, "    when: {is: banned_item}\n", "    when: {item: [liquid, part]}\n"),
         (EC, "  - id: EC-3\n", clause("EC-8", "{aims_at_minors: yes}", "escalate")
          + "  - id: EC-3\n")],
        "EC-8 “Test EC-8” is new",
        "EC-3, Remove the listing, 6 points",
        "EC-8, Escalate",
        "Aims at minors: yes",
    ),
    (
        [("off-platform-content", '">= 3"', '">= 2"')],
        "OC-3 “Leads away, warned three times or more” now applies to these cases:",
        "OC-4, Remove the content, 4 points",
        "OC-3, Remove the content, 12 points",
        "Leads buyers away: yes; Warnings in 90 days from 2 times to below 3 times",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "heading", "before", "now", "example"), TOLD)
def test_a_change_is_told(tmp_path: Path, edits, heading, before, now, example) -> None:
    set_language("en")
    changes = [c for sop in sop_views(compared(edits, tmp_path)) for c in sop.changes]
    flows = [f for c in changes if c.heading.startswith(heading) for f in c.flows]
    assert flows, [c.heading for c in changes]
    told = [f for f in flows if (f.before, f.now) == (before, now)]
    assert told, [(f.before, f.now) for f in flows]
    assert any(example in f.example for f in told), [f.example for f in told]


SAME: list[list[Edit]] = [
    [(EC, "when: {item: [shisha, cigarettes]}", "when: [{item: shisha}, {item: cigarettes}]")],
    [(EC, "when: {is: banned_item}", "when: {item: [e_cigarette, heated_tobacco, liquid, part]}")],
    [(EC, "{category: {not: books}}", "[{category: {not: [books, toys]}}, {category: toys}]")],
    [(EC, "    points: 6\n", "    points: 6\n    note: {vi: Lưu ý., en: Mind this.}\n")],
    [("counterfeit", "cost: 5s", "cost: 7s")],
    [(EC, "      unrelated: {", "      pipe: {vi: Tẩu, en: Pipe}\n      unrelated: {")],
]  # fmt: skip


@pytest.mark.parametrize("edits", SAME)
def test_what_only_reads_differently_changes_no_case(tmp_path: Path, edits) -> None:
    comparison = compared(edits, tmp_path)
    assert all(not sop.changes and not sop.questions for sop in comparison.sops)


def test_a_version_compared_with_itself_differs_in_nothing() -> None:
    comparison = compare(OLD, read(bundled_rulebook()), TODAY)
    assert comparison.same
    with use("en"):
        assert lead(comparison) == "Both versions say and decide the same."


def test_what_was_renamed_and_says_so_is_the_same(tmp_path: Path) -> None:
    edits = [
        (EC, "  - id: EC-4\n", "  - id: EC-40\n    was: [EC-4]\n"),
        (EC, "expect: EC-4\n", "expect: EC-40\n"),
        (EC, "      quit_aid: {vi:", "      stop_aid: {was: [quit_aid], vi:"),
        (EC, "quit: quit_aid}\n        trust", "quit: stop_aid}\n        trust"),
        (EC, "quit: quit_aid}\n        disguised", "quit: stop_aid}\n        disguised"),
        (EC, "when: {item: quit_aid, nicotine: yes}", "when: {item: stop_aid, nicotine: yes}"),
        (EC, "health, item: quit_aid, nicotine: yes}", "health, item: stop_aid, nicotine: yes}"),
        (EC, "health, item: quit_aid, nicotine: no}", "health, item: stop_aid, nicotine: no}"),
    ]  # fmt: skip
    comparison = compared(edits, tmp_path)
    assert all(not sop.changes for sop in comparison.sops)
    without = [(name, old, new.replace("    was: [EC-4]\n", "")) for name, old, new in edits]
    (tmp_path / "other").mkdir()
    changed = compared(without, tmp_path / "other")
    with use("en"):
        headings = [c.heading for sop in sop_views(changed) for c in sop.changes]
    assert any("EC-4 “Accessory offered" in h and h.endswith("is gone") for h in headings)


def test_a_fact_that_need_not_be_known_any_more_is_told(tmp_path: Path) -> None:
    edits = [(EC, "when: {item: quit_aid, nicotine: yes}", "when: {item: quit_aid}")]
    with use("vi"):
        questions = [q for sop in sop_views(compared(edits, tmp_path)) for q in sop.questions]
    assert [q.heading for q in questions] == [
        "Với các vụ việc này, không cần biết “Có nicotine” nữa:"
    ]
    assert questions[0].where.common == "Mặt hàng là Sản phẩm cai thuốc (kẹo, miếng dán, xịt)"
    assert questions[0].question == "Sản phẩm cai thuốc có nicotine không?"


def test_texts_examples_costs_and_lists_are_told(tmp_path: Path) -> None:
    edits: list[Edit] = [
        (EC, "cost: 6s", "cost: 9s"),
        (EC, "Please do not list it again.", "Do not list it again."),
        (EC, "  - id: ex-shisha\n", "  - id: ex-water-pipe\n"),
        ("lexicons/vaping.csv", "", "máy phà khói,device,,\n"),
        ("law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2027-03-31"),
        ("rulebook.yaml", "{at: 12,", "{at: 13,"),
    ]
    comparison = compared(edits, tmp_path)
    written = {(e.kind, e.name, e.field) for sop in comparison.sops for e in sop.written}
    assert written == {
        ("fact", "item", "cost"),
        ("clause", "EC-3", "notice"),
        ("example", "ex-shisha", ""),
        ("example", "ex-water-pipe", ""),
    }
    shared = {(e.kind, e.field) for e in comparison.shared}
    assert shared == {("list", "terms"), ("law", "recheck_by"), ("rulebook", "ladder")}
    with use("en"):
        told = {e.what: (e.before, e.after) for sop in sop_views(comparison) for e in sop.edits}
    assert told["Fact item: time to answer"] == ("6 seconds", "9 seconds")


def test_rules_that_come_into_force_later_are_pointed_at(tmp_path: Path) -> None:
    edits = [(EC, "    action: escalate\n", "    action: escalate\n    from: 2027-01-01\n")]
    comparison = compared(edits, tmp_path)
    assert comparison.later == (date(2027, 1, 1),)
    with use("vi"):
        assert "01/01/2027" in later(comparison)
