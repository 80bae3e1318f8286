"""What `brightline check` finds in a rulebook that can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from brightline.rulebook.laws import check
from brightline.rulebook.problems import Problem, Severity

from .planted import NOTICE, good_copy

TODAY = date(2026, 11, 23)
FIRST = '{"id": "g-0", "subject": "review", "expect": {"action": "allow"}}'
VAPES, GOLDEN = "sops/vapes.yaml", "cases/golden.jsonl"


def changed(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return found(folder)


def found(folder: Path) -> list[Problem]:
    return list(check(folder, TODAY).problems)


def codes(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in problems]


def test_a_good_rulebook_is_clean(tmp_path: Path) -> None:
    assert found(good_copy(tmp_path)) == []


def test_it_may_be_named_by_its_main_file(tmp_path: Path) -> None:
    assert found(good_copy(tmp_path) / "rulebook.yaml") == []


def test_a_rulebook_that_cannot_be_read_gives_the_errors_of_reading(tmp_path: Path) -> None:
    assert codes(changed(good_copy(tmp_path), VAPES, "owner: safety", "owner: s")) == [
        ("BL-303", 4)
    ]


def test_no_folder_is_one_error(tmp_path: Path) -> None:
    assert codes(found(tmp_path / "nowhere")) == [("BL-101", 0)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("expect: V-1, text", "expect: V-2, text", "this example meets V-1, not V-2"),
        ("facts: {category: electronics, item: e_cigarette}", "facts: {}", "do not settle"),
        ("category: electronics, item: e", "category: beauty, item: e", "meets no clause"),
        ("item: e_cigarette}, expect", "item: other, claims: yes}, expect", "impossible"),
    ],
)
def test_an_example_decides_as_expected(old: str, new: str, says: str, tmp_path: Path) -> None:
    problems = changed(good_copy(tmp_path), VAPES, old, new)
    problems = [problem for problem in problems if problem.code < "BL-51"]
    assert codes(problems) == [("BL-501", 72)]
    assert says in problems[0].message
    assert problems[0].path == "sops/vapes.yaml: examples[0].expect"


def test_an_example_that_cannot_tell_may_expect_just_that(tmp_path: Path) -> None:
    new = "item: cannot_tell, claims: no, price: 90000}, expect: cannot_tell"
    problems = changed(good_copy(tmp_path), VAPES, "item: e_cigarette}, expect: V-1", new)
    assert [problem.code for problem in problems] == ["BL-511"]  # no example of V-1 is left


def test_an_example_of_a_coming_clause_is_decided_on_its_first_day(tmp_path: Path) -> None:
    new = "action: remove\n    from: 2027-01-01\n    points: 12"
    old = "action: remove\n    points: 12"
    assert changed(good_copy(tmp_path), VAPES, old, new) == []


def test_a_clause_rests_on_verified_law_only(tmp_path: Path) -> None:
    problems = changed(good_copy(tmp_path), VAPES, "basis: [res-1]", "basis: [res-1, draft-2]")
    assert [(p.code, p.line, p.column, p.end_column) for p in problems] == [("BL-502", 55, 20, 27)]
    assert problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (VAPES, "review_by: 2027-06-30", "review_by: 2026-11-22", "BL-504"),
        ("law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2026-11-22", "BL-505"),
        ("sops/reviews.yaml", NOTICE, "", "BL-506"),
        ("rulebook.yaml", "severity: 60", "severity: 50", "BL-507"),
    ],
)
def test_what_should_be_weighed_is_a_warning(
    file: str, old: str, new: str, code: str, tmp_path: Path
) -> None:
    problems = changed(good_copy(tmp_path), file, old, new)
    proved = ["BL-603"] if code == "BL-507" else []  # V-1 and V-2 then contradict each other
    assert [problem.code for problem in problems] == [code, *proved]
    assert all(problem.severity is Severity.WARNING for problem in problems)


def test_a_date_is_not_overdue_on_its_own_day(tmp_path: Path) -> None:
    day = f"review_by: {TODAY}"
    assert changed(good_copy(tmp_path), VAPES, "review_by: 2027-06-30", day) == []


@pytest.mark.parametrize(
    ("old", "new", "token"),
    [
        ('"subject": "listing"', '"subject": "lisitng"', '"lisitng"'),
        ('{"title":', '{"titel":', '"titel"'),
        ('"action": "remove"', '"action": "delete"', '"delete"'),
        ('"clause": "V-1"', '"clause": "V-8"', '"V-8"'),
        ('"facts":', '"fact":', '"fact"'),
        ('"expect"', '"note"', "{"),
        ('"facts": {', '"facts" {', "{"),
        ('{"id": "g-1"', FIRST + '\n{"id": "g-0"', '"g-0"'),
    ],
)  # fmt: skip
def test_golden_cases_are_well_formed(old: str, new: str, token: str, tmp_path: Path) -> None:
    problems = changed(good_copy(tmp_path), GOLDEN, old, new)
    assert [problem.code for problem in problems] == ["BL-503"]
    problem = problems[0]
    assert problem.source[problem.column - 1 : problem.end_column - 1] == token


def test_problems_come_by_file_and_line(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    changed(folder, VAPES, "review_by: 2027-06-30", "review_by: 2026-01-01")
    changed(folder, "law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2026-01-01")
    problems = changed(folder, VAPES, "expect: V-1, text", "expect: V-9, text")
    assert codes(problems) == [("BL-505", 9), ("BL-504", 6), ("BL-511", 50), ("BL-501", 72)]
