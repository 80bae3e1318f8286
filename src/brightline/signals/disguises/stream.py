"""Texts as a stream of runs: letters only, equal neighbours as one, with what lies between.

A run is a stretch of letters of one class that nothing separates (`vaaape` has four). Ends of
lines stay in the stream as `BREAK`, word characters that look like no letter of ours as
`STRANGER`, so that no word is found across either; a word that touches a stranger is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from brightline.signals.disguises.letters import (
    EITHER_SIDE,
    FIRST,
    FOREIGN_MARK,
    LEET,
    LINE,
    MARK,
    OTHER,
    SIGN,
    SPACE,
    code_of,
    seen,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

BREAK, STRANGER = 1, 2
_PAGE = 256
_ODD, _SMALL, _CAPITAL, _SIGN_LEET, _EITHER = 1, 2, 4, 8, 16

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Stream:
    """The runs of some texts; every array but `began` has one entry a run (or one more).

    `codes` (uint8): the class of its letters. `first`, `last` (intp): where it begins and ends
    among the characters of all texts, ends excluded. `apart` (bool, runs + 1): whether something
    stands before it. `gaps`, `signs`, `odd` (int32, runs + 1): how many runs before this one have
    something before them, have a sign among that, are odd in themselves. `began` (intp, texts):
    where each text begins.
    """

    codes: npt.NDArray[np.uint8]
    first: Places
    last: Places
    apart: npt.NDArray[np.bool_]
    gaps: npt.NDArray[np.int32]
    signs: npt.NDArray[np.int32]
    odd: npt.NDArray[np.int32]
    began: Places


class Coder:
    """Makes streams; learns characters by the page as they come."""

    def __init__(self) -> None:
        self._codes = np.zeros(0x110000, dtype=np.uint8)
        self._flags = np.zeros(0x110000, dtype=np.uint8)

    def stream(self, texts: Sequence[str]) -> Stream:
        """The runs of the texts, a break after each."""
        data = "\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(data, dtype="<u4")
        codes = self._codes.take(points, mode="clip")
        if not codes.all():
            self._learn(points[codes == 0])
            codes = self._codes.take(points, mode="clip")
        flags = self._flags.take(points, mode="clip")
        _demote_signs(codes, flags)
        _mark_capitals(points, flags)
        lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
        began = np.cumsum(lengths + 1) - lengths - 1
        return _runs(codes, (flags & _ODD).astype(np.bool_), began)

    def _learn(self, points: npt.NDArray[np.uint32]) -> None:
        for page in np.unique(points // _PAGE).tolist():
            first = page * _PAGE
            chars = [chr(point) for point in range(first, first + _PAGE)]
            self._codes[first : first + _PAGE] = [code_of(char) for char in chars]
            self._flags[first : first + _PAGE] = [_flags_of(char) for char in chars]


def _flags_of(char: str) -> int:
    shown = seen(char)
    odd = char in LEET or bool(shown.letter and (not shown.plain or shown.decorated))
    odd = odd or shown.letter.isdigit()
    return (
        _ODD * odd
        | _SMALL * (char.islower() and char != "l")
        | _CAPITAL * (char.isupper() and char != "I")
        | _SIGN_LEET * (char in LEET and not char.isdigit())
        | _EITHER * (char in EITHER_SIDE)
    )


def _demote_signs(codes: npt.NDArray[np.uint8], flags: npt.NDArray[np.uint8]) -> None:
    """A sign stands for a letter only where letters touch it: some on one side, others on both."""
    places = np.flatnonzero(flags & _SIGN_LEET)
    if len(places):
        after = np.minimum(places + 1, len(codes) - 1)
        before = (codes[places - 1] < FIRST) | (places == 0)
        behind = codes[after] < FIRST
        either = (flags[places] & _EITHER) > 0
        alone = np.where(either, before & behind, before | behind)
        codes[places[alone]] = SIGN
        flags[places[alone]] = 0


def _mark_capitals(points: npt.NDArray[np.uint32], flags: npt.NDArray[np.uint8]) -> None:
    """A capital I beside small letters, an l beside capitals: they may stand for each other."""
    for letter, beside in (("I", _SMALL), ("l", _CAPITAL)):
        places = np.flatnonzero(points == ord(letter))
        if len(places):
            after = np.minimum(places + 1, len(flags) - 1)
            near = (flags[places - 1] | flags[after]) & beside
            flags[places[near > 0]] |= _ODD


def _runs(codes: npt.NDArray[np.uint8], odd: npt.NDArray[np.bool_], began: Places) -> Stream:
    places = np.flatnonzero((codes >= FIRST) | (codes == LINE) | (codes == OTHER))
    letters = codes[places]
    letters[letters == LINE] = BREAK
    letters[letters == OTHER] = STRANGER
    between = np.cumsum((codes == SPACE) | (codes == SIGN), dtype=np.int32)[places]
    signs = np.cumsum(codes == SIGN, dtype=np.int32)[places]
    apart = np.diff(between, prepend=0) > 0
    signed = np.diff(signs, prepend=0) > 0
    new = np.ones(len(places), dtype=np.bool_)
    new[1:] = (letters[1:] != letters[:-1]) | apart[1:] | (letters[1:] <= STRANGER)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(places))
    marked = np.cumsum((codes == MARK) | (codes == FOREIGN_MARK) | odd, dtype=np.int32)
    first = places[starts]
    last = places[ends - 1] + 1
    reach = np.append(first[1:], len(codes))  # marks follow their letter
    strange = (marked[reach - 1] - marked[first] > 0) | odd[first] | (ends - starts > 1)
    run_codes = letters[starts]
    breaks = run_codes == BREAK
    edges = np.ones(len(starts) + 1, dtype=np.bool_)
    edges[1:-1] = apart[starts][1:] | breaks[1:] | breaks[:-1]
    return Stream(
        codes=run_codes,
        first=first,
        last=last,
        apart=edges,
        gaps=_before(apart[starts]),
        signs=_before(signed[starts]),
        odd=_before(strange),
        began=began,
    )


def _before(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """How many of the flags before each are set; one more entry for the end."""
    counts = np.zeros(len(flags) + 1, dtype=np.int32)
    np.cumsum(flags, out=counts[1:])
    return counts
