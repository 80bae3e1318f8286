"""The compiled loop over a block of cases. Needs numba.

Cases go in tiles, so that what is known of them stays in the first cache: for each group of facts
the index into its look-up and what is found there, for the whole tile. What is open is asked about
case by case. Signs matter: a uint64 met with an int64 would become a float, so masks stay uint64.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np

_TILE = 1024
_ZERO, _ONE, _SHIFT = np.uint64(0), np.uint64(1), np.uint64(58)
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_BIT_AT = np.zeros(64, np.int64)
for _bit in range(64):
    _BIT_AT[(0x03F79D71B4CB0A89 << _bit & (1 << 64) - 1) >> 58] = _bit

_F = TypeVar("_F", bound=Callable[..., Any])


def _compiled(function: _F) -> _F:
    made: _F = numba.njit(nogil=True, cache=True)(function)
    return made


@_compiled
def _lowest(bits):  # type: ignore[no-untyped-def]
    """The lowest bit set, as a mask."""
    return bits & (~bits + _ONE)


@_compiled
def _index(bit):  # type: ignore[no-untyped-def]
    """The index of the only bit set."""
    return _BIT_AT[(bit * _DE_BRUIJN) >> _SHIFT]


@_compiled
def _tested(rows, tests, word):  # type: ignore[no-untyped-def]
    """The facts that any of these rows tests."""
    found = _ZERO
    while rows != _ZERO:
        bit = _lowest(rows)
        found |= tests[word, _index(bit)]
        rows ^= bit
    return found


@_compiled
def _shown(first, rest, offset, unknown, at, size, apart, differ):  # type: ignore[no-untyped-def]
    """What `tell_apart` shows of one case; `offset` turns a bit into a row of the SOP."""
    while rest != _ZERO:
        bit = _lowest(rest)
        pair = at + first * size + _index(bit) + offset
        if apart[pair] & unknown != _ZERO:
            return np.int64(differ[pair])
        rest ^= bit
    return np.int64(-1)


@_compiled
def _ask_word(case, dead, unsure, won, unknown, untold, chain, marks):  # type: ignore[no-untyped-def]
    """Tell a case apart that is open in the only word; its winners without those of open SOPs."""
    may_win = ((unsure + chain.starts[0]) ^ unsure) & ~dead
    tested = _tested(may_win, chain.tests, 0)
    marks.open[case] |= tested & unknown
    marks.is_open[case] = True
    if tested & untold != _ZERO:
        marks.unsettled[case] = True
    for sop in range(len(chain.stretch_bits)):
        bits = chain.stretch_bits[sop]
        lead = won & bits
        if lead & unsure == _ZERO:
            continue
        shown = np.int64(-1)
        if chain.pair_at[sop] >= 0:
            base = -chain.stretch_first[sop]
            shown = _shown(
                _index(lead) + base,
                (may_win & bits) ^ lead,
                base,
                unknown,
                chain.pair_at[sop],
                chain.pair_size[sop],
                chain.apart,
                chain.differ,
            )
        if shown == 2:
            marks.undetermined[case] = True
        elif shown < 1:
            marks.unsettled[case] = True
    return won & ~unsure


@_compiled
def _ask_words(codes, case, word, unknown, untold, chain, marks):  # type: ignore[no-untyped-def]
    """Tell a case apart that is open from this word of many on."""
    first, shown = np.int64(-1), np.int64(-1)
    last = len(chain.starts) - 1
    open_ = _ZERO
    while True:
        dead, unsure = _ZERO, _ZERO
        for group in range(chain.word_groups[word], chain.word_groups[word + 1]):
            at = chain.group_base[group]
            for part in range(chain.group_facts[group], chain.group_facts[group + 1]):
                at += codes[chain.facts[part], case] * chain.strides[part]
            dead |= chain.dead[at]
            unsure |= chain.unsure[at]
        may_win = ((unsure + chain.starts[word]) ^ unsure) & ~dead
        tested = _tested(may_win, chain.tests, word)
        open_ |= tested & unknown
        if tested & untold != _ZERO:
            marks.unsettled[case] = True
        goes_on = word < last and may_win & chain.guards[word] != _ZERO
        if word < last:
            may_win &= ~chain.guards[word]
        if first < 0 and may_win != _ZERO:
            lead = _lowest(may_win)
            first = _index(lead) + chain.bases[word]
            may_win ^= lead
        if shown < 0 and first >= 0 and chain.pair_at[0] >= 0:
            shown = _shown(
                first,
                may_win,
                chain.bases[word],
                unknown,
                chain.pair_at[0],
                chain.pair_size[0],
                chain.apart,
                chain.differ,
            )
        if not goes_on:
            break
        word += 1
    marks.open[case] |= open_
    marks.is_open[case] = True
    if shown == 2:
        marks.undetermined[case] = True
    elif shown < 1:
        marks.unsettled[case] = True


@_compiled
def _asked(codes, case):  # type: ignore[no-untyped-def]
    """The unknown facts of a case, and those that cannot be told."""
    unknown, untold = _ZERO, _ZERO
    for fact in range(len(codes)):
        code = codes[fact, case]
        if code == -1:
            unknown |= _ONE << np.uint64(fact)
        elif code == -2:
            untold |= _ONE << np.uint64(fact)
    return unknown, untold


@_compiled
def _look_up(codes, known, start, left, count, word, chain, place, dead, unsure):  # type: ignore[no-untyped-def]
    """Fill `dead` and `unsure` for the cases left of a tile."""
    for k in range(count):
        dead[k] = _ZERO
        unsure[k] = _ZERO
    for group in range(chain.word_groups[word], chain.word_groups[word + 1]):
        base = np.int32(chain.group_base[group])
        for k in range(count):
            place[k] = base
        for part in range(chain.group_facts[group], chain.group_facts[group + 1]):
            of, stride = codes[chain.facts[part]], np.int32(chain.strides[part])
            if word == 0:
                for k in range(count):
                    place[k] += np.int32(of[start + k]) * stride
            else:
                for k in range(count):
                    place[k] += np.int32(of[start + left[k]]) * stride
        for k in range(count):
            dead[k] |= chain.dead[place[k]]
        if not known:
            for k in range(count):
                unsure[k] |= chain.unsure[place[k]]


@_compiled
def read(codes, known, chain, of_row, part, won_by, marks):  # type: ignore[no-untyped-def]
    """Read a chain for a block. `codes` is [fact, case]; `known`: all are known.

    Writes to `part` the part of each case where the chain is of one SOP, else to `won_by` the
    winners of each case; and to `marks` what is open.
    """
    rows, last = codes.shape[1], len(chain.starts) - 1
    place, left = np.empty(_TILE, np.int32), np.empty(_TILE, np.int32)
    dead, unsure = np.empty(_TILE, np.uint64), np.empty(_TILE, np.uint64)
    single = len(won_by) == 0
    for start in range(0, rows, _TILE):
        count = min(_TILE, rows - start)
        for k in range(count):
            left[k] = k
        for word in range(last + 1):
            _look_up(codes, known, start, left, count, word, chain, place, dead, unsure)
            on = 0
            for k in range(count):
                won = (dead[k] + chain.starts[word]) & ~dead[k]
                case = start + left[k]
                if not known and won & unsure[k] != _ZERO:
                    unknown, untold = _asked(codes, case)
                    if last > 0:
                        _ask_words(codes, case, word, unknown, untold, chain, marks)
                        part[case] = of_row[-1]
                        continue
                    won = _ask_word(case, dead[k], unsure[k], won, unknown, untold, chain, marks)
                    if single:
                        part[case] = of_row[-1]
                        continue
                if not single:
                    won_by[case] = won
                elif word < last and won == chain.guards[word]:
                    left[on] = left[k]
                    on += 1
                else:
                    part[case] = of_row[chain.bases[word] + _index(won)]
            count = on
            if count == 0:
                break
