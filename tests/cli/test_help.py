"""The first thing a newcomer meets: help, the version, a misspelt verb, completion."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from brightline import __version__
from brightline.cli import cli

DOCS = Path(__file__).parents[2] / "docs"
VERBS = [
    "check", "decide", "ask", "screen", "guide", "export", "import", "schema", "demo", "completion",
]  # fmt: skip


def command(verb: str) -> click.Command:
    found = cli.get_command(click.Context(cli), verb)
    assert found is not None
    return found


def test_help_names_every_verb(run):
    shown = run("--help").stdout
    assert all(f"\n  {verb} " in shown for verb in VERBS)


def test_no_verb_shows_the_help(run):
    result = run()
    assert result.exit_code == 0
    assert "Commands:" in result.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_a_language(run, verb):
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert "--lang" in result.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_in_vietnamese_has_no_english_headings(run, verb):
    for shown in (
        run("--lang", "vi", verb, "--help").stdout,
        run(verb, "--help", "--lang=vi").stdout,
    ):
        assert shown.startswith("Cách dùng:")
        english = ("Usage", "Options", "Commands", "Show", "default:", "required", "INTEGER")
        assert not [word for word in english if word in shown]


def test_the_help_of_the_whole_is_vietnamese_too(run):
    shown = run("--lang", "vi", "--help").stdout
    assert not [word for word in ("Show", "Print", "Decide", "Commands") if word in shown]


def test_the_version_is_told(run):
    assert __version__ in run("--version").stdout


def test_an_unknown_verb_is_met_with_the_closest(run):
    result = run("chek")
    assert result.exit_code == 2
    assert "there is no command 'chek'" in result.stderr
    assert "did you mean brightline check?" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run, shell):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_BRIGHTLINE_COMPLETE" in result.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_the_reference_names_every_verb_and_option(verb):
    text = (DOCS / "reference" / "command-line.md").read_text("utf-8")
    start = text.index(f"## brightline {verb}")
    section = text[start : text.find("\n## ", start + 1)]
    for parameter in command(verb).params:
        for name in (*parameter.opts, *parameter.secondary_opts):
            if name.startswith("-"):
                assert f"`{name}" in section, f"{name} of {verb} is not in command-line.md"


def test_help_loads_nothing_heavy():
    script = (
        "import sys; from brightline.cli import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"pydantic", "numpy", "pyarrow", "rich", "pysat"} & set(done.stdout.split())
