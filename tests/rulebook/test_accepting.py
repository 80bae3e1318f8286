"""A finding can be kept on purpose, with a reason, until what it names changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from brightline.i18n import set_language
from brightline.rulebook.laws import Findings, check
from brightline.rulebook.reading import read

from .test_planted_faults import clause, plant, with_clause

TODAY = date(2026, 11, 24)
GUM = "facts: {category: health, item: quit_aid, nicotine: no}\n    expect: EC-"
IDLE = [
    with_clause(clause("EC-8", "{item: quit_aid, nicotine: no}")),  # BL-606: changes nothing
    ("e-cigarettes", f"{GUM}9", f"{GUM}8"),
]
REASON = "reason: {vi: Giữ để nhắc người đọc., en: Kept as a reminder.}"


def accept(of: str = "", finding: str = "BL-606", at: str = ", at: EC-8") -> str:
    mark = f", of: {of}" if of else ""
    return f"accept:\n  - {{finding: {finding}{at}{mark}, date: 2026-11-24, {REASON}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The Vietnam rulebook with a clause that changes nothing."""
    set_language("en")
    return plant(IDLE, tmp_path / "vietnam")


def edit(folder: Path, old: str, new: str, file: str = "sops/e-cigarettes.yaml") -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def add(folder: Path, text: str) -> None:
    path = folder / "sops/e-cigarettes.yaml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def codes(findings: Findings) -> list[str]:
    return [problem.code for problem in findings.problems]


def accepted(folder: Path) -> None:
    """Accept the finding as it stands."""
    mark = next(p.mark for p in check(folder, TODAY).problems if p.code == "BL-606")
    add(folder, accept(mark))


def test_what_is_accepted_is_no_finding_but_is_still_told(folder: Path) -> None:
    accepted(folder)
    findings = check(folder, TODAY)
    assert codes(findings) == []
    assert [one.problem.code for one in findings.accepted] == ["BL-606"]
    assert findings.accepted[0].acceptance.reason["en"] == "Kept as a reminder."


def test_an_acceptance_without_a_mark_is_told_the_mark(folder: Path) -> None:
    add(folder, accept())
    findings = check(folder, TODAY)
    assert codes(findings) == ["BL-606", "BL-509"]
    idle, stale = findings.problems
    assert stale.hint == f"write of: {idle.mark}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: {item: quit_aid, nicotine: no}", "when: {item: quit_aid}"),
        ("en: Test EC-8", "en: Something else"),
        ("    otherwise: yes\n    action: allow\n", "    otherwise: yes\n    action: escalate\n"),
    ],
)
def test_it_expires_when_what_it_names_changes(folder: Path, old: str, new: str) -> None:
    accepted(folder)
    edit(folder, old, new)
    found = codes(check(folder, TODAY))
    assert "BL-509" in found


def test_it_expires_when_a_definition_behind_it_changes(tmp_path: Path) -> None:
    set_language("en")
    swallowed = with_clause(clause("EC-8", "{is: banned_item, nicotine: no}"))
    folder = plant([swallowed], tmp_path / "vietnam")
    mark = next(p.mark for p in check(folder, TODAY).problems if p.code == "BL-602")
    add(folder, accept(mark, "BL-602"))
    assert codes(check(folder, TODAY)) == []
    edit(
        folder,
        "[e_cigarette, heated_tobacco, liquid, part]",
        "[e_cigarette, heated_tobacco, liquid]",
    )
    assert {"BL-602", "BL-509"} <= set(codes(check(folder, TODAY)))


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ("points: 24", "points: 30", "sops/e-cigarettes.yaml"),
        ("cost: 6s", "cost: 9s", "sops/e-cigarettes.yaml"),
        ('price_ratio: "< 0.3"', 'price_ratio: "< 0.29"', "sops/counterfeit.yaml"),
    ],
)
def test_it_outlives_changes_of_anything_else(folder: Path, old: str, new: str, file: str) -> None:
    accepted(folder)
    edit(folder, old, new, file)
    findings = check(folder, TODAY)
    assert "BL-509" not in codes(findings)
    assert [one.problem.code for one in findings.accepted] == ["BL-606"]


def test_what_is_mended_leaves_an_acceptance_to_delete(folder: Path) -> None:
    accepted(folder)
    for _file, old, new in IDLE:
        edit(folder, new, old)
    findings = check(folder, TODAY)
    assert codes(findings) == ["BL-509"]
    assert "is not found any more" in findings.problems[0].message


def test_an_error_cannot_be_accepted(folder: Path) -> None:
    accepted(folder)
    edit(folder, "accept:\n", "accept:\n" + accept("00000000", "BL-604", ", at: EC-2")[8:])
    edit(folder, "hit: most_severe", "hit: unique")
    findings = check(folder, TODAY)
    assert "BL-604" in codes(findings)
    assert any("it cannot be accepted" in p.message for p in findings.problems)


def test_a_finding_on_an_sop_is_accepted_without_naming_a_part(tmp_path: Path) -> None:
    set_language("en")
    gap = ("e-cigarettes", "    otherwise: yes\n", "    when: {item: [quit_aid, unrelated]}\n")
    folder = plant([gap], tmp_path / "vietnam")
    mark = next(p.mark for p in check(folder, TODAY).problems if p.code == "BL-605")
    add(folder, accept(mark, "BL-605", ""))
    findings = check(folder, TODAY)
    assert "BL-605" not in codes(findings)
    assert findings.accepted[0].problem.code == "BL-605"
    edit(folder, "when: {item: accessory, claims_vaping: yes}", "when: {item: accessory}")
    assert "BL-509" in codes(check(folder, TODAY))


def test_what_is_found_in_the_register_is_accepted_in_the_rulebook(tmp_path: Path) -> None:
    set_language("en")
    late = ("law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2026-02-28")
    folder = plant([late], tmp_path / "vietnam")
    found = next(p for p in check(folder, TODAY).problems if p.code == "BL-505")
    path = folder / "rulebook.yaml"
    entry = accept(found.mark, "BL-505", f", at: {found.about[0][1]}")
    path.write_text(path.read_text("utf-8") + entry, "utf-8")
    assert codes(check(folder, TODAY)) == []


def test_acceptances_belong_to_the_version(folder: Path) -> None:
    before = read(folder).sha
    accepted(folder)
    assert read(folder).sha != before
