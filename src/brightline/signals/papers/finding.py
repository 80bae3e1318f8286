"""The numbers of papers in a text, with their places in it as it came."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from brightline.signals.papers.kinds import KINDS, PaperKind
from brightline.signals.text import INVISIBLE, folded, may_hold, normal, traced

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST = 100_000
"""Of a text longer than this only the beginning is looked at."""
MOST_FOUND = 200
"""A text that names more numbers is written to wear us out."""
NEAR = 6
"""Characters: so close digits belong to a mark."""
NOTHING = frozenset(
    folded(words)
    for words in (
        "", "-", "--", "/", "x", "0", "n/a", "na", "none", "no", "null", "không", "không có", "ko",
        "chưa có", "chưa", "đang cập nhật", "cập nhật sau", "đang chờ", "trống", "tbd", "…", "...",
    )
)  # fmt: skip
"""What sellers write where there is no number."""
_ANY_LETTERS = "(?i)" + "|".join(
    f"{INVISIBLE.pattern}*".join(letters)
    for letters in sorted({some for kind in KINDS.values() for some in kind.letters})
)
"""What no text that names a paper is without, for RE2."""
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
    """The numbers of a kind in a text, and its marks that belong to none of them.

    Of either the first `MOST_FOUND` are told.
    """
    if not may_hold_number(text, kind):
        return Found((), ())
    line, starts, ends = traced(text[:LONGEST])
    found = list(islice(kind.form.finditer(line), MOST_FOUND))
    begun, ended = [match.start() for match in found], [match.end() for match in found]
    numbers = [
        _number(match)._replace(start=starts[match.start()], end=ends[match.end() - 1])
        for match in found
    ]
    marks: list[tuple[int, int]] = []
    for mark in kind.mark.finditer(line) if kind.mark else ():
        after = bisect(begun, mark.start())
        beside = (after and mark.start() < ended[after - 1] + NEAR) or (
            after < len(begun) and begun[after] <= mark.end() + NEAR
        )  # "CBMP: 1/21/CBMP-HN"
        if len(marks) < MOST_FOUND and not beside and _has_number_near(line, mark):
            marks.append((starts[mark.start()], ends[mark.end() - 1]))
    return Found(tuple(numbers), tuple(marks))


def may_hold_number(text: str, kind: PaperKind) -> bool:
    """Whether a text as it came is worth a closer look; False is certain."""
    if kind.letters:
        return may_hold(text, kind.letters)
    return any(char.isdigit() for char in text)


def rows_worth_reading(column: pa.Array[Any]) -> list[int]:
    """The rows of a column whose text may name a paper.

    One pass over all texts, in place of `may_hold_number` for each text and kind.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return rows_with_something(column)
    found = pc.match_substring_regex(column, _ANY_LETTERS).fill_null(False)
    return _true_rows(found)


def rows_with_something(column: pa.Array[Any]) -> list[int]:
    """The rows of a column that hold a value."""
    return _true_rows(column.is_valid())


def _true_rows(flags: pa.Array[Any]) -> list[int]:
    return [int(row) for row in flags.to_numpy(zero_copy_only=False).nonzero()[0]]


def key_of(written: str, kind: PaperKind) -> str | None:
    """The key of a number that stands alone, as in a register; None if it is of no such form."""
    match = kind.form.fullmatch(normal(written).strip())
    return _number(match).key if match else None


def is_nothing(text: str) -> bool:
    """Whether a field that should hold a number says that there is none."""
    return folded(text).strip(" .") in NOTHING


def _has_number_near(line: str, mark: re.Match[str]) -> bool:
    """Whether digits stand beside a mark: then a number is meant, and not the kind of paper."""
    start, end = mark.span()
    around = line[max(0, start - NEAR) : start] + line[end : end + NEAR]
    return re.search(r"\d", around) is not None


def _number(match: re.Match[str]) -> PaperNumber:
    parts = match.groupdict()
    serial = "".join(str(int(digit)) for digit in parts["serial"])  # ٣ is a digit too
    place = parts.get("place") or ""
    year = int(parts["year"]) % 100 + 2000 if parts.get("year") else None
    bare = _LEADING_ZEROS.sub("", serial) if year is not None else serial
    key = "/".join(filter(None, (bare, str(year or ""), _PLAIN.sub("", place).replace("đ", "d"))))
    return PaperNumber(key, serial, year, match.start(), match.end())
