"""What each problem code means and how to mend it, in words for the author of a rulebook.

The words stand in `problems.<language>.md`, a section a code; documentation, `brightline explain`
and SARIF show them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from brightline.i18n import LANGUAGES, SOURCE_LANGUAGE, language

_SECTION = re.compile(r"^### (BL-\d{3})\n(.*?)(?=^#{2,3} |\Z)", re.MULTILINE | re.DOTALL)
_CLAIM = re.compile(r"\*\*(.+?)\*\*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Explanation:
    """A code, what is wrong in one sentence, and the whole section (Markdown)."""

    code: str
    claim: str
    text: str


def explanations(lang: str | None = None) -> dict[str, Explanation]:
    """Every code in order, in a language (default: the one in force)."""
    wanted = lang or language()
    return _read(wanted if wanted in LANGUAGES else SOURCE_LANGUAGE)


@cache
def _read(lang: str) -> dict[str, Explanation]:
    text = source(lang).read_text("utf-8")
    return {code: _explanation(code, body.strip()) for code, body in _SECTION.findall(text)}


def source(lang: str) -> Path:
    """The file with the words of a language."""
    return Path(__file__).with_name(f"problems.{lang}.md")


def _explanation(code: str, body: str) -> Explanation:
    found = _CLAIM.match(body)
    claim = " ".join((found[1] if found else body).split()).rstrip(".:")
    return Explanation(code, claim.replace("`", ""), body)
