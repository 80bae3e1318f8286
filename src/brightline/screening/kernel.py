"""Coded facts of many cases → their verdicts, vectorised, unknowns included.

The kernel says of every case exactly what `Decider.verdict` says of it. The masks settle what they
can; open cases are told apart by pairs of clauses (`openness`); what is left is settled once for
each distinct question, by filling in (`filling`) or by the `Decider`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np

from brightline.i18n import _
from brightline.rulebook.deciding import Decider, Reported, Verdict
from brightline.screening.chains import Block, Flags, reader_of
from brightline.screening.filling import Filler
from brightline.screening.keys import I32, KeyIndex
from brightline.screening.layout import U64, Layout
from brightline.screening.questions import Settled
from brightline.screening.words import (
    Codes,
    Index,
    Question,
    dead_rows,
    places_in,
    unsure_rows,
)

BLOCK = 1 << 16
"""Cases that are worked on at a time: what they need stays in cache."""
_FULL = np.uint64((1 << 64) - 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a `Verdict` says apart from what is still open; shared by many cases."""

    action: str
    determined: bool
    reported: tuple[Reported, ...]
    points: int
    contradictions: tuple[int, ...] = ()

    @classmethod
    def of(cls, verdict: Verdict) -> Answer:
        return cls(
            verdict.action,
            verdict.determined,
            verdict.reported,
            verdict.points,
            verdict.contradictions,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answers to a batch of cases.

    `index` (int32, n) points into `distinct`. `open` (uint64, n × words of 64 facts) holds a bit
    for every fact (index into `table.tested`) that is unknown and that the decision hangs on.
    """

    index: I32
    open: U64
    distinct: list[Answer]

    def open_facts(self, case: int) -> tuple[int, ...]:
        """The open facts of one case, as indexes into `table.tested`."""
        return bits_of(self.open[case])


def bits_of(words: U64) -> tuple[int, ...]:
    """The bits set in a row of 64-bit words."""
    return tuple(
        64 * at + bit
        for at, word in enumerate(words.tolist())
        for bit in range(64)
        if word >> bit & 1
    )


class Kernel:
    """Decides columns of coded cases under one table. Safe to share between threads."""

    def __init__(self, decider: Decider, fused: bool = False) -> None:
        """`fused`: read in a compiled loop; needs numba (`screening.fused.available`)."""
        self.decider, self.table = decider, decider.table
        self.layout = Layout(self.table)
        self.answers: list[Answer] = []
        self._numbers: dict[Answer, int] = {}
        self._readers = [reader_of(self.layout, chain, fused) for chain in self.layout.chains]
        self._joined = [_Joiner() for _reader in self._readers[1:]]
        self._of_parts = np.full(64, -1, dtype=np.int32)
        self._filler = Filler(decider, self.layout)
        words = sum(len(chain.words) for chain in self.layout.chains) + len(self.layout.axioms)
        self._settled = Settled(words + 2 * self.layout.fact_words, self.layout.fact_words)
        self._lock = Lock()

    def decide(self, codes: Codes, rows: int | None = None, threads: int = 1) -> Answers:
        """Decide cases given one array of codes (int8 or int16) for each of `table.tested`.

        A code is an atom, `UNKNOWN` or `CANNOT_TELL_CODE`; raises `ValueError` on any other.
        `rows` is needed only where the table tests nothing.
        """
        count = len(codes[0]) if rows is None else rows
        index = np.empty(count, dtype=np.int32)
        open_ = _Open(count, self.layout.fact_words)

        def work(start: int) -> None:
            stop = min(start + BLOCK, count)
            part = [of[start:stop] for of in codes]
            lows = self._checked(part)
            own = open_.of(start, stop, all(low >= 0 for low in lows))
            flags = (np.zeros(stop - start, dtype=np.bool_) for _ in "123")
            self._decide_block(Block(part, stop - start, lows, own, *flags), index[start:stop])

        starts = range(0, count, BLOCK)
        if threads > 1 and len(starts) > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(work, starts))
        else:
            for start in starts:
                work(start)
        return Answers(index, open_.all, self.answers)

    def _decide_block(self, block: Block, index: I32) -> None:
        codes, rows = block.codes, block.rows
        for word in self.layout.axioms:
            if block.all_known(word):
                block.unsettled |= dead_rows(word, places_in(word, codes, rows)) != _FULL
        acc: I32 | None = None
        for number, reader in enumerate(self._readers):
            part = reader.read(block)
            acc = part if acc is None else self._joined[number - 1].join(acc, part)
        self._mark_axioms(block)
        np.logical_and(block.is_open, ~block.undetermined, out=block.is_open)
        block.unsettled |= block.is_open
        unsettled = np.flatnonzero(block.unsettled)
        self._settle(block, unsettled, index)
        if unsettled.size < rows:
            self._look_up_answers(block, acc, index)

    def _checked(self, codes: Codes) -> list[int]:
        lows = []
        for of, size in zip(codes, self.layout.sizes, strict=True):
            low, high = (int(of.min()), int(of.max())) if len(of) else (0, 0)
            if low < -2 or high > size - 3:
                raise ValueError(_("a code that its fact does not have"))
            lows.append(low)
        return lows

    def _mark_axioms(self, block: Block) -> None:
        """A case that breaks an impossible combination, or is open and may, is settled exactly."""
        for word in self.layout.axioms:
            if not block.all_known(word):
                places = places_in(word, block.codes, block.rows)
                block.unsettled |= unsure_rows(word, places) != _FULL
                block.unsettled |= block.is_open & (dead_rows(word, places) != _FULL)

    def _look_up_answers(self, block: Block, acc: I32 | None, index: I32) -> None:
        rest = ~block.unsettled
        if acc is None:
            acc = np.zeros(block.rows, dtype=np.int32)
        known = self._of_parts
        found = np.take(known, acc, mode="clip")
        missing = np.flatnonzero(rest & ((found < 0) | (acc >= len(known))))
        if missing.size:
            parts, at = np.unique(acc[missing], return_index=True)
            for part, row in zip(parts.tolist(), missing[at].tolist(), strict=True):
                self._learn(part, self._verdict(block.codes, row))
            found = np.take(self._of_parts, acc, mode="clip")
        np.copyto(index, found, where=rest)

    def _learn(self, part: int, verdict: Verdict) -> None:
        with self._lock:
            if part >= len(self._of_parts):
                grown = np.full(max(part + 1, 2 * len(self._of_parts)), -1, dtype=np.int32)
                grown[: len(self._of_parts)] = self._of_parts
                self._of_parts = grown
            self._of_parts[part] = self._number(Answer.of(verdict))

    def _number(self, answer: Answer) -> int:
        if answer not in self._numbers:
            self.answers.append(answer)
            self._numbers[answer] = len(self.answers) - 1
        return self._numbers[answer]

    def _verdict(self, codes: Codes, row: int) -> Verdict:
        """The `Decider`'s own verdict on one case."""
        coded = [-1] * len(self.table.columns)
        for place, of in zip(self.table.tested, codes, strict=True):
            coded[place] = int(of[row])
        with self._lock:
            return self.decider.verdict_on(self.table.standing_of(coded))

    def _settle(self, block: Block, rows: Index, index: I32) -> None:
        """Settle cases exactly, each distinct question only once."""
        if not rows.size:
            return
        codes = [np.take(of, rows) for of in block.codes]
        asked = _Asked.of(self.layout, codes, len(rows))
        numbers, open_, missed = self._settled.find(asked.questions)
        if missed.size:
            wide = np.dtype((np.void, asked.questions.shape[1] * 8))
            keys = np.ascontiguousarray(asked.questions[missed]).view(wide).reshape(-1)
            _keys, first, of = np.unique(keys, return_index=True, return_inverse=True)
            new = missed[first]
            answered = self._answer([np.take(c, new) for c in codes], asked.kept(new))
            self._settled.add(asked.questions[new], *answered)
            numbers[missed], open_[missed] = answered[0][of], answered[1][of]
        index[rows] = numbers
        if open_.any() or block.is_open.any():
            block.open[rows] = open_

    def _answer(self, codes: Codes, asked: _Asked) -> tuple[I32, U64]:
        """[question] the answer's number and the open facts."""
        count = len(asked.questions)
        numbers = np.full(count, -1, np.int32)
        open_ = asked.may_matter & asked.unknown
        able = np.flatnonzero(~(asked.untold & asked.hangs_on).any(axis=1) & ~asked.broken)
        unknown = (asked.unknown & asked.hangs_on)[able]
        for case, filled in self._filler.fill([np.take(of, able) for of in codes], unknown):
            at = able[case]
            agreed = filled.rank is not None
            verdict = self.decider.verdict_of(filled.outcomes, (filled.rank or 0,), agreed)
            with self._lock:
                numbers[at] = self._number(Answer.of(verdict))
            if agreed:
                open_[at] = 0
        for at in np.flatnonzero(numbers < 0).tolist():
            verdict = self._verdict(codes, at)
            open_[at] = 0
            for place in verdict.open_facts:
                fact = self.table.tested.index(place)
                open_[at, fact // 64] |= np.uint64(1 << fact % 64)
            with self._lock:
                numbers[at] = self._number(Answer.of(verdict))
        return numbers, open_


@dataclass(slots=True)
class _Asked:
    """All that the answers to unsettled cases can hang on."""

    questions: U64
    """[case, word] as one key."""
    may_matter: U64
    """[case, fact word] the facts that rows in question test."""
    hangs_on: U64
    """The same and those that impossible combinations in question test."""
    unknown: U64
    untold: U64
    broken: Flags
    """Whether the known facts make up an impossible combination."""

    @classmethod
    def of(cls, layout: Layout, codes: Codes, rows: int) -> _Asked:
        facts = layout.fact_words
        may_matter, hangs_on, unknown, untold = (np.zeros((rows, facts), np.uint64) for _ in "1234")
        broken = np.zeros(rows, np.bool_)
        keys = []
        for words in (*(chain.words for chain in layout.chains), layout.axioms):
            reached = np.ones(rows, np.bool_)
            for word in words:
                places = places_in(word, codes, rows)
                dead, unsure = dead_rows(word, places), unsure_rows(word, places)
                asked = Question.of(word, places, dead, unsure, facts)
                asked.candidates[~reached] = 0
                asked.tested[~reached] = 0
                keys.append(asked.candidates[:, None])
                hangs_on |= asked.tested
                unknown |= asked.unknown
                untold |= asked.untold
                if word.stretches:
                    may_matter |= asked.tested
                    reached &= asked.candidates >= np.uint64(1 << word.stretches[-1].guard)
                else:
                    broken |= unsure != _FULL
        questions = np.concatenate([*keys, unknown & hangs_on, untold & hangs_on], axis=1)
        return cls(questions, may_matter, hangs_on, unknown, untold, broken)

    def kept(self, at: Index) -> _Asked:
        """Some of the cases."""
        return _Asked(
            self.questions[at],
            self.may_matter[at],
            self.hangs_on[at],
            self.unknown[at],
            self.untold[at],
            self.broken[at],
        )


class _Open:
    """The open facts of all cases; no memory is touched where everything is known."""

    def __init__(self, count: int, fact_words: int) -> None:
        self._shape, self._lock = (count, fact_words), Lock()
        self._made: U64 | None = None

    def of(self, start: int, stop: int, known: bool) -> U64:
        """Those of a block: a view to be filled; where all is known, nothing will be written."""
        if known:
            return np.zeros((1, self._shape[1]), np.uint64)
        with self._lock:
            if self._made is None:
                self._made = np.zeros(self._shape, np.uint64)
        return self._made[start:stop]

    @property
    def all(self) -> U64:
        """[case, fact word]."""
        if self._made is None:
            return np.broadcast_to(np.zeros((1, self._shape[1]), np.uint64), self._shape)
        return self._made


class _Joiner:
    """Numbers for pairs of parts."""

    def __init__(self) -> None:
        self._count = 0
        self._index = KeyIndex(self._next)

    def _next(self, _key: int) -> int:
        self._count += 1
        return self._count - 1

    def join(self, left: I32, right: I32) -> I32:
        """[case] the number of the pair."""
        keys = left.astype(np.uint64)
        keys <<= np.uint64(32)
        keys |= right.astype(np.uint64)
        return self._index.numbers(keys)
