"""Each planted mistake gives one problem, with its code, at the token that has to change."""

from pathlib import Path

import pytest
from mistakes_lexicons import LEXICONS
from mistakes_names import NAMES, TESTS
from mistakes_shape import SHAPE
from mistakes_yaml import YAML
from planted import Mistake, good_copy, problems_of


@pytest.mark.parametrize("mistake", YAML + SHAPE + NAMES + TESTS + LEXICONS, ids=str)
def test_reading_points_at(mistake: Mistake, tmp_path: Path) -> None:
    folder = good_copy(tmp_path)
    line, column, end = mistake.plant(folder)
    problems = problems_of(folder)
    assert [(p.code, p.line, p.column, p.end_column) for p in problems] == [
        (mistake.code, line, column, end)
    ]
    assert problems[0].file == str(folder / mistake.file)


def test_the_good_rulebook_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(good_copy(tmp_path)) == []
