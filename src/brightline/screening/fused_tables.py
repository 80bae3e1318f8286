"""A chain laid out in plain arrays, for the compiled loop."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from brightline.screening.layout import U64, Chain, Layout, Pairs

I64 = npt.NDArray[np.int64]


class FusedTables(NamedTuple):
    """All the words of a chain, their groups, stretches and pairs, one after the other."""

    word_groups: I64
    """[word] its first group; one more entry ends the last."""
    group_facts: I64
    """[group] its first fact, likewise."""
    facts: I64
    strides: I64
    group_base: I64
    """[group] where its look-up begins, so that code -2 is its first entry."""
    dead: U64
    unsure: U64
    starts: U64
    """[word] the first bits of its stretches."""
    guards: U64
    """[word] the bit of the last guard."""
    bases: I64
    """[word] the row of its first bit."""
    tests: U64
    """[word, eight bits, which of them are set] the facts that those rows test."""
    stretch_bits: U64
    stretch_first: I64
    pair_at: I64
    """[stretch] where its pairs begin; -1: it has none."""
    pair_size: I64
    apart: U64
    differ: npt.NDArray[np.int8]

    @classmethod
    def of(cls, layout: Layout, chain: Chain) -> FusedTables:
        """From a chain of a layout of at most 64 facts."""
        groups = [group for word in chain.words for group in word.groups]
        sizes = [len(group.dead) for group in groups]
        base = np.cumsum([0, *sizes[:-1]]) + [2 * sum(group.strides) for group in groups]
        stretches = chain.words[0].stretches
        pairs = [of for of in chain.pairs if of is not None]
        return cls(
            np.cumsum([0, *(len(word.groups) for word in chain.words)]),
            np.cumsum([0, *(len(group.facts) for group in groups)]),
            np.array([fact for group in groups for fact in group.facts], np.int64),
            np.array([stride for group in groups for stride in group.strides], np.int64),
            base.astype(np.int64),
            np.concatenate([group.dead for group in groups]),
            np.concatenate([group.unsure for group in groups]),
            np.array([word.starts for word in chain.words], np.uint64),
            np.array([1 << word.stretches[-1].guard for word in chain.words], np.uint64),
            np.array([word.stretches[0].base for word in chain.words], np.int64),
            _tests(layout, chain),
            np.array([of.bits for of in stretches], np.uint64),
            np.array([of.first for of in stretches], np.int64),
            _places(chain.pairs),
            np.array([of.size if of is not None else 0 for of in chain.pairs], np.int64),
            np.concatenate([np.zeros(0, np.uint64), *(of.apart[:, 0] for of in pairs)]),
            np.concatenate([np.zeros(0, np.int8), *(of.differ for of in pairs)]),
        )


def _places(pairs: tuple[Pairs | None, ...]) -> I64:
    found, at = [], 0
    for of in pairs:
        found.append(-1 if of is None else at)
        at += 0 if of is None else len(of.differ)
    return np.array(found, np.int64)


def _tests(layout: Layout, chain: Chain) -> U64:
    """[word, eight bits, which of them are set] the facts that those rows test."""
    table = layout.table
    place = {column: fact for fact, column in enumerate(table.tested)}
    found = np.zeros((len(chain.words), 8, 256), np.uint64)
    sets = np.arange(256)
    for at, word in enumerate(chain.words):
        for of in word.stretches:
            start = table.segments[of.segment].start + of.base
            for row in range(of.rows):
                facts = sum(1 << place[column] for column in table.rows[start + row].cells)
                part, bit = divmod(of.first + row, 8)
                found[at, part, sets >> bit & 1 == 1] |= np.uint64(facts)
    return found
