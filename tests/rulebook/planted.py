"""A small good rulebook (`good/`), and the mistakes (`mistakes/*.txt`) planted in copies of it.

A mistake is a text to find in one file, and what to put in its place. « » stand around the token
that the problem must point at, <U+0007> for a character that cannot be seen.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import read_with_sources

HERE = Path(__file__).parent
NOTICE = (
    '    notice: {vi: "Đã gỡ đánh giá. Hãy viết lại bằng lời của bạn.", '
    'en: "Review removed. Please write it again in your own words."}\n'
)
"""The notice of the good rulebook's SOP on reviews."""
TOPICS = sorted(path.stem for path in (HERE / "mistakes").glob("*.txt"))
_MISTAKE = re.compile(
    r"=== (?P<code>\S+) (?P<file>\S+): (?P<name>.*)\n(?P<old>(?s:.*?))\n--->\n(?P<new>(?s:.*?))\n"
    r"(?====|\Z)"
)
_MARK = re.compile(r"«(.*?)»", re.DOTALL)
_HIDDEN = re.compile(r"<U\+([0-9A-F]{4})>")


@dataclass(frozen=True)
class Mistake:
    """A planted mistake, and the code of the one problem that it must give."""

    code: str
    file: str
    name: str
    old: str
    new: str

    def __str__(self) -> str:
        return self.name

    def plant(self, folder: Path) -> tuple[int, int, int]:
        """Writes the mistake into a copy of the rulebook; returns line, column, end column."""
        path = folder / self.file
        text = path.read_text("utf-8")
        assert self.old in text, f"{self.old!r} is not in {self.file}"
        marked = text.replace(self.old, self.new, 1)
        path.write_text(_MARK.sub(r"\1", marked), "utf-8", newline="")
        found = _MARK.search(marked)
        assert found is not None, f"{self.name}: no token is marked"
        before = marked[: found.start()].split("\n")
        column = len(before[-1]) + 1
        return len(before), column, column + max(1, len(found[1]))


def mistakes(topic: str) -> list[Mistake]:
    """The mistakes of one file."""
    text = (HERE / "mistakes" / f"{topic}.txt").read_text("utf-8")
    text = _HIDDEN.sub(lambda found: chr(int(found[1], 16)), text)
    found = [Mistake(**match.groupdict()) for match in _MISTAKE.finditer(text)]
    assert len(found) == text.count("=== "), f"{topic}.txt has a block that cannot be read"
    return found


def good_copy(folder: Path) -> Path:
    """A copy of the good rulebook to spoil."""
    return Path(shutil.copytree(HERE / "good", folder / "market"))


def problems_of(folder: Path) -> list[Problem]:
    """What reading says about a rulebook."""
    return read_with_sources(folder)[2]
