"""`brightline demo --tour`: the whole main job on what travels with Brightline."""

from __future__ import annotations

import json
import shlex

import pytest

from brightline.paths import bundled_rulebook
from tests.cli.conftest import at_a_terminal

pytestmark = pytest.mark.xdist_group("tour")
SAMPLE = bundled_rulebook() / "cases" / "sample.jsonl"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The tour in English, its decisions kept: what was said, and where they lie."""
    folder = tmp_path_factory.mktemp("tour") / "kept"
    with at_a_terminal() as run:
        result = run("demo", "--tour", "--keep", folder)
    assert result.exit_code == 0
    return result.stdout, folder


@pytest.fixture(scope="module", params=["en", "vi"])
def narrow(request, tmp_path_factory):
    """The tour in 60 columns: its language, what was said, the folder it was called in."""
    folder = tmp_path_factory.mktemp("narrow")
    with at_a_terminal() as run, pytest.MonkeyPatch.context() as here:
        here.setenv("COLUMNS", "60")
        here.chdir(folder)
        result = run("demo", "--tour", "--lang", request.param)
    assert result.exit_code == 0
    return request.param, result.stdout, folder


def test_it_checks_screens_compares_and_explains(kept):
    shown, folder = kept
    for said in ("No problems: the rulebook is clean.", "By action", "precision", "recall", "Why"):
        assert said in shown
    decided = (folder / "decisions.jsonl").read_text("utf-8").splitlines()
    assert len(decided) == len(SAMPLE.read_text("utf-8").splitlines())


def test_it_fits_a_narrow_terminal_speaks_one_language_and_keeps_nothing_unless_asked(narrow):
    language, shown, folder = narrow
    assert not [line for line in shown.splitlines()
                if len(line) > 60 and not line.startswith("    $ ")]  # fmt: skip
    for english in ("decided", "precision", "By action", "Next", "checked"):
        assert (english in shown) is (language == "en")
    assert list(folder.iterdir()) == []


def test_what_differs_is_told_with_its_reason(kept):
    shown, _folder = kept
    (line,) = [line for line in shown.splitlines() if "decided otherwise than expected" in line]
    assert int(line.split()[0]) > 0
    for said in ("; expected: ", " did not hold: ", "noted by its author: "):
        assert said in shown


def test_the_commands_to_try_next_work_as_they_stand(kept, run, tmp_path, monkeypatch):
    shown = kept[0].splitlines()
    commands = [shlex.split(line.strip()[2:]) for line in shown if line.startswith("    $ ")]
    assert [words[1] for words in commands] == ["ask", "screen", "check"]
    (tmp_path / "rulebooks").symlink_to(bundled_rulebook().parent)
    monkeypatch.chdir(tmp_path)
    for program, *words in commands:
        assert program.endswith("brightline")
        assert run(*words, input="q\n").exit_code == 0


def test_a_folder_that_cannot_be_made_is_told(run, tmp_path):
    (tmp_path / "file").touch()
    result = run("demo", "--tour", "--keep", tmp_path / "file" / "in")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture(scope="module")
def cases():
    return [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]


def test_there_are_enough_sample_cases_of_every_kind(cases):
    assert len(cases) >= 500
    subjects = [case["subject"] for case in cases]
    assert {name: subjects.count(name) >= 80 for name in set(subjects)} == dict.fromkeys(
        ("listing", "content", "review"), True
    )
    innocent = sum(case["expect"]["action"] == "allow" for case in cases)
    assert 0.35 < innocent / len(cases) < 0.6


def test_no_innocent_sample_case_is_often_acted_on(cases):
    """Wrongful action is the costliest mistake: at most one in fifty innocent cases."""
    from brightline.rulebook.reading import read
    from brightline.screening.one import CaseDecider

    decider = CaseDecider(read(bundled_rulebook()))
    innocent = [case for case in cases if case["expect"]["action"] == "allow"]
    acted = [
        case["id"]
        for case in innocent
        if (verdict := decider.decide(case).verdict).determined
        and decider.rulebook.actions[verdict.action].violation
    ]
    assert len(acted) <= len(innocent) / 50, acted
