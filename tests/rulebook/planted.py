"""A small good rulebook, and mistakes planted in copies of it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import read_with_sources

GOOD = Path(__file__).parent / "good"
MARK = re.compile("«(.*?)»", re.DOTALL)


@dataclass(frozen=True)
class Mistake:
    """A replacement in one file, with « » around the token that the problem must point at.

    Without the marks the problem is about the file as a whole. `count` is how often `old` occurs.
    """

    name: str
    code: str
    file: str
    old: str
    new: str

    def __str__(self) -> str:
        return self.name

    def plant(self, folder: Path) -> tuple[int, int, int]:
        """Writes the mistake into a copy of the rulebook; returns line, column, end column."""
        path = folder / self.file
        text = path.read_text("utf-8")
        assert text.count(self.old) >= 1, f"{self.old!r} is not in {self.file}"
        marked = text.replace(self.old, self.new, 1)
        path.write_text(MARK.sub(r"\1", marked), "utf-8", newline="")
        found = MARK.search(marked)
        if found is None:
            return 0, 0, 0
        before = marked[: found.start()].split("\n")
        column = len(before[-1]) + 1
        return len(before), column, column + max(1, len(found[1].split("\n")[0]))


def good_copy(folder: Path) -> Path:
    """A copy of the good rulebook to spoil."""
    return Path(shutil.copytree(GOOD, folder / "market"))


def problems_of(folder: Path) -> list[Problem]:
    """What reading says about a rulebook."""
    return read_with_sources(folder)[2]
