"""Finding words in texts: one pass over a text for all words of all lists.

A word matches where its normal form (see `text`) stands in the text's normal form, and no letter
or digit touches it on a side where the word itself ends in a letter or digit. Every such place is
found, overlapping ones too; which of them count is for `choosing` to say.

A later way of undoing disguises (dots between letters, digits for letters) belongs beside
`composed` in `WordFinder.trace`: one more rewritten text with the places it came from, searched by
the same automaton.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import BytesAhoCorasick

from brightline.signals.alphabet import Alphabet, Coded, alphabets
from brightline.signals.text import composed, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCK = 1 << 18
"""How many characters are searched at once: what stays in the processor's cache."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Found:
    """Words found in texts: four arrays (intp) of one length, one entry a place.

    `text` and `word` are indexes into what was given; `start` and `end` count characters of the
    text's normal form. `blank` (bool, one per text): nothing but space in it.
    """

    text: Places
    word: Places
    start: Places
    end: Places
    blank: npt.NDArray[np.bool_]


class Trace:
    """Words found in a few texts, with the way back to the original texts."""

    def __init__(self, found: Found, coded: Coded, rewritten: dict[int, tuple[list[int], ...]]):
        self.found = found
        self._coded = coded
        self._rewritten = rewritten

    def span(self, text: int, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was given: code points, end excluded."""
        base = int(self._coded.starts[text])
        first = self._coded.original(text, base + start)
        last = self._coded.original(text, base + end - 1)
        if text in self._rewritten:
            starts, ends = self._rewritten[text]
            return starts[first], ends[last]
        return first, last + 1


class WordFinder:
    """Finds any of some words. Words of which nothing can be seen are never found."""

    def __init__(self, words: Sequence[str]) -> None:
        index: dict[str, int] = {}
        self.same: list[int] = [index.setdefault(normal(w), len(index)) for w in words]
        """For each word given, the index that `Found.word` uses (equal words share one)."""
        self._automata = [_Automaton(group, index) for group in alphabets(filter(None, index))]
        self._any = self._automata[0].alphabet if self._automata else Alphabet(())

    def find(self, texts: Sequence[str]) -> Found:
        """All places in the texts. Time grows with the number of characters."""
        parts: list[Found] = []
        first = 0
        for block in _blocks(texts):
            found, _coded = self._search(block, trace=False)
            parts.append(Found(found.text + first, found.word, found.start, found.end, found.blank))
            first += len(block)
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return self._search([], trace=False)[0]
        return Found(
            np.concatenate([part.text for part in parts]),
            np.concatenate([part.word for part in parts]),
            np.concatenate([part.start for part in parts]),
            np.concatenate([part.end for part in parts]),
            np.concatenate([part.blank for part in parts]),
        )

    def trace(self, texts: Sequence[str]) -> Trace:
        """All places in a few texts, and what they were in the original."""
        settled = list(texts)
        rewritten: dict[int, tuple[list[int], ...]] = {}
        for row in self._any.unsettled(texts):
            settled[row], starts, ends = composed(texts[row])
            rewritten[row] = (starts, ends)
        found, coded = self._search(settled, trace=True)
        return Trace(found, coded, rewritten)

    def _search(self, texts: Sequence[str], trace: bool) -> tuple[Found, Coded]:
        if not self._automata:
            coded = self._any.code(texts, trace)
            none = np.zeros(0, dtype=np.intp)
            return Found(none, none, none, none, coded.blank()), coded
        coded, text, word, start, end = self._automata[0].search(texts, trace)
        for automaton in self._automata[1:]:  # a second alphabet: hundreds of rare characters
            _other, *more = automaton.search(texts, False)
            text, word, start, end = (
                np.concatenate(pair) for pair in zip((text, word, start, end), more, strict=True)
            )
        return Found(text, word, start, end, coded.blank()), coded


class _Automaton:
    """The words of one alphabet, and one pass for all of them."""

    def __init__(self, words: Sequence[str], index: dict[str, int]) -> None:
        self.alphabet = Alphabet(words)
        patterns = [self.alphabet.pattern(word) for word in words]
        self._matcher = BytesAhoCorasick(patterns)
        self._word: Places = np.array([index[word] for word in words], dtype=np.intp)
        is_word = self.alphabet.is_word
        self._word_first = np.array([is_word[p[0]] for p in patterns], dtype=np.bool_)
        self._word_last = np.array([is_word[p[-1]] for p in patterns], dtype=np.bool_)

    def search(
        self, texts: Sequence[str], trace: bool
    ) -> tuple[Coded, Places, Places, Places, Places]:
        coded = self.alphabet.code(texts, trace)
        codes = coded.codes
        matches = self._matcher.find_matches_as_indexes(codes.tobytes(), overlapping=True)
        table = np.array(matches, dtype=np.intp).reshape(-1, 3)
        pattern, start, end = table[:, 0], table[:, 1], table[:, 2]
        is_word = self.alphabet.is_word
        inside = self._word_first[pattern] & is_word[codes[start - 1]]
        inside |= self._word_last[pattern] & is_word[codes[end]]
        whole = np.flatnonzero(~inside)
        pattern, start, end = pattern[whole], start[whole], end[whole]
        text = np.searchsorted(coded.starts, start, side="right") - 1
        base = coded.starts[text]
        return coded, text, self._word[pattern], start - base, end - base


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in runs of about `BLOCK` characters; a longer text is a run of its own."""
    first = size = 0
    for at, text in enumerate(texts):
        size += len(text) + 1
        if size >= BLOCK:
            yield texts[first : at + 1]
            first, size = at + 1, 0
    if first < len(texts):
        yield texts[first:]
