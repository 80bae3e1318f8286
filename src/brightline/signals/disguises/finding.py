"""Finds words in disguise: proposes places in one pass over the runs of all texts, then judges.

A place is proposed where the classes of the letters are those of a word, nothing but edges of
words around it, and something is odd inside: a digit, a look-alike, a letter typed twice, a sign,
or other spaces than the word has. Everything else, nearly all of any text, costs no judgement.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from ahocorasick_rs import BytesAhoCorasick

from brightline.signals.disguises.judging import judged
from brightline.signals.disguises.letters import is_mark
from brightline.signals.disguises.spellings import spellings
from brightline.signals.disguises.stream import Coder, Places, Stream
from brightline.signals.disguises.terms import Word, word_of
from brightline.signals.matching import Found
from brightline.signals.text import is_invisible, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BLOCK = 1 << 17
"""How many characters are searched at once."""
REMEMBERED = 1 << 14
"""How many judgements are kept: the same few innocent pieces come up again and again."""
_Hit = tuple[int, int, int, int]


class DisguiseTrace:
    """Words found in a few texts; their places are those of the texts as given."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def span(self, text: int, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was given: the same."""
        return start, end


class DisguiseFinder:
    """Finds any of some words where they are written so as not to be found.

    `harmless` (one per word): it makes others harmless; such a word is found in any writing,
    but only in texts that hold one of the others. Places are code points of the texts as given.
    """

    def __init__(self, words: Sequence[str], harmless: Sequence[bool] | None = None) -> None:
        index: dict[str, int] = {}
        self.same: list[int] = [index.setdefault(normal(word), len(index)) for word in words]
        """For each word given, the index that `Found.word` uses (equal words share one)."""
        excepted = {
            normal(word)
            for word, flag in zip(words, harmless or [False] * len(words), strict=True)
            if flag
        }
        self._coder = Coder()
        meant = [(text, number) for text, number in index.items() if text not in excepted]
        self._meant = _Proposer(_with_spellings(meant, index))
        others = [(text, number) for text, number in index.items() if text in excepted]
        self._harmless = _Proposer(
            [(word, number) for text, number in others if (word := word_of(text))]
        )

    def find(self, texts: Sequence[str]) -> Found:
        """All places in the texts."""
        hits: list[_Hit] = []
        first = size = 0
        for at, text in enumerate(texts):
            size += len(text) + 1
            if size >= BLOCK or at == len(texts) - 1:
                hits += self._in_block(texts[first : at + 1], first)
                first, size = at + 1, 0
        blank = np.fromiter(map(_blank, texts), np.bool_, len(texts))
        table = np.array(hits, dtype=np.intp).reshape(-1, 4)
        return Found(table[:, 0], table[:, 1], table[:, 2], table[:, 3], blank)

    def trace(self, texts: Sequence[str]) -> DisguiseTrace:
        """All places in a few texts."""
        return DisguiseTrace(self.find(texts))

    def _in_block(self, texts: Sequence[str], first: int) -> list[_Hit]:
        stream = self._coder.stream(texts)
        hits = [hit for hit, done in self._meant.hits(texts, stream) if done]
        if hits and self._harmless:
            rows = sorted({hit[0] for hit in hits})
            few = [texts[row] for row in rows]
            for hit, _done in self._harmless.hits(few, self._coder.stream(few), plain=True):
                hits.append((rows[hit[0]], *hit[1:]))
        return [(row + first, word, start, end) for row, word, start, end in sorted(set(hits))]


class _Proposer:
    """One automaton for some words."""

    def __init__(self, words: Sequence[tuple[Word, int]]) -> None:
        patterns = [
            (pattern, number)
            for number, (word, _i) in enumerate(words)
            for pattern in word.patterns()
        ]
        self._words = words
        self._matcher = BytesAhoCorasick([pattern for pattern, _number in patterns])
        self._of: Places = np.array([number for _pattern, number in patterns], dtype=np.intp)
        self._seams = np.array([word.seams for word, _i in words], dtype=np.intp)
        self._always = np.array([word.respelt for word, _i in words], dtype=np.bool_)
        self._judged = lru_cache(maxsize=REMEMBERED)(self._judge)

    def __bool__(self) -> bool:
        return bool(self._words)

    def hits(
        self, texts: Sequence[str], stream: Stream, plain: bool = False
    ) -> Iterable[tuple[_Hit, frozenset[str]]]:
        """(text, word, start, end) and what was done; `plain` proposes ordinary words too."""
        if not self._words or not len(stream.codes):
            return
        words, firsts, ends = self._proposed(stream, plain)
        rows = np.searchsorted(stream.began, stream.first[firsts], side="right") - 1
        starts = stream.first[firsts] - stream.began[rows]
        stops = stream.last[ends - 1] - stream.began[rows]
        for row, number, start, end in zip(
            rows.tolist(), words.tolist(), starts.tolist(), stops.tolist(), strict=True
        ):
            text = texts[row]
            stop = _with_marks(text, end)
            before = min(start, 1)
            done = self._judged(text[start - before : stop + 1], before, stop - start, number)
            if done is not None:
                yield (row, self._words[number][1], start, stop), done

    def _judge(self, piece: str, before: int, length: int, number: int) -> frozenset[str] | None:
        """What was done to a word; `piece` has a character more on either side, if there is one."""
        return judged(piece, before, before + length, self._words[number][0])

    def _proposed(self, stream: Stream, plain: bool) -> tuple[Places, Places, Places]:
        found = self._matcher.find_matches_as_indexes(stream.codes.tobytes(), overlapping=True)
        table = np.array(found, dtype=np.intp).reshape(-1, 3)
        table = table[stream.apart[table[:, 1]] & stream.apart[table[:, 2]]]
        word, first, end = self._of[table[:, 0]], table[:, 1], table[:, 2]
        if plain:
            return word, first, end
        odd = stream.odd[end] > stream.odd[first]
        odd |= stream.signs[end] > stream.signs[first + 1]
        odd |= stream.gaps[end] - stream.gaps[first + 1] != self._seams[word]
        odd |= self._always[word]
        return word[odd], first[odd], end[odd]


def _with_spellings(
    meant: Iterable[tuple[str, int]], index: dict[str, int]
) -> list[tuple[Word, int]]:
    """The words that can be looked for, then their other spellings that are no words of a list."""
    words = []
    for text, number in meant:
        word = word_of(text)
        if word is None:
            continue
        words.append((word, number))
        for other in spellings(text):
            respelt = word_of(other, respelt=True)
            if respelt is not None and other not in index:
                words.append((respelt, number))
    return words


def _with_marks(text: str, end: int) -> int:
    """The end of a place with the marks on its last letter."""
    while end < len(text) and (is_mark(text[end]) or is_invisible(text[end])):
        end += 1
    return end


def _blank(text: str) -> bool:
    return not text or (not text[0].isalnum() and not normal(text))
