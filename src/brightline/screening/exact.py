"""Cases that masks and pairs of clauses leave open, settled exactly: each distinct question once.

First by filling in what is unknown, many cases at once (`filling`); what that leaves, by the
`Decider`, one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np

from brightline.rulebook.deciding import Decider, Verdict
from brightline.screening.answers import Numbered
from brightline.screening.chains import Flags
from brightline.screening.filling import Filled, Filler
from brightline.screening.keys import I32
from brightline.screening.layout import U64, Layout
from brightline.screening.questions import Settled
from brightline.screening.words import Codes, Index, Question, dead_rows, places_in, unsure_rows

_FULL = np.uint64((1 << 64) - 1)


class Exact:
    """Settles cases of one table. Safe to share between threads."""

    def __init__(self, decider: Decider, layout: Layout, numbered: Numbered) -> None:
        self._decider, self._layout, self._numbered = decider, layout, numbered
        self._filler = Filler(decider.table, layout)
        words = sum(len(chain.words) for chain in layout.chains) + len(layout.axioms)
        self._settled = Settled(words + 2 * layout.fact_words, layout.fact_words)
        self._lock = Lock()

    def settle(self, codes: Codes, rows: int) -> tuple[I32, U64]:
        """[case] the answer's number, and [case, fact word] the facts that it hangs on."""
        asked = Asked.of(self._layout, codes, rows)
        numbers, open_, missed = self._settled.find(asked.questions)
        if missed.size:
            wide = np.dtype((np.void, asked.questions.shape[1] * 8))
            keys = np.ascontiguousarray(asked.questions[missed]).view(wide).reshape(-1)
            _keys, first, of = np.unique(keys, return_index=True, return_inverse=True)
            new = missed[first]
            answered = self._answer([np.take(c, new) for c in codes], asked.kept(new))
            self._settled.add(asked.questions[new], *answered)
            numbers[missed], open_[missed] = answered[0][of], answered[1][of]
        return numbers, open_

    def verdict(self, codes: Codes, row: int) -> Verdict:
        """The `Decider`'s own verdict on one case."""
        table = self._decider.table
        coded = [-1] * len(table.columns)
        for place, of in zip(table.tested, codes, strict=True):
            coded[place] = int(of[row])
        with self._lock:
            return self._decider.verdict_on(table.standing_of(coded))

    def _answer(self, codes: Codes, asked: Asked) -> tuple[I32, U64]:
        numbers = np.full(len(asked.questions), -1, np.int32)
        open_ = asked.may_matter & asked.unknown
        able = np.flatnonzero(~(asked.untold & asked.hangs_on).any(axis=1) & ~asked.broken)
        unknown = (asked.unknown & asked.hangs_on)[able]
        codes_able = [np.take(of, able) for of in codes]
        for part in self._filler.fill(codes_able, unknown, asked.in_question[able]):
            cases = able[part.cases]
            numbers[cases] = self._numbers_of(part)[part.of]
            open_[cases[part.ranks[part.of] >= 0]] = 0
        tested = self._decider.table.tested
        for at in np.flatnonzero(numbers < 0).tolist():
            verdict = self.verdict(codes, at)
            numbers[at], open_[at] = self._numbered.number(verdict), 0
            for place in verdict.open_facts:
                fact = tested.index(place)
                open_[at, fact // 64] |= np.uint64(1 << fact % 64)
        return numbers, open_

    def _numbers_of(self, part: Filled) -> I32:
        """The answers' numbers of what was filled in."""
        found = []
        for outcomes, rank in zip(part.outcomes.tolist(), part.ranks.tolist(), strict=True):
            verdict = self._decider.verdict_of(tuple(outcomes), (max(rank, 0),), rank >= 0)
            found.append(self._numbered.number(verdict))
        return np.array(found, np.int32)


@dataclass(slots=True)
class Asked:
    """All that the answers to unsettled cases can hang on."""

    questions: U64
    """[case, …] as one key."""
    in_question: U64
    """[case, word] the rows in question."""
    may_matter: U64
    """[case, fact word] the facts that rows in question test."""
    hangs_on: U64
    """The same and those that impossible combinations in question test."""
    unknown: U64
    untold: U64
    broken: Flags
    """Whether the known facts make up an impossible combination."""

    @classmethod
    def of(cls, layout: Layout, codes: Codes, rows: int) -> Asked:
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
        in_question = np.concatenate(keys, axis=1) if keys else np.zeros((rows, 0), np.uint64)
        questions = np.concatenate([in_question, unknown & hangs_on, untold & hangs_on], axis=1)
        return cls(questions, in_question, may_matter, hangs_on, unknown, untold, broken)

    def kept(self, at: Index) -> Asked:
        """Some of the cases."""
        return Asked(
            self.questions[at],
            self.in_question[at],
            self.may_matter[at],
            self.hangs_on[at],
            self.unknown[at],
            self.untold[at],
            self.broken[at],
        )
