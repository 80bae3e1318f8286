"""What a standing leaves open, as arrays: the facts, their answers, and what the answers decide.

An *answer* to an open fact is a class of atoms that no row still in question tells apart. A
*completion* gives every open fact an answer. Its *decision* is what counts as different in
`Decider`: the action and, for every SOP, the violated clause or `cannot_tell`. Here decisions are
small integers that can be compared with others of the same call; `NEVER` is the decision of a
completion that `impossible` forbids.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

import numpy as np

from brightline.rulebook.asking.layout import WORD, Layout, Stretch, Whole, Words
from brightline.rulebook.columns import CANNOT_TELL_CODE, UNKNOWN
from brightline.rulebook.settling import MOST_WORLDS, NO_CLAUSE

NEVER = -1
_ONE = np.uint64(1)


class OpenFact(NamedTuple):
    """An unknown fact that rows still in question test: its column, and the classes of atoms."""

    place: int
    answers: tuple[tuple[int, ...], ...]


class OpenSop(NamedTuple):
    """An SOP that is still open: its words in the space, and the outcome each bit stands for."""

    stretch: Stretch
    first: int
    last: int
    wins: Whole
    """By bit the outcome's number; the last entry is for no bit at all."""


class Space:
    """The open part of one standing."""

    def __init__(self, layout: Layout, standing: int) -> None:
        table = layout.table
        self.layout, self.table = layout, table
        self._possible = standing & table.every
        self._sure = standing >> table.width & table.every
        coded = table.codes_plus_two(standing)
        unknown, untold = [], []
        for place, code in zip(table.tested, coded, strict=True):
            if code - 2 == UNKNOWN:
                unknown.append(place)
            elif code - 2 == CANNOT_TELL_CODE:
                untold.append(place)
        axioms = self._possible >> table.rule_rows << table.rule_rows
        candidates = [self._candidates(stretch) for stretch in layout.stretches]
        asked_untold = 0
        for place in untold:
            asked_untold |= layout.tests_of[place]
        rows = axioms
        for of_sop in candidates:
            rows |= of_sop
        worlds = {place: self._classes(place, rows) for place in untold}
        size = 1
        for classes in worlds.values():
            size *= len(classes)
        self._floor = 0
        """The rank that the case has at least: that of the SOPs that are settled."""
        if size > MOST_WORLDS:  # `settling` then takes such an SOP for one that cannot be told
            for index, of_sop in enumerate(candidates):
                if of_sop & asked_untold:
                    candidates[index] = 0
                    stretch = layout.stretches[index]
                    self._floor = max(self._floor, int(stretch.ranks[stretch.untold]))
            axioms, worlds = 0, {}
        self._lay_out(candidates, asked_untold, axioms)
        self._find_facts(unknown, worlds)

    def _candidates(self, stretch: Stretch) -> int:
        """The rows of an SOP that can still win: the possible ones up to the first sure one."""
        ones = (1 << stretch.stop - stretch.start) - 1
        possible, sure = self._possible >> stretch.start & ones, self._sure >> stretch.start & ones
        if sure:
            possible &= ((sure & -sure) << 1) - 1
        return possible << stretch.start

    def _classes(self, place: int, rows: int) -> tuple[tuple[int, ...], ...]:
        """The atoms of a column in classes that none of the rows tells apart."""
        found: dict[int, list[int]] = {}
        for atom, mask in enumerate(self.table.masks[place][:-2]):
            found.setdefault(mask & rows, []).append(atom)
        return tuple(map(tuple, found.values()))

    def _lay_out(self, candidates: list[int], asked_untold: int, axioms: int) -> None:
        """Choose the words that still matter, leaving out every SOP that is settled."""
        layout, self.sops = self.layout, []
        words: list[int] = []
        self._kept = axioms
        rest = []
        for stretch, rows in zip(layout.stretches, candidates, strict=True):
            default = NO_CLAUSE
            if last_sure := rows & self._sure:
                default = self.table.rows[last_sure.bit_length() - 1].clause
                rows ^= last_sure
            if rows:
                rest.append((stretch, rows, default))
            else:
                self._floor = max(self._floor, int(stretch.ranks[stretch.number[default]]))
        for stretch, rows, default in rest:
            if not rows & asked_untold:
                rows = self._without_idle_tail(stretch, rows, default)
            if not rows:
                self._floor = max(self._floor, int(stretch.ranks[stretch.number[default]]))
                continue
            self._kept |= rows
            length = stretch.last - stretch.first
            bits = rows >> stretch.start
            used = [i for i in range(length) if bits >> WORD * i & (1 << WORD) - 1]
            wins = stretch.wins.reshape(length, WORD)[used].ravel()
            wins = np.append(wins, stretch.number[default])
            self.sops.append(OpenSop(stretch, len(words), len(words) + len(used), wins))
            words += [stretch.first + i for i in used]
        self.rule_words = len(words)
        if axioms:
            words += layout.axiom_words
        self.words = np.array(words, dtype=np.intp)
        self.start: Words = np.array(layout.words(self._kept), dtype=np.uint64)[self.words]
        """The rows still in question, before any open fact is answered."""

    def _without_idle_tail(self, stretch: Stretch, rows: int, default: int) -> int:
        """The rows without the last ones that decide just as if they did not hold."""

        def kind(outcome: int) -> tuple[int, int]:
            number = stretch.number[outcome]
            return int(stretch.findings[number]), max(self._floor, int(stretch.ranks[number]))

        falls_to = kind(default)
        while rows and kind(self.table.rows[rows.bit_length() - 1].clause) == falls_to:
            rows ^= 1 << rows.bit_length() - 1
        return rows

    def _find_facts(
        self, unknown: list[int], worlds: dict[int, tuple[tuple[int, ...], ...]]
    ) -> None:
        layout, found = self.layout, []
        for place in unknown:
            if layout.tests_of[place] & self._kept:
                answers = self._classes(place, self._kept)
                if len(answers) > 1:
                    found.append(OpenFact(place, answers))
        self.facts = tuple(found)
        self.sizes = [len(fact.answers) for fact in found]
        self.firsts = np.cumsum([0, *self.sizes])
        """The line of each fact's first answer in `masks`."""
        lines = [layout.first_atom[f.place] + atoms[0] for f in found for atoms in f.answers]
        self.masks: Words = layout.passing[np.array(lines, dtype=np.intp)][:, self.words]
        """A line for every answer of every fact: the rows it leaves standing."""
        self.worlds: Words | None = None
        """A line for every combination of the facts that cannot be told; None if there is none."""
        told = [
            [layout.first_atom[place] + atoms[0] for atoms in classes]
            for place, classes in worlds.items()
            if len(classes) > 1
        ]
        if told:
            combined = np.array(list(product(*told)), dtype=np.intp)
            passing = np.bitwise_and.reduce(layout.passing[combined], axis=1)
            self.worlds = passing[:, self.words]

    @property
    def completions(self) -> int:
        """How many completions there are, forbidden ones included."""
        return int(np.prod(self.sizes, dtype=float)) if self.sizes else 1

    def left_by(self, answers: np.ndarray) -> Words:
        """The rows left by completions: a line of answer numbers each, a column a fact."""
        lines = answers + self.firsts[:-1]
        left: Words = np.bitwise_and.reduce(self.masks[lines], axis=1) & self.start
        return left

    def left_by_all(self) -> Words:
        """The rows left by every completion, as an array with an axis a fact, words last."""
        left = self.start
        for index, size in enumerate(self.sizes):
            first = self.firsts[index]
            left = left[..., None, :] & self.masks[first : first + size]
        return left

    def decisions(self, left: Words) -> Whole:
        """The decision of completions, given the rows each leaves (words on the last axis)."""
        if self.worlds is not None:
            left = left[..., None, :] & self.worlds
        digits: list[Whole] = []
        rank: Whole | None = None
        forbidden = (left[..., self.rule_words :] != 0).any(axis=-1)
        for sop in self.sops:
            number = sop.wins[first_bit(left[..., sop.first : sop.last])]
            if self.worlds is not None:
                number = _agreed(number, forbidden, sop.stretch.untold)
            of_sop = sop.stretch.ranks[number]
            rank = of_sop if rank is None else np.maximum(rank, of_sop)
            digits.append(sop.stretch.findings[number] + 2)
        if self.worlds is not None:
            forbidden = forbidden.all(axis=-1)
        if rank is None:
            return np.where(forbidden, NEVER, 0)
        digits.append(np.maximum(rank, self._floor))
        return np.where(forbidden, NEVER, _numbered(digits))


def first_bit(words: Words) -> Whole:
    """The index of the lowest bit on the last axis; where none is set, one past the last."""
    if words.shape[-1] == 1:
        word, first = words[..., 0], np.int64(0)
    else:
        first = (words != 0).argmax(axis=-1)
        word = np.take_along_axis(words, first[..., None], axis=-1)[..., 0]
    bit = np.bitwise_count((word & -word) - _ONE) + WORD * first
    found: Whole = np.where(word == 0, WORD * words.shape[-1], bit).astype(np.int64)
    return found


def _agreed(number: Whole, forbidden: np.ndarray, untold: int) -> Whole:
    """The outcome on which all allowed worlds (last axis) agree, else `untold`."""
    least = np.where(forbidden, untold, number).min(axis=-1)
    most = np.where(forbidden, -1, number).max(axis=-1)
    return np.where((least == most) | (most < 0), least, untold)


def _numbered(digits: Iterable[Whole]) -> Whole:
    """One integer for each combination of digits, exact however many there are."""
    found, radix = None, 1
    for digit in digits:
        base = int(digit.max(initial=0)) + 1
        if found is None:
            found, radix = digit, base
            continue
        if radix * base >= 1 << 62:
            _values, inverse = np.unique(found, return_inverse=True)
            found = inverse.reshape(found.shape)
            radix = int(found.max(initial=0)) + 1
        found, radix = found * base + digit, radix * base
    assert found is not None
    return found
