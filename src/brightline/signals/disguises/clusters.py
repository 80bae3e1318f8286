"""The letters of one place in a text, each with its marks and with what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from brightline.signals.disguises.letters import (
    EITHER_SIDE,
    FIRST,
    LEET,
    LINE,
    OTHER,
    Seen,
    code_of,
    is_mark,
    seen,
)
from brightline.signals.text import is_invisible, is_space

MOST_BETWEEN = 3
"""How many signs, or spaces, may stand between two letters of one word."""


class Gap(Enum):
    """What stands between two letters."""

    NONE = "nothing"
    SPACE = "spaces"
    SIGN = "signs"
    BOTH = "signs and spaces"
    TOO_MUCH = "too much"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A letter, or what stands for one. `char`: as it was typed, without its marks."""

    char: str
    seen: Seen
    gap: Gap
    between: str

    @property
    def code(self) -> int:
        """The byte of its class."""
        return code_of(self.char)

    @property
    def leet(self) -> bool:
        """Whether it is a digit or a sign."""
        return not self.seen.letter.isalpha()

    def may_be(self, letter: str) -> bool:
        """Whether it can stand for a letter or digit of a word."""
        if self.seen.letter == letter:
            return True
        return letter in (LEET.get(self.char) or LEET.get(self.seen.letter, ""))


def clusters_of(text: str, start: int, end: int) -> list[Cluster]:
    """The letters between two places of a text; signs among letters count where they can."""
    found: list[Cluster] = []
    between = ""
    at = start
    while at < end:
        char, place = text[at], at
        at += 1
        if is_invisible(char):
            continue
        if not _stands_for_letter(text, place):
            between += char
            continue
        marks = ""
        while at < end and (is_mark(text[at]) or is_invisible(text[at])):
            marks += "" if is_invisible(text[at]) else text[at]
            at += 1
        found.append(Cluster(char, seen(char, marks), _gap(between), between))
        between = ""
    return found


def _stands_for_letter(text: str, at: int) -> bool:
    char = text[at]
    if code_of(char) < FIRST:
        return False
    if char not in LEET or char.isdigit():
        return True
    sides = (text[at - 1 : at], text[at + 1 : at + 2])
    touched = [bool(side) and code_of(side) >= FIRST for side in sides]
    return any(touched) if char in EITHER_SIDE else all(touched)


def _gap(between: str) -> Gap:
    spaces = sum(map(is_space, between))
    signs = len(between) - spaces
    if not between:
        return Gap.NONE
    if max(spaces, signs) > MOST_BETWEEN or any(map(_breaks, between)):
        return Gap.TOO_MUCH
    if not signs:
        return Gap.SPACE
    return Gap.BOTH if spaces else Gap.SIGN


def _breaks(char: str) -> bool:
    return code_of(char) in (LINE, OTHER)
