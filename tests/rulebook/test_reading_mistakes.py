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


def test_all_mistakes_are_reported_in_one_go(tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    planted = [ALL[0]]
    for mistake in mistakes("names"):
        text = (folder / mistake.file).read_text("utf-8")
        if mistake.old in text and mistake.code in ("BL-303", "BL-306", "BL-308", "BL-310"):
            mistake.plant(folder)
            planted.append(mistake)
    codes = [problem.code for problem in problems_of(folder)]
    for mistake in planted[1:]:
        assert mistake.code in codes
    assert len(codes) == len(planted) - 1
