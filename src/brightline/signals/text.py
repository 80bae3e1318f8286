"""Vietnamese text in one form: what is the same to a reader becomes the same to the machine.

Four steps, all told apart so that positions in the original text survive: what cannot be seen is
dropped, accents are composed (NFC, whatever order they were typed in), capitals are folded, and
`òa` `òe` `ùy` become `oà` `oè` `uỳ` (two spellings of the same syllable).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

SHAPES = "\u0302\u0306\u031b"
"""The marks that make another letter of a vowel: circumflex, breve, horn."""
TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The tones: grave, acute, tilde, hook above, dot below."""
_VOWELS = "aeiouyAEIOUY"

# Unicode's Default_Ignorable_Code_Point, control characters that are no space, and the
# interlinear annotation marks.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_UNSETTLED = re.compile(f"[{_INVISIBLE}\u0130\u017f\u0300-\u036f]")
"""What may part or change the letters of a word before `normal` has settled them."""
_MISORDERED = re.compile(f"[{SHAPES}]")
_SPACES = re.compile(r"\s+")
_ONE_SPACE = re.compile(r"\S|\s+")
_BLANK = "\u2800"  # BRAILLE PATTERN BLANK looks like a space

PLACEMENTS = {
    first + last: plain + unicodedata.normalize("NFC", last + tone)
    for plain, lasts in (("o", "ae"), ("u", "y"))
    for tone in TONES
    for first in (unicodedata.normalize("NFC", plain + tone),)
    for last in lasts
}
"""Old placement of the tone → new: `òa` → `oà`, `ùy` → `uỳ`; 15 pairs."""
_PLACEMENT = re.compile(f"(?:{'|'.join(PLACEMENTS)})(?![\u0300-\u036f])")
"""Not before a mark that found no letter to join: it would change places with the tone."""


def is_invisible(char: str) -> bool:
    """Whether a character leaves no trace on the screen (zero-width, control, selector)."""
    return INVISIBLE.match(char) is not None


def is_space(char: str) -> bool:
    """Whether a character is white space."""
    return char.isspace() or char == _BLANK


def is_word(char: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, or a mark on one."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def composes(char: str) -> bool:
    """Whether a text that holds this character may not be in composed form.

    Marks, the trailing parts of Hangul syllables, and characters that NFC replaces.
    """
    return (
        unicodedata.category(char)[0] == "M"
        or "\u1161" <= char <= "\u11ff"
        or not unicodedata.is_normalized("NFC", char)
    )


def small(char: str) -> str:
    """A character without its case; always one character."""
    for form in (char.casefold(), char.lower()):
        if len(form) == 1:
            return form
    return char.lower()[0]


def compose(text: str) -> str:
    """The text in NFC without invisible characters, marks in Vietnamese order."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    if _MISORDERED.search(text):
        return "".join(_clustered(text)[0])
    return text


def composed(text: str) -> tuple[str, list[int], list[int]]:
    """`compose(text)`, and for each of its characters the start and end of what it came from."""
    clusters, starts, ends = _clustered(text)
    begin = [at for cluster, at in zip(clusters, starts, strict=True) for _char in cluster]
    finish = [at for cluster, at in zip(clusters, ends, strict=True) for _char in cluster]
    return "".join(clusters), begin, finish


def bare(text: str) -> str:
    """The text without accents, `đ` as `d`: how people type on a keyboard without Vietnamese."""
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(char for char in decomposed if char not in TONES and char not in SHAPES)
    return unicodedata.normalize("NFC", plain).replace("đ", "d").replace("Đ", "D")


def normal(text: str) -> str:
    """The one form of a text: composed, without case, tone placed the new way, single spaces."""
    return _placed(_SPACES.sub(" ", compose(text).translate(_SMALL)).strip())


def traced(text: str) -> tuple[str, list[int], list[int]]:
    """`normal(text)`, and for each of its characters where what it came from starts and ends.

    A space that stands for several characters is traced to the first of them.
    """
    whole, starts, ends = composed(text)
    whole = whole.translate(_SMALL)
    kept = [m.start() for m in _ONE_SPACE.finditer(whole)]
    while kept and whole[kept[-1]].isspace():
        kept.pop()
    first = next((i for i, at in enumerate(kept) if not whole[at].isspace()), len(kept))
    kept = kept[first:]
    line = "".join(" " if whole[at].isspace() else whole[at] for at in kept)
    return _placed(line), [starts[at] for at in kept], [ends[at] for at in kept]


def may_hold(text: str, words: Iterable[str]) -> bool:
    """Whether `normal(text)` may hold one of these words (lower case); False is certain, and cheap.

    Not for words whose tone stands in two places (`PLACEMENTS`).
    """
    line = normal(text) if _UNSETTLED.search(text) else text.lower()
    return any(word in line for word in words)


def folded(text: str) -> str:
    """`normal` without accents: for comparing labels, never for finding words in a text."""
    return bare(normal(text))


def _clustered(text: str) -> tuple[list[str], list[int], list[int]]:
    """The text cut before every character that cannot join the one before it.

    Each piece composed, with where it starts and ends in the text (invisible characters between
    its parts included, those around it not).
    """
    pieces: list[list[str]] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if is_invisible(char):
            continue
        if pieces and _joins(char):
            pieces[-1].append(char)
            ends[-1] = at + 1
        else:
            pieces.append([char])
            starts.append(at)
            ends.append(at + 1)
    return [_ordered(piece) for piece in pieces], starts, ends


class _Small(dict[int, str]):
    """Fills itself: code point → the character without its case, a blank as a space."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = " " if char == _BLANK else small(char)
        return self[point]


_SMALL = _Small()


def _placed(text: str) -> str:
    return _PLACEMENT.sub(lambda pair: PLACEMENTS[pair[0]], text)


@cache
def _joins(char: str) -> bool:
    """Whether a character attaches to the one before it."""
    first = unicodedata.normalize("NFD", char)[0]
    return unicodedata.category(first)[0] == "M" or "\u1161" <= first <= "\u11ff"


def _ordered(piece: list[str]) -> str:
    """A letter and its marks as one: circumflex, breve and horn before the tone, then NFC."""
    text = unicodedata.normalize("NFD", "".join(piece))
    if len(text) > 1 and text[0] in _VOWELS:
        marks = sorted(text[1:], key=lambda mark: mark not in SHAPES)
        text = text[0] + "".join(marks)
    return unicodedata.normalize("NFC", text)
