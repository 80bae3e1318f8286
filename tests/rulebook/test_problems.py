"""A problem is shown with its line, a caret right under the token, and a hint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import brightline
from brightline.explained import explanations
from brightline.rulebook.problems import Problem, Severity, UnusableRulebook, render, width

ROOT = Path(__file__).parents[2]


def shown(source: str, token: str, hint: str | None = None, code: str = "BL-307") -> list[str]:
    column = source.index(token) + 1
    problem = Problem("a.yaml", 3, column, column + len(token), code, "wrong", hint, "", source)
    return render(problem).split("\n")


def test_it_is_a_place_a_message_the_line_a_caret_and_a_hint() -> None:
    assert shown("when: {item: cigar}", "cigar", "did you mean cigarette?") == [
        "a.yaml:3:14: error BL-307: wrong",
        "    when: {item: cigar}",
        "                 ^^^^^",
        "hint: did you mean cigarette?",
    ]


def test_a_file_as_a_whole_has_no_line() -> None:
    problem = Problem("a.yaml", 0, 0, 0, "BL-101", "this file does not exist")
    assert render(problem) == "a.yaml: error BL-101: this file does not exist"


@pytest.mark.parametrize(
    ("source", "token", "caret"),
    [
        ("name: 电子烟 bad", "bad", "             ^^^"),
        ("name: 电子烟 bad", "电子烟", "      ^^^^^^"),
        ("name: thuo\u0302\u0301c bad", "bad", "            ^^^"),
        ("\tname: bad", "bad", "\t      ^^^"),
        ("name: ｂａｄ", "ｂａｄ", "      ^^^^^^"),
    ],
)
def test_the_caret_stands_by_display_width(source: str, token: str, caret: str) -> None:
    assert shown(source, token)[2] == "    " + caret


def test_a_long_line_is_cut_around_the_token() -> None:
    lines = shown("a" * 500 + " bad " + "b" * 500, "bad")
    assert lines[1].startswith("    …a")
    assert lines[1].endswith("b…")
    assert sum(map(width, lines[1])) <= 120
    at = lines[2].index("^")
    assert lines[1][at : at + 3] == "bad"


def test_nothing_in_a_file_can_steer_the_terminal() -> None:
    text = "\n".join(shown("a: \x1b[31mred\u202e bad", "bad"))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_color_is_asked_for() -> None:
    problem = Problem("a.yaml", 1, 1, 2, "BL-504", "late", None, "", "a: b")
    assert "\x1b[1;33m" in render(problem, color=True)
    assert problem.severity is Severity.WARNING


def test_an_unusable_rulebook_carries_every_problem() -> None:
    problems = [Problem("a.yaml", n, 1, 2, "BL-201", "wrong") for n in (1, 2)]
    error = UnusableRulebook(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "a.yaml:1:1: BL-201: wrong\na.yaml:2:1: BL-201: wrong"


def test_every_code_is_explained_in_the_reference_and_no_other() -> None:
    package = Path(brightline.__file__ or "").parent
    used = set()
    for path in package.rglob("*.py"):
        used |= set(re.findall(r'"(BL-\d{3})"', path.read_text("utf-8")))
    for language in ("en", "vi"):
        assert set(explanations(language)) == used
        assert all(len(one.claim) > 10 for one in explanations(language).values())
