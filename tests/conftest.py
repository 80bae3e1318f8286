"""What every test shares: the language, the hypothesis profile, and what `./run` has to add."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from brightline import i18n
from tests.examples import some

os.environ["BRIGHTLINE_LANG"] = "en"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# Two shared cores make a wall-clock deadline a coin toss; the benchmarks watch the time instead.
settings.register_profile("brightline", max_examples=some(60), deadline=None, print_blob=True)
settings.load_profile("brightline")


def pytest_runtest_setup() -> None:
    """Every test starts in English, whatever the one before it did.

    A hook and not a fixture: hypothesis runs a test many times within one fixture.
    """
    i18n.set_language("en")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium. A test that needs it fails where there is none, and says how to get it."""
    from playwright import sync_api as playwright

    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if program is None:
        pytest.fail("no browser: apt-get install chromium (./run test does so where it may)")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
             "--disable-component-update", "--no-first-run"]  # fmt: skip
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=program, args=quiet)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat what failed before the tests, just above the count that ends the output."""
    if failed := os.environ.get("BRIGHTLINE_FAILED_STEPS"):
        terminalreporter.section("failed before the tests, see above", red=True)
        terminalreporter.line(failed, red=True)
