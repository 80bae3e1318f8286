"""Guidelines to look at: that of Vietnam with an older version, and a browser to read it in."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brightline.paths import bundled_rulebook
from brightline.reports.guide.site import Guideline
from brightline.reports.guide.writing import written
from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read

ON = date(2026, 11, 24)


@pytest.fixture(scope="session")
def vietnam() -> Rulebook:
    """The Vietnam rulebook."""
    return read(bundled_rulebook())


def altered(book: Rulebook, change: Callable[[str], str]) -> Rulebook:
    """A rulebook whose every text for people went through a function; ids stay."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            if value and set(value) <= {"vi", "en"}:
                return {lang: change(text) for lang, text in value.items()}
            return {
                key: change(part) if key in ("vi", "en") and isinstance(part, str) else walk(part)
                for key, part in value.items()
            }
        return [walk(part) for part in value] if isinstance(value, list) else value

    return Rulebook.model_validate(walk(book.model_dump(mode="json", by_alias=True)))


def older(book: Rulebook) -> Rulebook:
    """An older version: a clause came to another action, a title read otherwise, an SOP lacked."""
    raw = book.model_dump(mode="json", by_alias=True)
    sop = raw["sops"][0]
    fault = next(c for c in sop["clauses"] if c["points"])
    fault["action"], fault["points"] = book.default_action, 0
    sop["title"]["en"] += " (old)"
    raw["sops"] = raw["sops"][:-1]
    return Rulebook.model_validate(raw)


@pytest.fixture(scope="session")
def site(vietnam, tmp_path_factory) -> Path:
    """The website of the Vietnam rulebook in both languages, with what changed."""
    folder = tmp_path_factory.mktemp("guide") / "site"
    guideline = Guideline(
        vietnam, ON, ("vi", "en"), compare(older(vietnam), vietnam, ON), pdf=False
    )
    written(guideline, folder, lambda _what: None)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the site go to one worker, so that it is written once."""
    for item in items:
        if "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("site"))


@pytest.fixture
def write(tmp_path) -> Callable[..., Path]:
    """`write(rulebook)` makes its website and gives the folder."""

    def make(book: Rulebook, **more: Any) -> Path:
        more = {"languages": tuple(book.languages), "pdf": False} | more
        written(Guideline(book, ON, **more), tmp_path / "site", lambda _what: None)
        return tmp_path / "site"

    return make


@pytest.fixture(scope="session")
def has_pango() -> None:
    """Fails, with what to do, where no PDF can be made."""
    from brightline.reports.guide.printing import NoPango, need_pango

    try:
        need_pango()
    except NoPango:
        pytest.fail("no Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0")


def text_of(path: Path) -> str:
    """The text of a PDF, by poppler where it is there, else by pypdf."""
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
        return done.stdout.decode()
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)
