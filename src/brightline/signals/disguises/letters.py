"""What a character looks like to a reader of Vietnamese: a letter, a digit, a sign or nothing.

Look-alikes come from Unicode's confusables (through the package `confusable-homoglyphs`), from its
compatibility forms (full-width, circled, mathematical letters) and from the characters' own names
(regional indicators, squared letters). The letters of Vietnamese are never taken for look-alikes.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from functools import cache

from brightline.signals.text import SHAPES, TONES, is_invisible, is_space, is_word, small

LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "il", "€": "e", "£": "l", "¢": "c", "¥": "y", "§": "s",
}  # fmt: skip
"""Digits and signs that stand for letters, and the letters each may stand for."""
EITHER_SIDE = "@$"
"""The signs that stand for letters at the edge of a word too (`m@ túy`)."""
CLASSES = "abcdefghijkmnopqrstuvwxyz"
"""One class a letter; `l` shares that of `i`, because `1`, `|` and capitals confuse them."""
VOWELS = "aeiouy"
_NAMED = re.compile(
    r"(?:LATIN (?:SMALL |CAPITAL )?LETTER|REGIONAL INDICATOR SYMBOL LETTER)"
    r"(?: SMALL CAPITAL| SMALL)? ([A-Z])(?: WITH .*)?$"
)
_ASCII = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True)
class Seen:
    """What a character (with its marks) looks like.

    `letter`: a lower-case Latin letter without accents, a digit, or empty. `shaped`: the letter
    with circumflex, breve, horn or bar (`ă ô ư đ`). `tone`: one of `text.TONES`, or empty.
    `plain`: it is that very letter or digit, and no look-alike. `decorated`: it carries marks that
    no Vietnamese letter has.
    """

    letter: str
    shaped: str = ""
    tone: str = ""
    plain: bool = True
    decorated: bool = False


NOTHING = Seen("")


@cache
def seen(char: str, marks: str = "") -> Seen:
    """A character and the marks that follow it, as a reader sees them."""
    parts = unicodedata.normalize("NFD", char + marks)
    base, accents = parts[0], parts[1:]
    if base in "đĐ":
        base, shape = "d", "đ"
    else:
        base, shape = small(base), ""
    plain = base in _ASCII
    if not plain:
        base = looks_like(base) or looks_like(char)
        if not base:
            return NOTHING
    tones = [mark for mark in accents if mark in TONES]
    shapes = [mark for mark in accents if mark in SHAPES]
    foreign = len(tones) + len(shapes) < len(accents)
    shape = shape or unicodedata.normalize("NFC", base + "".join(shapes[:1]))
    if len(shape) != 1:
        foreign, shape = True, base
    odd = foreign or len(tones) > 1 or (bool(tones) and base not in VOWELS)
    return Seen(base, shape, tones[0] if tones else "", plain, odd)


@cache
def looks_like(char: str) -> str:
    """The Latin letter or digit that a character which is neither looks like; else empty."""
    compatible = unicodedata.normalize("NFKD", char)
    first = small(compatible[0]) if compatible else ""
    rest = compatible[1:]
    if first in _ASCII and all(unicodedata.category(mark)[0] == "M" for mark in rest):
        return first
    named = _NAMED.match(unicodedata.name(char, ""))
    if named:
        return named[1].lower()
    return _confusables().get(char) or _confusables().get(first, "")


@cache
def _confusables() -> dict[str, str]:
    """Character → the one ASCII letter or digit it is confused with (letters before digits)."""
    from confusable_homoglyphs.confusables import is_confusable

    table: dict[str, str] = {}
    for ascii_char in string.ascii_lowercase + string.ascii_uppercase + string.digits:
        for entry in is_confusable(ascii_char, greedy=True) or ():
            for twin in entry["homoglyphs"]:
                char = twin["c"]
                if len(char) == 1 and not char.isascii():
                    table.setdefault(char, ascii_char.lower())
                    table.setdefault(small(char), ascii_char.lower())
    return table


@cache
def is_mark(char: str) -> bool:
    """Whether a character only alters the one before it."""
    return unicodedata.category(char)[0] == "M" and not is_invisible(char)


# The classes of characters that are no letter of ours, as bytes.
UNSEEN, INVISIBLE, MARK, FOREIGN_MARK, SPACE, LINE, SIGN, OTHER, FIRST = range(9)


@cache
def code_of(char: str) -> int:
    """The byte of a character: one of the kinds above, else `FIRST` and its place in `CLASSES`."""
    if is_invisible(char):
        return INVISIBLE
    if is_space(char):
        return LINE if char in "\n\r\x0b\x0c\x85\u2028\u2029" else SPACE
    if is_mark(char):
        vietnamese = char in SHAPES or char in TONES
        return MARK if vietnamese else FOREIGN_MARK
    letters = LEET.get(char) or letter_or_leet(char)
    if letters:
        return class_of(letters[0])
    return OTHER if is_word(char) else SIGN


@cache
def letter_or_leet(char: str) -> str:
    """The letters a character may stand for; empty where it can stand for none."""
    letter = seen(char).letter
    return LEET.get(letter, "") if letter.isdigit() else letter


def class_of(letter: str) -> int:
    """The byte of a letter's class."""
    return FIRST + CLASSES.index("i" if letter == "l" else letter)
