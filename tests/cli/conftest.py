"""Running a command as a person would, in a language of its own."""

from __future__ import annotations

import contextvars
import gettext
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

GOOD = Path(__file__).parent.parent / "rulebook" / "good"
POD = {
    "id": "p-1",
    "subject": "listing",
    "attributes": {"title": "Pod dùng một lần vị dưa", "price": 45000},
    "facts": {"category": "electronics"},
}


@contextmanager
def at_a_terminal() -> Iterator[Callable[..., Result]]:
    """Gives `run("decide", …)`: exit code, stdout, stderr. English, 100 columns, unless told."""
    domain = gettext.textdomain()

    def call(*args: object, input: str | None = None) -> Result:  # noqa: A002 - Click's own name
        from brightline.cli import cli

        context = contextvars.copy_context()
        words = [str(arg) for arg in args]
        result = context.run(CliRunner().invoke, cli, words, input, prog_name="brightline")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("LANGUAGE", "en")
        monkeypatch.setenv("BRIGHTLINE_LANG", "en")
        monkeypatch.setenv("COLUMNS", "100")
        yield call
    gettext.textdomain(domain)


@pytest.fixture
def run() -> Iterator[Callable[..., Result]]:
    """`run("decide", …)` gives the result: exit code, stdout, stderr. English unless told."""
    with at_a_terminal() as call:
        yield call


@pytest.fixture
def good() -> Path:
    """A small rulebook without fault."""
    return GOOD


@pytest.fixture
def copy_of_good(tmp_path) -> Path:
    """A copy of it that a test may spoil."""
    return Path(shutil.copytree(GOOD, tmp_path / "market"))


@pytest.fixture
def case(tmp_path):
    """`case(facts={…})` writes a case file; what is not said is that of a disposable vape."""

    def write(**parts: object) -> Path:
        path = tmp_path / "case.json"
        path.write_text(json.dumps(POD | parts, ensure_ascii=False), encoding="utf-8")
        return path

    return write
