"""Which question is worth its time, judged from random completions.

For each completion a *certificate* is worked out: facts that, once known, settle the decision
whatever the others are (the tests of the row that wins, and for every row that would win before it
one test that fails, picked greedily by rows killed per second). A fact in nearly every certificate
is going to be asked anyway; asking it early is no waste. One in few of them is time lost most days.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from brightline.rulebook.asking.layout import WORD, Numbers, Whole, Words
from brightline.rulebook.asking.space import Space, first_bit

_NONE, _ALL, _ONE = np.uint64(0), np.uint64((1 << WORD) - 1), np.uint64(1)


def worth(needed: Numbers, costs: Numbers) -> Numbers:
    """How good it is to ask each fact now; the highest is best.

    `needed` is the share of completions whose certificate holds the fact. Asked first, it costs
    `cost * (1 - needed)` in vain on average; that waste is set against how often it is of use.
    """
    return needed / (costs * (1 - needed) + 1e-3)


def certificates(space: Space, answers: Whole, left: Words, costs: Numbers) -> NDArray[np.bool_]:
    """For each completion (line) the facts (columns) of a cheap certificate.

    `answers` are completions, a column a fact; `left` the rows each of them leaves.
    """
    words = space.rule_words
    before, winning = _around_the_winner(space, left)
    tests = space.layout.testing[[fact.place for fact in space.facts]][:, space.words[:words]]
    found: npt.NDArray[np.bool_] = ((winning[:, None, :] & tests) != 0).any(axis=-1)
    # Words come first from here on: NumPy adds up a short last axis slowly.
    todo = np.ascontiguousarray(before.T)
    passed = np.ascontiguousarray(space.masks[:, :words].T)
    kills = ~passed[:, answers + space.firsts[:-1]] & todo[:, :, None]
    todo &= ~np.bitwise_or.reduce(np.where(found, kills, _NONE), axis=2)
    lines = np.arange(len(answers))
    while (busy := todo.any(axis=0)).any():
        lines, kills, todo = lines[busy], kills[:, busy], todo[:, busy]
        rows = np.bitwise_count(kills & todo[:, :, None]).sum(axis=0, dtype=np.uint16)
        pick = (rows / costs).argmax(axis=1)
        found[lines, pick] = True
        todo &= ~kills[:, np.arange(len(lines)), pick]
    return found


def _around_the_winner(space: Space, left: Words) -> tuple[Words, Words]:
    """For each completion: the rows in question before each SOP's winning row, and that row."""
    before = np.empty((len(left), space.rule_words), dtype=np.uint64)
    winning = np.empty_like(before)
    for sop in space.sops:
        stretch = slice(sop.first, sop.last)
        first = first_bit(left[:, stretch])[:, None]
        word, bit = first // WORD, _ONE << (first % WORD).astype(np.uint64)
        index = np.arange(sop.last - sop.first)
        before[:, stretch] = np.where(
            index < word, _ALL, np.where(index == word, bit - _ONE, _NONE)
        )
        winning[:, stretch] = np.where(index == word, bit, _NONE)
    return before & space.start[: space.rule_words], winning
