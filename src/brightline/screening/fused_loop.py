"""The compiled loop over a block of cases. Needs numba.

Cases go in tiles, so that what is known of them stays in the first cache: for each group of facts
the index into its look-up and what is found there, for the whole tile. What is open is asked about
case by case. Three things that numba wants: masks stay uint64 (met with an int64 they would become
floats), indexes are unsigned (signed ones are checked for -1), and arrays are handed on one by one
(a tuple of them is counted at every use).
"""

# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators, allow-incomplete-defs

from __future__ import annotations

import numba
import numpy as np

_TILE = 1024
_ZERO, _ONE, _SHIFT = np.uint64(0), np.uint64(1), np.uint64(58)
_BYTE, _EIGHT = np.uint64(255), np.uint64(8)
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_BIT_AT = np.zeros(64, np.int64)
for _bit in range(64):
    _BIT_AT[(0x03F79D71B4CB0A89 << _bit & (1 << 64) - 1) >> 58] = _bit

_inlined = numba.njit(nogil=True, inline="always")


@_inlined
def _lowest(bits):
    """The lowest bit set, as a mask."""
    return bits & (~bits + _ONE)


@_inlined
def _index(bit):
    """The index of the only bit set."""
    return _BIT_AT[(bit * _DE_BRUIJN) >> _SHIFT]


@_inlined
def _tested(rows, tests, word):
    """The facts that any of these rows tests, looked up for eight rows at a time."""
    found = _ZERO
    for part in range(tests.shape[1]):
        found |= tests[word, part, rows & _BYTE]
        rows >>= _EIGHT
    return found


@_inlined
def _shown(first, rest, offset, unknown, at, size, apart, differ):
    """What `tell_apart` shows of one SOP; `offset` turns a bit into a row of it."""
    shown = np.int64(-1)
    while rest != _ZERO:
        bit = _lowest(rest)
        pair = at + first * size + _index(bit) + offset
        if apart[pair] & unknown != _ZERO:
            shown = np.int64(differ[pair])
            break
        rest ^= bit
    return shown


@_inlined
def _word_shows(may_win, open_won, unknown, bits, firsts, pair_at, pair_size, apart, differ):
    """Of the open SOPs of the only word: the most and the least that is shown."""
    most, least = np.int64(-1), np.int64(2)
    for sop in range(len(bits)):
        lead = open_won & bits[sop]
        if lead != _ZERO:
            shown = np.int64(-1)
            if pair_at[sop] >= 0:
                offset = -firsts[sop]
                rest = (may_win & bits[sop]) ^ lead
                row, at, size = _index(lead) + offset, pair_at[sop], pair_size[sop]
                shown = _shown(row, rest, offset, unknown, at, size, apart, differ)
            most, least = max(most, shown), min(least, shown)
    return most, least


@_inlined
def _found(codes, case, word, word_groups, group_facts, facts, strides, base, table):
    """What the look-ups of a word say of one case."""
    found = _ZERO
    for group in range(word_groups[word], word_groups[word + 1]):
        at = base[group]
        for part in range(group_facts[group], group_facts[group + 1]):
            at += codes[facts[part], case] * strides[part]
        found |= table[at]
    return found


@_inlined
def _add_unknown(codes, unknown, untold):
    """Set the bits of the facts that are unknown or untold in each case of a tile."""
    count = codes.shape[1]
    unknown[:count] = _ZERO
    untold[:count] = _ZERO
    for fact in range(len(codes)):
        of, bit = codes[fact], np.uint64(fact)
        for k in range(count):
            unknown[k] |= np.uint64(of[k] == -1) << bit
        for k in range(count):
            untold[k] |= np.uint64(of[k] == -2) << bit


@_inlined
def _look_up(
    codes, left, word, known, word_groups, group_facts, facts, strides, base,
    dead_table, unsure_table, place, dead, unsure,
):  # fmt: skip
    """Fill `dead` and `unsure` for the cases left of a tile; `codes` are those of the tile."""
    count = len(left)
    dead[:count] = _ZERO
    unsure[:count] = _ZERO
    for group in range(word_groups[word], word_groups[word + 1]):
        place[:count] = np.uint32(base[group])
        for part in range(group_facts[group], group_facts[group + 1]):
            of, stride = codes[facts[part]], np.uint32(strides[part])
            if word == 0:
                for k in range(count):
                    place[k] = np.uint32(place[k] + np.uint32(np.uint32(of[k]) * stride))
            else:
                for k in range(count):
                    place[k] = np.uint32(place[k] + np.uint32(np.uint32(of[left[k]]) * stride))
        for k in range(count):
            dead[k] |= dead_table[place[k]]
        if not known:
            for k in range(count):
                unsure[k] |= unsure_table[place[k]]


@numba.njit(nogil=True, cache=True)
def read(
    codes, known, word_groups, group_facts, facts, strides, base, dead_table, unsure_table,
    starts, guards, bases, tests, bits, firsts, pair_at, pair_size, apart, differ,
    of_row, part, won_by, open_, is_open, undetermined, unsettled,
):  # fmt: skip
    """Read a chain for a block. `codes` is [fact, case]; `known`: all are known.

    Writes to `part` the part of each case where the chain is of one SOP, else to `won_by` the
    winners of each case; and to the last four what is open, as in a `Block`.
    """
    last, single = len(starts) - 1, len(won_by) == 0
    place, left = np.empty(_TILE, np.uint32), np.empty(_TILE, np.uint32)
    dead, unsure = np.empty(_TILE, np.uint64), np.empty(_TILE, np.uint64)
    unknown, untold = np.empty(_TILE, np.uint64), np.empty(_TILE, np.uint64)
    for start in range(0, codes.shape[1], _TILE):
        tile = codes[:, start : start + _TILE]
        count = tile.shape[1]
        if not known:
            _add_unknown(tile, unknown, untold)
        for k in range(count):
            left[k] = k
        for word in range(last + 1):
            _look_up(
                tile, left[:count], word, known, word_groups, group_facts, facts, strides, base,
                dead_table, unsure_table, place, dead, unsure,
            )  # fmt: skip
            on = 0
            for k in range(count):
                won = (dead[k] + starts[word]) & ~dead[k]
                at = left[k]
                case = start + at
                if known or won & unsure[k] == _ZERO:
                    if not single:
                        won_by[case] = won
                    elif word < last and won == guards[word]:
                        left[on] = at
                        on += 1
                    else:
                        part[case] = of_row[bases[word] + _index(won)]
                    continue
                may_win = ((unsure[k] + starts[word]) ^ unsure[k]) & ~dead[k]
                tested = _tested(may_win, tests, word)
                if last == 0:
                    most, least = _word_shows(
                        may_win, won & unsure[k], unknown[at],
                        bits, firsts, pair_at, pair_size, apart, differ,
                    )  # fmt: skip
                else:
                    first, shown, here = np.int64(-1), np.int64(-1), word
                    while True:
                        goes_on = here < last and may_win & guards[here] != _ZERO
                        if here < last:
                            may_win &= ~guards[here]
                        if first < 0 and may_win != _ZERO:
                            first = _index(_lowest(may_win)) + bases[here]
                            may_win ^= _lowest(may_win)
                        if shown < 0 and first >= 0 and pair_at[0] >= 0:
                            shown = _shown(
                                first, may_win, bases[here], unknown[at],
                                pair_at[0], pair_size[0], apart, differ,
                            )  # fmt: skip
                        if not goes_on:
                            break
                        here += 1
                        gone = _found(
                            tile, at, here, word_groups, group_facts, facts, strides, base,
                            dead_table,
                        )  # fmt: skip
                        waits = _found(
                            tile, at, here, word_groups, group_facts, facts, strides, base,
                            unsure_table,
                        )  # fmt: skip
                        may_win = ((waits + starts[here]) ^ waits) & ~gone
                        tested |= _tested(may_win, tests, here)
                    most, least = shown, shown
                is_open[case] = True
                open_[case] |= tested & unknown[at]
                undetermined[case] |= most == 2
                unsettled[case] |= least < 1 or tested & untold[at] != _ZERO
                if single:
                    part[case] = of_row[-1]
                else:
                    won_by[case] = won & ~unsure[k]
            count = on
            if count == 0:
                break
