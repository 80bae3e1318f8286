"""docs/reference/settings.md names every environment variable that the program reads."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
VARIABLE = re.compile(r"\b(BRIGHTLINE_[A-Z0-9_]+|DATABASE_URL)\b")
INNER = {
    "BRIGHTLINE_SERVER",  # the server tells its own workers whose they are
    "BRIGHTLINE_JOBS_OF",  # the server tells its own process of jobs whose it is
    "BRIGHTLINE_WATCH",  # the server tells its own process of jobs which folder to look at
    "BRIGHTLINE_COMPLETE",  # Click's own, for the completion of a shell
}


def read_in_the_code() -> set[str]:
    found = set()
    for file in (ROOT / "src").rglob("*.py"):
        found.update(VARIABLE.findall(file.read_text("utf-8")))
    return found - INNER


def test_every_variable_is_documented():
    missing = read_in_the_code() - set(VARIABLE.findall(PAGE))
    assert not missing, sorted(missing)


def test_the_search_finds_what_settings_read():
    """The test above cannot pass by finding nothing."""
    assert {"BRIGHTLINE_HOME", "BRIGHTLINE_URL", "DATABASE_URL"} <= read_in_the_code()


def test_every_variable_has_a_line_that_says_what_holds_without_it():
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in VARIABLE.findall(row.split("|")[1])}
    assert read_in_the_code() <= named
    for row in rows:
        _empty, _names, what, without, _end = row.split("|")
        assert what.strip()
        assert without.strip()
