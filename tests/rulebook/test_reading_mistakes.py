"""Each planted mistake gives one problem, with its code, at the token that has to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from .planted import TOPICS, Mistake, good_copy, mistakes, problems_of

ALL = [mistake for topic in TOPICS for mistake in mistakes(topic)]


@pytest.mark.parametrize("mistake", ALL, ids=str)
def test_reading_points_at(mistake: Mistake, tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    line, column, end = mistake.plant(folder)
    problems = problems_of(folder)
    assert [(p.code, p.line, p.column, p.end_column) for p in problems] == [
        (mistake.code, line, column, end)
    ]
    assert problems[0].file == str(folder / mistake.file)
    assert problems[0].message
    assert problems[0].path.startswith(mistake.file)


def test_the_good_rulebook_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(good_copy(tmp_path)) == []


@pytest.mark.slow
def test_a_condition_that_grows_without_measure_is_refused(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    path = folder / "sops" / "vapes.yaml"
    names = [f"{letter}{number}" for number in range(14) for letter in "ab"]
    facts = "".join(f"  {name}: {{kind: yes_no}}\n" for name in names)
    pairs = ", ".join(f"{{a{number}: yes, b{number}: yes}}" for number in range(14))
    text = path.read_text("utf-8")
    text = text.replace("facts:\n", f"  many: [{pairs}]\nfacts:\n{facts}", 1)
    path.write_text(text.replace("when: {is: device}", "when: {is_not: many}"), "utf-8")
    problems = problems_of(folder)
    assert [problem.code for problem in problems] == ["BL-356"]
    assert problems[0].path == "sops/vapes.yaml: clauses[0].when"


def test_all_mistakes_are_reported_in_one_go(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    planted: list[Mistake] = []
    for mistake in mistakes("names"):
        text = (folder / mistake.file).read_text("utf-8")
        if mistake.old in text and mistake.code in ("BL-303", "BL-306", "BL-308", "BL-310"):
            mistake.plant(folder)
            planted.append(mistake)
    codes = [problem.code for problem in problems_of(folder)]
    assert len(planted) > 5
    assert sorted(codes) == sorted(mistake.code for mistake in planted)
