"""What can be wrong with a rulebook: problems that say what, where and how to mend it.

Every problem carries a stable code (`brightline explain` tells what each means), the exact
place in the file, and words for the person who wrote it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from brightline.i18n import _


class Severity(StrEnum):
    """An error leaves the rulebook unusable or untrue; a warning is for the author to weigh."""

    ERROR = "error"
    WARNING = "warning"


ERRORS_OF_CHECK = frozenset({"BL-501", "BL-502", "BL-503", "BL-508", "BL-604"})
"""What `check` finds from BL-501 on are warnings, but for these."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. Lines and columns count from 1; 0 means the file as a whole.

    `end_column` is the column after the last character concerned. `path` is the place in terms of
    the rulebook (`sops/x.yaml: clauses[2].when.item`), `source` the line as it stands in the file.
    """

    file: str
    line: int
    column: int
    end_column: int
    code: str
    message: str
    hint: str | None = None
    path: str = ""
    source: str = ""
    about: tuple[tuple[str, str], ...] = ()
    """What it is about, kind and id, the thing it stands at first: `("clause", "EC-2")`."""
    mark: str = ""
    """A fingerprint of all it is about: an acceptance that repeats it holds until that changes.
    Empty for what cannot be accepted."""

    @property
    def severity(self) -> Severity:
        warns = self.code >= "BL-501" and self.code not in ERRORS_OF_CHECK
        return Severity.WARNING if warns else Severity.ERROR

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What problems are sorted by: file, line, column."""
        return (self.file, self.line, self.column, self.code, self.message)

    def as_dict(self) -> dict[str, object]:
        """The problem as JSON gives it."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "hint": self.hint,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_column": self.end_column,
            "path": self.path,
            "source": self.source,
            "about": [name for _kind, name in self.about],
            "mark": self.mark or None,
        }


class UnusableRulebook(Exception):
    """A rulebook with errors. `problems` holds all of them, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "\n".join(f"{p.file}:{p.line}:{p.column}: {p.code}: {p.message}" for p in self.problems)
        )


SHOWN = 110
"""The most cells of a source line that are shown; a longer line is cut around the token."""


def render(problem: Problem, color: bool = False) -> str:
    """The problem as a block of text: place and message, the line, a caret under the token, hint.

    Columns are counted in characters, the caret stands by display width, so it is right under
    wide and combining characters too.
    """
    return "\n".join(_lines(problem, _paint if color else _plain))


def _plain(text: str, _style: str) -> str:
    return text


def _paint(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _lines(problem: Problem, paint: Callable[[str, str], str]) -> Iterator[str]:
    error = problem.severity is Severity.ERROR
    tone = "1;31" if error else "1;33"
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    word = _("error") if error else _("warning")
    yield f"{paint(place + ':', '1')} {paint(f'{word} {problem.code}:', tone)} {problem.message}"
    if problem.line and problem.source.strip():
        shown, start, end = _window(problem.source, problem.column - 1, problem.end_column - 1)
        yield "    " + _visible(shown)
        under = "".join("\t" if c == "\t" else " " * width(c) for c in shown[:start])
        carets = sum(width(c) for c in shown[start:end])
        yield "    " + under + paint("^" * max(1, carets), tone)
    if problem.hint:
        yield paint(_("hint: {hint}").format(hint=problem.hint), "36")


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around a token, and where the token stands in it."""
    start = min(start, len(line))
    end = min(max(end, start), len(line))
    if sum(map(width, line)) <= SHOWN:
        return line, start, end
    first = max(0, min(start - SHOWN // 4, len(line) - SHOWN))
    last, cells = first, 0
    while last < len(line) and cells + width(line[last]) <= SHOWN:
        cells += width(line[last])
        last += 1
    left, right = ("…" if first else ""), ("…" if last < len(line) else "")
    shift = len(left) - first
    return left + line[first:last] + right, start + shift, min(end, last) + shift


def width(char: str) -> int:
    """The cells that a character takes on a terminal: 0, 1 or 2."""
    if not _harmless(char):
        return 1
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _visible(line: str) -> str:
    """The line with characters that could move or hide text on a terminal replaced."""
    return "".join(c if _harmless(c) else "\N{REPLACEMENT CHARACTER}" for c in line)


def _harmless(char: str) -> bool:
    return char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
