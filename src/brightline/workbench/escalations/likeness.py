"""Which texts are alike, in any language written with spaces, with or without accents.

Every text is folded (`cases.searching.fold`) and cut into words and pairs of neighbouring words:
Vietnamese writes a word of several syllables with spaces, so `dien thoai` counts as a pair. A
term weighs more the rarer it is. Likeness is the cosine of two texts' weighted terms, 0 to 1.
The same on every database, since none of it happens there. Salton and Buckley, Term-weighting
approaches in automatic text retrieval, 1988.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LEAST = 0.08
"""Likeness below which two texts share hardly more than common words: of two listings drawn at
random, fewer than one pair in a hundred reach it (docs/benchmarks.md)."""
_WORD = re.compile(r"[^\W_]+")
_PAIR_WEIGHT = 1.3
"""A pair of neighbours says more than its two words apart."""
_MOST_WORDS = 800
_RENEW = 1.1
"""The lengths are taken anew once there are this many times as many texts."""

Found = list[tuple[int, float]]
"""Keys and likeness, the most alike first."""


def terms(folded: str) -> Counter[str]:
    """The words and pairs of words of a folded text, counted; its first 800 words only."""
    words = _WORD.findall(folded)[:_MOST_WORDS]
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


class Likeness:
    """An index of texts by a whole number each. Not for several threads at once."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self._lists: dict[str, tuple[array[int], array[float]]] = {}
        self._lengths: npt.NDArray[np.float64] = np.zeros(0)
        self._measured = 0

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, texts: Iterable[tuple[int, str]]) -> None:
        """Add folded texts by key."""
        new: list[Counter[str]] = []
        for key, text in texts:
            place = len(self.keys)
            self.keys.append(key)
            new.append(terms(text))
            for term, count in new[-1].items():
                known = self._lists.get(term)
                if known is None:
                    known = self._lists[term] = array("i"), array("d")
                known[0].append(place)
                known[1].append(_damped(term, count))
        if len(self.keys) > self._measured * _RENEW:
            self._lengths, self._measured = self._all_lengths(), len(self.keys)
        elif new:
            self._lengths = np.append(self._lengths, [self._length(one) for one in new])

    def _length(self, counted: Counter[str]) -> float:
        """A text's length as a vector of weighted terms."""
        weights = (
            _damped(term, count) * self._rarity(len(self._lists[term][0]))
            for term, count in counted.items()
        )
        return math.sqrt(sum(weight * weight for weight in weights)) or 1.0

    def _all_lengths(self) -> npt.NDArray[np.float64]:
        """The same for every text at once: rarities change as texts come in."""
        lists = self._lists.values()
        if not lists:
            return np.ones(len(self.keys))
        holding = np.array([len(places) for places, _weights in lists])
        places = np.frombuffer(b"".join([one for one, _weights in lists]), np.int32)
        weights = np.frombuffer(b"".join([one for _places, one in lists]), np.float64)
        weights = weights * np.repeat(np.log1p(len(self.keys) / holding), holding)
        squares = np.bincount(places, weights * weights, len(self.keys))
        return np.sqrt(np.where(squares > 0, squares, 1.0))

    def _rarity(self, holding: int) -> float:
        return math.log1p(len(self.keys) / holding)

    def like(self, folded: str, most: int = 10, least: float = 0.0) -> Found:
        """The texts most like a folded one, those below `least` left out."""
        count = len(self.keys)
        if not count:
            return []
        scores, square = np.zeros(count), 0.0
        for term, times in terms(folded).items():
            known = self._lists.get(term)
            rarity = self._rarity(len(known[0]) if known else 1)
            weight = _damped(term, times) * rarity
            square += weight * weight
            if known is not None:
                scores[np.frombuffer(known[0], np.int32)] += np.frombuffer(known[1], np.float64) * (
                    weight * rarity
                )
        if not square:
            return []
        scores /= self._lengths * math.sqrt(square)
        top = np.argsort(-scores, kind="stable")[:most] if count <= most else _top(scores, most)
        return [
            (self.keys[i], float(scores[i])) for i in top if scores[i] > 0 and scores[i] >= least
        ]


def _top(scores: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.intp]:
    some = np.argpartition(-scores, most)[:most]
    return some[np.lexsort((some, -scores[some]))]


def _damped(term: str, count: int) -> float:
    return (1 + math.log(count)) * (_PAIR_WEIGHT if " " in term else 1.0)
