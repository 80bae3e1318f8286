"""The slow, obvious meaning of "this word stands in this text", written from the documentation.

A text is a list of letters: a base, its marks in any order, and where it came from. Words are
compared letter by letter at every place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
IGNORABLE = (  # Default_Ignorable_Code_Point of Unicode 15, and the interlinear annotation marks
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip


def unseen(char: str) -> bool:
    """Whether a character is nothing to the eye: a control that is no space, or ignorable."""
    control = unicodedata.category(char) == "Cc" and not char.isspace()
    return control or any(first <= ord(char) <= last for first, last in IGNORABLE)


class Letter(NamedTuple):
    base: str
    marks: tuple[str, ...]
    start: int
    end: int

    @property
    def seen(self) -> tuple[str, tuple[str, ...]]:
        return self.base, self.marks

    @property
    def in_word(self) -> bool:
        return self.base.isalnum() or unicodedata.combining(self.base) > 0


def letters(text: str) -> list[Letter]:
    found: list[Letter] = []
    for at, char in enumerate(text):
        if unseen(char):
            continue
        base, *marks = unicodedata.normalize("NFD", char)
        if unicodedata.combining(base) and found and found[-1].base.isalpha():
            last = found[-1]
            all_marks = tuple(sorted((*last.marks, base, *marks)))
            found[-1] = Letter(last.base, all_marks, last.start, at + 1)
        elif unicodedata.combining(base) and found:
            first = found[-1].start  # a mark on what is no letter stands for itself, in one place
            found = [x._replace(end=at + 1) if x.start == first else x for x in found]
            found.append(Letter(base, tuple(marks), first, at + 1))
        elif not (char.isspace() and found and found[-1].base == " "):
            base = " " if char.isspace() else base.lower()
            found.append(Letter(base, tuple(sorted(marks)), at, at + 1))
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        pair = first.base + second.base
        tone = len(first.marks) == 1 and first.marks[0] in TONES
        if pair in ("oa", "oe", "uy") and tone and not second.marks:
            found[i] = first._replace(marks=())
            found[i + 1] = second._replace(marks=first.marks)
    return found


def without_accents(word: str) -> str:
    return "".join("d" if x.base == "đ" else x.base for x in letters(word))


def places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Every place of a word: start and end in the text."""
    here = letters(text)
    wanted = letters(word.strip())
    if not wanted:
        return
    for at in range(len(here) - len(wanted) + 1):
        stretch = here[at : at + len(wanted)]
        if [x.seen for x in stretch] != [x.seen for x in wanted]:
            continue
        before, after = here[at - 1 : at], here[at + len(wanted) : at + len(wanted) + 1]
        if at and wanted[0].in_word and before[0].in_word:
            continue
        if wanted[-1].in_word and after and after[0].in_word:
            continue
        yield stretch[0].start, stretch[-1].end


def hits(text: str, rows: Sequence[tuple[str, str, bool]]) -> list[tuple[int, int]]:
    """Where the words of a list (term, kind, fold) hit: except-words mask, the longest wins."""
    found: set[tuple[int, int]] = set()
    masked: set[tuple[int, int]] = set()
    for term, kind, fold in rows:
        for word in {term, without_accents(term)} if fold else {term}:
            (masked if kind == "except" else found).update(places(text, word))
    left = [(s, e) for s, e in found if not any(a <= s and e <= b for a, b in masked)]
    taken: list[tuple[int, int]] = []
    size = [x.start for x in letters(text)]

    def length(hit: tuple[int, int]) -> int:
        return sum(hit[0] <= at < hit[1] for at in size)

    for s, e in sorted(left, key=lambda hit: (-length(hit), hit)):
        if all(e <= a or b <= s for a, b in taken):
            taken.append((s, e))
    return sorted(taken)
