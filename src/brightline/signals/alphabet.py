"""Texts as bytes: every character that a word list uses has a byte of its own.

Case, white space and the placement of tones vanish in the coding, so that comparing bytes is
comparing words, and a character is always one byte: positions stay positions. Whatever the lists
never mention becomes "some letter" or "some sign". One table look-up per character does it all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from brightline.signals.text import (
    PLACEMENTS,
    compose,
    composes,
    is_invisible,
    is_space,
    is_word,
    normal,
    small,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_UNSEEN, EDGE, SPACE, _DROPPED, _LETTER, _SIGN = range(6)
_FIRST = 6
_MARK = 255
_PAGE = 256
_TONED = sorted({pair[0] for pair in PLACEMENTS})
_VIETNAMESE = _TONED + sorted(set(chain(*PLACEMENTS, *PLACEMENTS.values())) - set(_TONED))
CAPACITY = _MARK - _FIRST - len(_VIETNAMESE)
"""How many characters of its own an alphabet holds beside the vowels whose tone may move."""

Codes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts in one row of bytes, an `EDGE` before, between and after them.

    `starts` (intp, texts + 1): where each text begins in `codes`; text `i` ends before the edge
    at `starts[i + 1] - 1`. `came_from` (intp, as long as `codes`, or None for "the same place"):
    the place before invisible characters and extra spaces were dropped; `began` (intp, texts)
    is where each text began then.
    """

    codes: Codes
    starts: Places
    came_from: Places | None
    began: Places

    def original(self, text: int, place: int) -> int:
        """The place in text `text` (as it was given) of the character at `place` in `codes`."""
        before = place if self.came_from is None else int(self.came_from[place])
        return before - int(self.began[text])

    def blank(self) -> npt.NDArray[np.bool_]:
        """Bool, texts: where nothing but space is left."""
        lengths = np.diff(self.starts) - 1
        only_space = self.codes[self.starts[:-1]] == SPACE
        return np.asarray((lengths == 0) | ((lengths == 1) & only_space), dtype=np.bool_)


class Alphabet:
    """The bytes of the characters in some words (at most `CAPACITY` distinct ones)."""

    def __init__(self, words: Iterable[str]) -> None:
        own = sorted(set(chain.from_iterable(map(normal, words))) - set(_VIETNAMESE) - {" "})
        if len(own) > CAPACITY:
            raise ValueError("more characters than an alphabet holds")
        marks = [char for char in own if composes(char)]
        letters = _VIETNAMESE + [char for char in own if not composes(char)]
        self._code = {char: _FIRST + i for i, char in enumerate(letters)}
        self._marks_from = _MARK - len(marks)
        self._code |= {char: self._marks_from + i for i, char in enumerate(marks)}
        self._table: Codes = np.zeros(0x110000, dtype=np.uint8)
        self.is_word: npt.NDArray[np.bool_] = np.zeros(256, dtype=np.bool_)
        """Bool, 256: which bytes are part of a word."""
        self.is_word[[_LETTER, _MARK]] = True
        for char, code in self._code.items():
            self.is_word[code] = is_word(char)
        self._toned_from = _FIRST
        self._moved = np.zeros((len(_TONED), 256, 2), dtype=np.uint8)
        for old, new in PLACEMENTS.items():
            moved = [self._code[new[0]], self._code[new[1]]]
            self._moved[self._code[old[0]] - _FIRST, self._code[old[1]]] = moved

    def pattern(self, word: str) -> bytes:
        """A word's bytes; empty where nothing of it can be seen. Its characters must be known."""
        codes = self.code([normal(word)]).codes[1:-1]
        if (codes <= _SIGN).any() and (codes[codes <= _SIGN] != SPACE).any():
            raise ValueError("a character outside the alphabet")
        return codes.tobytes()

    def unsettled(self, texts: Sequence[str]) -> list[int]:
        """Which texts hold marks that may have to be composed before they are coded."""
        return self._unsettled(*self._looked_up(texts))

    def code(self, texts: Sequence[str], trace: bool = False) -> Coded:
        """The texts as bytes; `trace` keeps where each byte came from."""
        codes, began = self._looked_up(texts)
        rows = self._unsettled(codes, began)
        if rows:
            settled = list(texts)
            for row in rows:
                settled[row] = compose(texts[row])
            codes, began = self._looked_up(settled)
        places: Places | None = np.arange(len(codes)) if trace else None
        starts = began
        for unwanted in (_invisible, _extra_space):
            mask = unwanted(codes)
            dropped = np.flatnonzero(mask)
            if len(dropped):
                kept = ~mask
                codes = codes[kept]
                places = None if places is None else places[kept]
                starts = starts - np.searchsorted(dropped, starts)
        self._move_tones(codes)
        return Coded(codes, starts, places, began[:-1])

    def _unsettled(self, codes: Codes, began: Places) -> list[int]:
        places = np.flatnonzero(codes >= self._marks_from)
        if not len(places):
            return []
        rows: list[int] = np.unique(np.searchsorted(began, places, side="right") - 1).tolist()
        return rows

    def _looked_up(self, texts: Sequence[str]) -> tuple[Codes, Places]:
        """The byte of every character, and where each text begins (one more for the end)."""
        data = "\n".join(["", *texts, ""]).encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(data, dtype="<u4")
        codes = self._table.take(points, mode="clip")
        if not codes.all():
            self._learn(points[codes == _UNSEEN])
            codes = self._table.take(points, mode="clip")
        began = np.ones(len(texts) + 1, dtype=np.intp)
        lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
        np.cumsum(lengths + 1, out=began[1:])
        began[1:] += 1
        codes[began - 1] = EDGE
        return codes, began

    def _learn(self, points: npt.NDArray[np.uint32]) -> None:
        for page in np.unique(points // _PAGE).tolist():
            first = page * _PAGE
            self._table[first : first + _PAGE] = [
                self._of(chr(point)) for point in range(first, first + _PAGE)
            ]

    def _of(self, char: str) -> int:
        if is_invisible(char):
            return _DROPPED
        if is_space(char):
            return SPACE
        if composes(char):
            return self._code.get(char, _MARK)
        code = self._code.get(small(char))
        if code is None:
            return _LETTER if is_word(char) else _SIGN
        return code

    def _move_tones(self, codes: Codes) -> None:
        places = np.flatnonzero(codes - np.uint8(self._toned_from) < len(_TONED))
        if len(places):
            moved = self._moved[codes[places] - self._toned_from, codes[places + 1]]
            places, moved = places[moved[:, 0] > 0], moved[moved[:, 0] > 0]
            codes[places] = moved[:, 0]
            codes[places + 1] = moved[:, 1]


def _invisible(codes: Codes) -> npt.NDArray[np.bool_]:
    return np.equal(codes, _DROPPED)


def _extra_space(codes: Codes) -> npt.NDArray[np.bool_]:
    space: npt.NDArray[np.bool_] = np.equal(codes, SPACE)
    space[1:] &= space[:-1].copy()
    space[0] = False
    return space


def alphabets(words: Iterable[str]) -> list[list[str]]:
    """The words in groups that each fit one alphabet; one group in any language with letters.

    A word that holds more than `CAPACITY` characters of its own is left out.
    """
    groups: list[tuple[set[str], list[str]]] = []
    for word in words:
        chars = set(normal(word)) - set(_VIETNAMESE) - {" "}
        if len(chars) > CAPACITY:
            continue
        for known, group in groups:
            if len(known | chars) <= CAPACITY:
                known.update(chars)
                group.append(word)
                break
        else:
            groups.append((chars, [word]))
    return [group for _known, group in groups]
