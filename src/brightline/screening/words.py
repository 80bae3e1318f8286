"""Reading a word of a layout for a block of cases: which rows are dead, unsure, in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from brightline.screening.layout import U64, Group, Word

Codes = Sequence[npt.NDArray[np.integer]]
"""One array of codes for each tested column of a table, all of one length."""
Index = npt.NDArray[np.intp]


def joint(group: Group, codes: Codes) -> Index:
    """The index of every case into a group's look-up."""
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


def look_up(word: Word, codes: Codes, rows: int) -> U64:
    """[case][dead, unsure, unknown facts…, untold facts…] of a word."""
    found: U64 | None = None
    for group in word.groups:
        if not group.facts:
            return np.repeat(group.entries, rows, axis=0)
        entries = np.take(group.entries, joint(group, codes), axis=0, mode="clip")
        if found is None:
            found = entries
        else:
            found |= entries
    assert found is not None
    return found


def look_up_dead(word: Word, codes: Codes, rows: int) -> U64:
    """[case] dead rows alone, where every fact of the word is known."""
    found: U64 | None = None
    for group in word.groups:
        if not group.facts:
            return np.repeat(group.dead, rows)
        entries = np.take(group.dead, joint(group, codes), mode="clip")
        if found is None:
            found = entries
        else:
            found |= entries
    assert found is not None
    return found


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
    """The open cases of one word: everything that says what they hang on."""

    dead: U64
    unsure: U64
    unknown: U64
    untold: U64
    candidates: U64
    tested: U64

    @classmethod
    def of(cls, word: Word, entries: U64, fact_words: int) -> Question:
        """From looked-up entries [case, …]. Rows of no SOP (axioms) are all in question."""
        dead, unsure = np.ascontiguousarray(entries[:, 0]), np.ascontiguousarray(entries[:, 1])
        may_win = candidates(word, dead, unsure) if word.stretches else ~dead
        return cls(
            dead,
            unsure,
            entries[:, 2 : 2 + fact_words],
            entries[:, 2 + fact_words :],
            may_win,
            tested_by(word, may_win, fact_words),
        )
