"""Coded facts of many cases → their verdicts, vectorised, unknowns included.

The kernel says of every case exactly what `Decider.verdict` says of it. The masks settle what they
can; open cases are told apart by pairs of clauses (`openness`); what is left is settled by the
`Decider` once for each distinct question, never once a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np

from brightline.i18n import _
from brightline.rulebook.deciding import Decider, Reported, Verdict
from brightline.screening.chains import Block, ChainReader
from brightline.screening.keys import I32, KeyIndex
from brightline.screening.layout import U64, Layout
from brightline.screening.words import Codes, Index, Question, look_up, look_up_dead

BLOCK = 1 << 15
"""Cases that are worked on at a time: what they need stays in cache."""
_MOST_KEPT = 200_000


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

    def __init__(self, decider: Decider) -> None:
        self.decider, self.table = decider, decider.table
        self.layout = Layout(self.table)
        self.answers: list[Answer] = []
        self._numbers: dict[Answer, int] = {}
        self._readers = [ChainReader(self.layout, chain) for chain in self.layout.chains]
        self._joined = [_Joiner() for _reader in self._readers[1:]]
        self._of_parts = np.full(64, -1, dtype=np.int32)
        self._settled: dict[bytes, tuple[int, U64]] = {}
        self._lock = Lock()

    def decide(self, codes: Codes, rows: int | None = None, threads: int = 1) -> Answers:
        """Decide cases given one array of codes (int8 or int16) for each of `table.tested`.

        A code is an atom, `UNKNOWN` or `CANNOT_TELL_CODE`; raises `ValueError` on any other.
        `rows` is needed only where the table tests nothing.
        """
        count = len(codes[0]) if rows is None else rows
        index = np.empty(count, dtype=np.int32)
        open_ = np.zeros((count, self.layout.fact_words), dtype=np.uint64)

        def work(start: int) -> None:
            stop = min(start + BLOCK, count)
            part = [of[start:stop] for of in codes]
            self._decide_block(part, index[start:stop], open_[start:stop])

        starts = range(0, count, BLOCK)
        if threads > 1 and len(starts) > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(work, starts))
        else:
            for start in starts:
                work(start)
        return Answers(index, open_, self.answers)

    def _decide_block(self, codes: Codes, index: I32, open_: U64) -> None:
        rows = len(index)
        block = Block(
            codes,
            rows,
            self._checked(codes),
            open_,
            *(np.zeros(rows, dtype=np.bool_) for _ in "123"),
        )
        for word in self.layout.axioms:
            if block.all_known(word):
                block.unsettled |= look_up_dead(word, codes, rows) != np.uint64((1 << 64) - 1)
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
        full = np.uint64((1 << 64) - 1)
        for word in self.layout.axioms:
            if not block.all_known(word):
                entries = look_up(word, block.codes, block.rows)
                block.unsettled |= entries[:, 1] != full
                block.unsettled |= block.is_open & (entries[:, 0] != full)

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
                self._learn(part, self._verdict(block, row))
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

    def _verdict(self, block: Block, row: int) -> Verdict:
        codes = [-1] * len(self.table.columns)
        for place, of in zip(self.table.tested, block.codes, strict=True):
            codes[place] = int(of[row])
        with self._lock:
            return self.decider.verdict_on(self.table.standing_of(codes))

    def _settle(self, block: Block, rows: Index, index: I32) -> None:
        """Settle cases exactly: one by one, but each distinct question only once."""
        if not rows.size:
            return
        questions = np.ascontiguousarray(np.concatenate(list(self._questions(block, rows)), axis=1))
        keys = questions.view(np.dtype((np.void, questions.shape[1] * 8))).reshape(-1)
        distinct, first, of = np.unique(keys, return_index=True, return_inverse=True)
        numbers = np.empty(len(distinct), dtype=np.int32)
        open_ = np.empty((len(distinct), self.layout.fact_words), dtype=np.uint64)
        for at, key in enumerate(distinct):
            numbers[at], open_[at] = self._settle_one(key.tobytes(), block, int(rows[first[at]]))
        index[rows] = numbers[of]
        block.open[rows] = open_[of]

    def _questions(self, block: Block, rows: Index) -> Iterator[U64]:
        """All that the answer to an unsettled case can hang on."""
        codes = [np.take(of, rows) for of in block.codes]
        words = [word for chain in self.layout.chains for word in chain.words]
        facts = self.layout.fact_words
        hangs_on = np.zeros((len(rows), facts), dtype=np.uint64)
        unknown = np.zeros((len(rows), facts), dtype=np.uint64)
        untold = np.zeros((len(rows), facts), dtype=np.uint64)
        for word in (*words, *self.layout.axioms):
            asked = Question.of(word, look_up(word, codes, len(rows)), facts)
            hangs_on |= asked.tested
            unknown |= asked.unknown
            untold |= asked.untold
            yield asked.candidates[:, None]
        yield unknown & hangs_on
        yield untold & hangs_on

    def _settle_one(self, key: bytes, block: Block, row: int) -> tuple[int, U64]:
        found = self._settled.get(key)
        if found is None:
            verdict = self._verdict(block, row)
            open_ = np.zeros(self.layout.fact_words, dtype=np.uint64)
            for place in verdict.open_facts:
                fact = self.table.tested.index(place)
                open_[fact // 64] |= np.uint64(1 << fact % 64)
            with self._lock:
                if len(self._settled) >= _MOST_KEPT:
                    self._settled.clear()
                found = self._settled[key] = self._number(Answer.of(verdict)), open_
        return found


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
