"""A table laid out for columns of cases: its rows as bits of 64-bit words, its facts as look-ups.

A *word* holds up to 63 rows of one SOP, or the rows of several small SOPs, and for each SOP one
bit more, its *guard*: a row that always holds and stands for "no clause" (or "look in the next
word"). Everything is kept negated, so that facts combine with OR:

    dead     rows that some fact has ruled out
    unsure   rows that are dead or wait for an unknown fact

Adding the SOPs' first bits to `dead` lets a carry run to the lowest row alive of each SOP: that
one row wins. The guards stop the carry.

Several facts share one look-up: their codes together index a table of up to `MOST_ENTRIES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.table import Segment, Table

U64 = npt.NDArray[np.uint64]

MOST_ENTRIES = 4096
"""Entries of a joint look-up: 4096 of 8 bytes stay in a core's first cache."""
MOST_PAIRED = 1024
"""An SOP of more rows than this has no table of pairs: its open cases are settled one by one."""
_ROWS_A_WORD = 63
_ONES = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are looked up together: index = Σ (code + 2) × stride."""

    facts: tuple[int, ...]
    strides: tuple[int, ...]
    dead: U64
    unsure: U64
    asked: U64
    """[index][unknown facts…, facts that cannot be told…]."""
    alone: tuple[U64, ...]
    """For each fact by itself, [atom] the rows that it rules out."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of one SOP in one word: row `base + i` of the SOP is bit `first + i`."""

    segment: int
    first: int
    rows: int
    base: int

    @property
    def guard(self) -> int:
        """The bit of the guard."""
        return self.first + self.rows

    @property
    def bits(self) -> int:
        """The stretch as a mask, guard included."""
        return ((1 << self.rows + 1) - 1) << self.first


@dataclass(frozen=True, slots=True)
class Word:
    """Up to 64 bits of rows, and the look-ups that fill them."""

    stretches: tuple[Stretch, ...]
    starts: int
    groups: tuple[Group, ...]
    tests: tuple[U64, ...]
    """For each 16 bits of a mask of rows, the facts that those rows test: [4 × (65536, facts)]."""

    @property
    def facts(self) -> tuple[int, ...]:
        """The tested facts (indexes into `table.tested`) that matter here."""
        return tuple(fact for group in self.groups for fact in group.facts)


@dataclass(frozen=True, slots=True)
class Pairs:
    """For two rows of an SOP, a before b: the facts in which b's cell reaches outside a's.

    If one of them is unknown then a may fail where b holds. `apart` [a × size + b] is that set of
    facts; `differ` says whether two rows would make different decisions (2), are different
    clauses (1) or the same clause (0). The last row is "no clause".
    """

    size: int
    apart: U64
    differ: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Chain:
    """Words that are read one after the other: one for several small SOPs, many for a large one.

    `outcome` gives, for a single SOP, each row's outcome (clause index, last: `NO_CLAUSE`).
    """

    words: tuple[Word, ...]
    pairs: tuple[Pairs | None, ...]
    outcome: tuple[int, ...]


class Layout:
    """A table's rows in words. Immutable; shared by threads."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.facts = len(table.tested)
        self.fact_words = max(1, -(-self.facts // 64))
        self.sizes = tuple(table.columns[place].atoms + 2 for place in table.tested)
        self._place = {place: index for index, place in enumerate(table.tested)}
        self.chains = tuple(self._chain(of) for of in self._packed())
        axioms = range(table.rule_rows, table.width)
        self.axioms = tuple(
            self._word((), axioms[at : at + 64]) for at in range(0, len(axioms), 64)
        )

    def word_of(self, rows: Sequence[int]) -> Word:
        """Up to 64 rows of the table, whatever they belong to, as a word without guards."""
        return self._word((), rows)

    def _packed(self) -> list[list[int]]:
        """The SOPs in bins of one word each; an SOP too large for one is alone."""
        bins: list[tuple[int, list[int]]] = []
        for index, segment in enumerate(self.table.segments):
            size = segment.stop - segment.start + 1
            for at, (used, held) in enumerate(bins):
                if used + size <= 64:
                    bins[at] = (used + size, [*held, index])
                    break
            else:
                bins.append((size, [index]))
        return [held for _used, held in bins]

    def _chain(self, held: Sequence[int]) -> Chain:
        segments = [self.table.segments[index] for index in held]
        pairs = tuple(self._pairs(segment) for segment in segments)
        if len(held) > 1:
            stretches, rows, first = [], [], 0
            for index, of in zip(held, segments, strict=True):
                size = of.stop - of.start
                stretches.append(Stretch(index, first, size, 0))
                rows += [*range(of.start, of.stop), -1]
                first += size + 1
            return Chain((self._word(tuple(stretches), rows),), pairs, ())
        segment, words = segments[0], []
        total = segment.stop - segment.start
        for base in range(0, max(total, 1), _ROWS_A_WORD):
            size = min(_ROWS_A_WORD, total - base)
            rows = [*range(segment.start + base, segment.start + base + size), -1]
            words.append(self._word((Stretch(held[0], 0, size, base),), rows))
        clauses = [row.clause for row in self.table.rows[segment.start : segment.stop]]
        return Chain(tuple(words), pairs, (*clauses, NO_CLAUSE))

    def _word(self, stretches: tuple[Stretch, ...], rows: Sequence[int]) -> Word:
        """A word from its rows in bit order; -1 is a guard."""
        held = [(bit, row) for bit, row in enumerate(rows) if row >= 0]
        tested = {place for _bit, row in held for place in self.table.rows[row].cells}
        facts = sorted(self._place[place] for place in tested)
        unused = _ONES & ~((1 << len(rows)) - 1)
        return Word(
            stretches,
            sum(1 << of.first for of in stretches),
            tuple(self._group(facts, held, unused) for facts in self._joined(facts)),
            self._tests(held),
        )

    def _joined(self, facts: Sequence[int]) -> list[list[int]]:
        """The facts in groups whose joint look-up is small: best fit, largest first."""
        groups: list[tuple[int, list[int]]] = []
        for fact in sorted(facts, key=lambda fact: -self.sizes[fact]):
            fitting = [
                (size * self.sizes[fact], at)
                for at, (size, _held) in enumerate(groups)
                if size * self.sizes[fact] <= MOST_ENTRIES
            ]
            if fitting:
                size, at = max(fitting)
                groups[at] = (size, [*groups[at][1], fact])
            else:
                groups.append((self.sizes[fact], [fact]))
        return [sorted(held) for _size, held in groups] or [[]]

    def _group(self, facts: Sequence[int], held: Sequence[tuple[int, int]], unused: int) -> Group:
        entries = np.zeros((1, 2 + 2 * self.fact_words), dtype=np.uint64)
        entries[0, :2] = unused
        strides, stride = [], 1
        alone = []
        for fact in facts:
            own = self._entries(fact, held)
            alone.append(own[2:, 0].copy())
            entries = (own[:, None, :] | entries[None, :, :]).reshape(-1, entries.shape[1])
            strides.append(stride)
            stride *= self.sizes[fact]
        dead, unsure, asked = entries[:, 0].copy(), entries[:, 1].copy(), entries[:, 2:].copy()
        return Group(tuple(facts), tuple(strides), dead, unsure, asked, tuple(alone))

    def _entries(self, fact: int, held: Sequence[tuple[int, int]]) -> U64:
        """[code + 2][dead, unsure, unknown facts…, untold facts…] of one fact alone."""
        table, words = self.table, self.fact_words
        masks = table.masks[table.tested[fact]]
        found = np.zeros((self.sizes[fact], 2 + 2 * words), dtype=np.uint64)
        for coded in range(self.sizes[fact]):
            mask = masks[coded - 2]
            dead = unsure = 0
            for bit, row in held:
                dead |= (~mask >> row & 1) << bit
                unsure |= (~mask >> row + table.width & 1) << bit
            found[coded, 0], found[coded, 1] = dead, unsure
        own = np.uint64(1 << fact % 64)
        found[1, 2 + fact // 64] = own
        found[0, 2 + words + fact // 64] = own
        return found

    def _tests(self, held: Sequence[tuple[int, int]]) -> tuple[U64, ...]:
        """For every 16 bits of rows, the facts they test; made by doubling."""
        found = []
        top = max((bit for bit, _row in held), default=-1)
        by_bit = {bit: self._fact_set(self.table.rows[row].cells) for bit, row in held}
        for start in range(0, top + 1, 16):
            made = np.zeros((1, self.fact_words), dtype=np.uint64)
            for bit in range(start, start + 16):
                own = by_bit.get(bit, np.zeros(self.fact_words, dtype=np.uint64))
                made = np.concatenate([made, made | own])
            found.append(made)
        return tuple(found)

    def _fact_set(self, places: Iterable[int]) -> U64:
        found = np.zeros(self.fact_words, dtype=np.uint64)
        for place in places:
            fact = self._place[place]
            found[fact // 64] |= np.uint64(1 << fact % 64)
        return found

    def _pairs(self, segment: Segment) -> Pairs | None:
        rows = self.table.rows[segment.start : segment.stop]
        size = len(rows) + 1
        if size > MOST_PAIRED:
            return None
        apart = np.zeros((size, size, self.fact_words), dtype=np.uint64)
        for fact, place in enumerate(self.table.tested):
            every = (1 << self.table.columns[place].atoms) - 1
            cells = [*(row.cells.get(place, every) for row in rows), every]
            distinct = {cell: index for index, cell in enumerate(dict.fromkeys(cells))}
            outside = np.array([[bool(b & ~a) for b in distinct] for a in distinct])
            index = np.array([distinct[cell] for cell in cells])
            reaches = outside[index[:, None], index[None, :]]
            apart[:, :, fact // 64] |= reaches.astype(np.uint64) << np.uint64(fact % 64)
        clauses = np.array([*(row.clause for row in rows), NO_CLAUSE])
        findings = np.array(
            [c if c >= 0 and self.table.clauses[c].violation else NO_CLAUSE for c in clauses]
        )
        differ = (clauses[:, None] != clauses[None, :]).astype(np.int8)
        two = findings[:, None] != findings[None, :]
        if len(self.table.segments) == 1:  # no other SOP can outdo the action
            ranks = np.array([self.table.clauses[c].rank if c >= 0 else 0 for c in clauses])
            two |= ranks[:, None] != ranks[None, :]
        differ[two] = 2
        return Pairs(size, apart.reshape(size * size, self.fact_words), differ.reshape(-1))
