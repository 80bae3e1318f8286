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
        first = len(self.keys)
        for key, text in texts:
            place = len(self.keys)
            self.keys.append(key)
            for term, count in terms(text).items():
                places, counts = self._lists.setdefault(term, (array("i"), array("d")))
                places.append(place)
                counts.append(_damped(term, count))
        if len(self.keys) > first:
            self._measure(first)

    def _measure(self, first: int) -> None:
        """The length of each text as a vector; of the new ones only, unless they are many."""
        count = len(self.keys)
        if count > self._measured * _RENEW:
            first, self._measured = 0, count
        squares = np.zeros(count)
        for places, counts in self._lists.values():
            if places[-1] < first:
                continue
            at, weight = np.array(places), np.array(counts) * self._rarity(len(places))
            squares[at] += weight * weight  # a text is in a list once
        lengths = np.sqrt(np.maximum(squares, 1e-12))
        lengths[:first] = self._lengths[:first]
        self._lengths = lengths

    def _rarity(self, holding: int) -> float:
        return math.log(1 + len(self.keys) / holding)

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
