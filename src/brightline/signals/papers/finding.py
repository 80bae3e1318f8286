"""The numbers of papers in a text, with their places in it as it came."""

from __future__ import annotations

import re
from typing import NamedTuple

from brightline.signals.papers.kinds import PaperKind
from brightline.signals.text import folded, normal, traced

LONGEST = 100_000
"""Of a text longer than this only the beginning is looked at."""
NOTHING = frozenset(
    folded(words)
    for words in (
        "", "-", "--", "/", "x", "0", "n/a", "na", "none", "no", "null", "không", "không có", "ko",
        "chưa có", "chưa", "đang cập nhật", "cập nhật sau", "đang chờ", "trống", "tbd", "…", "...",
    )
)  # fmt: skip
"""What sellers write where there is no number."""
_PLAIN = re.compile(r"[^\w]")
_LEADING_ZEROS = re.compile(r"\A0+(?=\d)")


class PaperNumber(NamedTuple):
    """A number found: its parts, and where it stands in the text (code points).

    `key` is the same for every way of writing it; `year` has four digits.
    """

    key: str
    serial: str
    year: int | None
    start: int
    end: int


class Found(NamedTuple):
    """What a text holds: numbers of the kind, and places where one is meant but not written."""

    numbers: tuple[PaperNumber, ...]
    marks: tuple[tuple[int, int], ...]


def numbers_in(text: str, kind: PaperKind) -> Found:
    """The numbers of a kind in a text, and its marks that belong to none of them."""
    text = text[:LONGEST]
    if not kind.mark and not any(char.isdigit() for char in text):
        return Found((), ())
    line, starts, ends = traced(text)
    if kind.mark and kind.mark.search(line) is None:
        return Found((), ())
    numbers, taken = [], []
    for match in kind.form.finditer(line):
        taken.append(match.span())
        number = _number(match)
        start, end = starts[match.start()], ends[match.end() - 1]
        numbers.append(number._replace(start=start, end=end))
    marks = [
        (starts[match.start()], ends[match.end() - 1])
        for match in (kind.mark.finditer(line) if kind.mark else ())
        if _has_number_near(line, match) and not any(a <= match.start() < b for a, b in taken)
    ]
    return Found(tuple(numbers), tuple(marks))


def key_of(written: str, kind: PaperKind) -> str | None:
    """The key of a number that stands alone, as in a register; None if it is of no such form."""
    match = kind.form.fullmatch(normal(written).strip())
    return _number(match).key if match else None


def is_nothing(text: str) -> bool:
    """Whether a field that should hold a number says that there is none."""
    return folded(text).strip(" .") in NOTHING


def _has_number_near(line: str, mark: re.Match[str]) -> bool:
    """Whether digits stand beside a mark: then a number is meant, and not the kind of paper."""
    around = line[max(0, mark.start() - 6) : mark.start()] + line[mark.end() : mark.end() + 6]
    return re.search(r"\d", around) is not None


def _number(match: re.Match[str]) -> PaperNumber:
    parts = match.groupdict()
    serial, place = parts["serial"], parts.get("place") or ""
    year = int(parts["year"]) % 100 + 2000 if parts.get("year") else None
    bare = _LEADING_ZEROS.sub("", serial) if year is not None else serial
    key = "/".join(filter(None, (bare, str(year or ""), _PLAIN.sub("", place).replace("đ", "d"))))
    return PaperNumber(key, serial, year, match.start(), match.end())
