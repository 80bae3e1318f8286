"""Digits as they are written to be read by people only: `o9o`, `⓪⑨`, `không chín tám`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from brightline.signals.text import is_invisible

_WORDS = {
    "0": "không khong zero linh", "1": "một mốt mot", "2": "hai", "3": "ba", "4": "bốn tư bon tu",
    "5": "năm lăm nam lam", "6": "sáu sau", "7": "bảy bẩy bay", "8": "tám tam", "9": "chín chin",
}  # fmt: skip
WORDS = {word: digit for digit, words in _WORDS.items() for word in words.split()}
"""Digit words, with accents and without."""
_LETTERS = {"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"}
"""Letters that stand for digits, between digits only."""
OTHER_DIGITS = "\u2070-\u2089\u20e3\u2460-\u24ff\u2776-\u2793\uff10-\uff19\U0001d7ce-\U0001d7ff"
_CHUNK = re.compile(
    rf"[{OTHER_DIGITS}]+|(?<![^\W_])(?:[0-9oOlI|{OTHER_DIGITS}]+|{'|'.join(WORDS)})(?![^\W_])",
    re.IGNORECASE,
)
LONGEST_GAP = 4
_GAP = re.compile(r"[ \t\u00a0._\-*~,()•·+☎📞]*")


@dataclass(frozen=True, slots=True)
class Token:
    """Digits that stand together. `plain`: written as ASCII digits and nothing else."""

    start: int
    end: int
    digits: str
    plain: bool
    word: bool = False


@cache
def digit_of(char: str) -> str:
    """The digit that a character is (`5`, `５`, `⑤`, `𝟓`), or empty."""
    value = unicodedata.digit(char, -1)
    return str(value) if value >= 0 else ""


def tokens(text: str) -> Iterator[Token]:
    """The digits of a text, in order."""
    place = 0
    for chunk in _CHUNK.finditer(text):
        place, end = chunk.start(), chunk.end()
        piece = chunk[0]
        if piece.isascii() and piece.isdigit():
            yield Token(place, end, piece, plain=True)
            continue
        word = WORDS.get(unicodedata.normalize("NFC", piece).lower())
        if word is not None:
            yield Token(place, end, word, plain=False, word=True)
            continue
        digits = _spelled(piece)
        if digits:
            yield Token(place, end, digits, plain=False)


def _spelled(piece: str) -> str:
    """The digits of a piece in which every character is one, or stands for one; else empty."""
    digits, real = [], 0
    for char in piece:
        digit = digit_of(char)
        real += bool(digit)
        digit = digit or _LETTERS.get(char, "")
        if digit:
            digits.append(digit)
        elif not _unseen(char):
            return ""
    return "".join(digits) if real or (set(piece) <= {"o", "O"} and len(piece) < 5) else ""


@cache
def _unseen(char: str) -> bool:
    """Whether a character only decorates its neighbour, as the frame of a keycap does."""
    return is_invisible(char) or unicodedata.category(char)[0] == "M"


def runs(text: str) -> Iterator[list[Token]]:
    """Tokens that may belong to one number: nothing but a short gap between neighbours."""
    run: list[Token] = []
    for token in tokens(text):
        if run:
            between = text[run[-1].end : token.start]
            visible = between
            if not between.isascii():
                visible = "".join(char for char in between if not _unseen(char))
            if len(visible) > LONGEST_GAP or not _GAP.fullmatch(visible):
                yield run
                run = []
        run.append(token)
    if run:
        yield run
