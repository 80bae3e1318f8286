"""Reading a word of a layout for a block of cases: which rows are dead, unsure, in question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from brightline.screening.layout import U64, Group, Word

Codes = Sequence[npt.NDArray[np.integer]]
"""One array of codes for each tested column of a table, all of one length."""
Index = npt.NDArray[np.intp]


def places_in(word: Word, codes: Codes, rows: int) -> list[Index]:
    """[group][case] the index of every case into the look-ups of a word."""
    return [_place(group, codes, rows) for group in word.groups]


def _place(group: Group, codes: Codes, rows: int) -> Index:
    if not group.facts:
        return np.zeros(rows, dtype=np.intp)
    wide = np.int16 if len(group.dead) < 1 << 15 else np.int64
    total: npt.NDArray[Any] | None = None
    for fact, stride in zip(group.facts, group.strides, strict=True):
        of: npt.NDArray[Any] = codes[fact].astype(wide)
        if stride > 1:
            of *= wide(stride)
        if total is None:
            total = of
        else:
            total += of
    assert total is not None
    total += wide(2 * sum(group.strides))
    return total.astype(np.intp)


def dead_rows(word: Word, places: Sequence[Index]) -> U64:
    """[case] rows that some fact has ruled out."""
    pairs = zip(word.groups, places, strict=True)
    return _either(np.take(group.dead, place, mode="clip") for group, place in pairs)


def unsure_rows(word: Word, places: Sequence[Index]) -> U64:
    """[case] rows that are dead or wait for an unknown fact."""
    pairs = zip(word.groups, places, strict=True)
    return _either(np.take(group.unsure, place, mode="clip") for group, place in pairs)


def _either(found: Iterable[U64]) -> U64:
    made: U64 | None = None
    for of in found:
        if made is None:
            made = of
        else:
            made |= of
    assert made is not None
    return made


def winners(word: Word, dead: U64) -> U64:
    """[case] the lowest row alive of every stretch, one bit each."""
    carried = dead + np.uint64(word.starts)
    carried &= ~dead
    return carried


def candidates(word: Word, dead: U64, unsure: U64) -> U64:
    """[case] the rows that may win: those alive up to the first sure one of each stretch."""
    return (unsure + np.uint64(word.starts) ^ unsure) & ~dead


def lowest(bits: U64) -> npt.NDArray[np.uint8]:
    """[case] the index of the lowest bit set (64 where none is)."""
    below = bits - np.uint64(1)
    below &= ~bits
    counts: npt.NDArray[np.uint8] = np.bitwise_count(below)
    return counts


def tested_by(word: Word, rows: U64, fact_words: int) -> U64:
    """[case, fact word] the facts that any of these rows tests."""
    found = np.zeros((len(rows), fact_words), dtype=np.uint64)
    for part, of in enumerate(word.tests):
        piece = (rows >> np.uint64(16 * part)).astype(np.uint16).astype(np.intp)
        np.bitwise_and(piece, len(of) - 1, out=piece)
        found |= np.take(of, piece, axis=0)
    return found


@dataclass(slots=True)
class Question:
    """Open cases at one word: everything that says what they hang on."""

    candidates: U64
    tested: U64
    """[case, fact word] the facts that candidates test, then those that are unknown or untold."""
    unknown: U64
    untold: U64

    @classmethod
    def of(
        cls, word: Word, places: Sequence[Index], dead: U64, unsure: U64, fact_words: int
    ) -> Question:
        """From what was looked up. Rows of no SOP (axioms) are all in question."""
        may_win = candidates(word, dead, unsure) if word.stretches else ~dead
        pairs = zip(word.groups, places, strict=True)
        asked = _either(np.take(g.asked, place, axis=0, mode="clip") for g, place in pairs)
        return cls(
            may_win,
            tested_by(word, may_win, fact_words),
            asked[:, :fact_words],
            asked[:, fact_words:],
        )
