"""Claims in a text, those that are denied left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from brightline.signals.claims.patterns import DENIAL, NEEDS, PATTERNS
from brightline.signals.text import INVISIBLE, PLACEMENTS, normal, traced

_MARKS = re.compile("[\u0300-\u036f]")
_PARTING = "\ue000"
_Named = tuple[str, re.Pattern[str]]
MOST_KNOWN = 10_000
LONGEST = 20_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim at a place of the text it was found in."""

    kind: str
    start: int
    end: int


class _Gate:
    """Which patterns a text may match: those of whose lists of words it holds one of each."""

    def __init__(self) -> None:
        self._patterns = [
            (kind, pattern, needs)
            for kind, patterns in PATTERNS.items()
            for pattern, needs in zip(patterns, NEEDS[kind], strict=True)
        ]
        lists: dict[tuple[str, ...], int] = {}
        self._lists = [
            {lists.setdefault(group, len(lists)) for group in needs}
            for _kind, _pattern, needs in self._patterns
        ]
        in_lists: dict[str, set[int]] = {}
        for group, number in lists.items():
            for word in group:
                for way in _placements(word):
                    in_lists.setdefault(way, set()).add(number)
        self._matcher = AhoCorasick(list(in_lists))
        self._in_lists = list(in_lists.values())
        words = (len(lists) + 63) // 64
        self._masks: npt.NDArray[np.uint64] = np.zeros((len(self._in_lists), words), np.uint64)
        """The same for many texts at once: for each word, one bit a list that it stands in."""
        for place, numbers in enumerate(self._in_lists):
            for number in numbers:
                self._masks[place, number // 64] |= np.uint64(1 << number % 64)
        self._known: dict[frozenset[int], list[_Named]] = {}
        self._known_masks: dict[bytes, list[_Named]] = {}

    def passing(self, text: str) -> list[_Named]:
        """The patterns worth trying, with their kinds."""
        there: set[int] = set()
        for word, _start, _end in self._matcher.find_matches_as_indexes(
            _quick(text), overlapping=True
        ):
            there |= self._in_lists[word]
        return self._having(frozenset(there))

    def passing_of(self, texts: Sequence[str]) -> Iterator[tuple[int, list[_Named]]]:
        """(index of a text, patterns worth trying), for the texts that have any; in one pass."""
        line = _spaced(INVISIBLE.sub("", f" {_PARTING} ".join(_settled(texts))))
        parts = [match.start() for match in re.finditer(_PARTING, line)]
        if len(parts) != len(texts) - 1:  # a text that holds the parting sign itself
            yield from (
                (row, passing) for row, t in enumerate(texts) if (passing := self.passing(t))
            )
            return
        found = self._matcher.find_matches_as_indexes(line, overlapping=True)
        if not found:
            return
        table = np.array(found, dtype=np.intp)
        rows = np.searchsorted(np.array(parts, dtype=np.intp), table[:, 1])
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))  # matches come in the order of the text
        there = np.bitwise_or.reduceat(self._masks[table[:, 0]], firsts, axis=0)
        for row, lists in zip(rows[firsts].tolist(), there, strict=True):
            passing = self._having_masks(lists.tobytes())
            if passing:
                yield row, passing

    def _having_masks(self, there: bytes) -> list[_Named]:
        if there not in self._known_masks:
            if len(self._known_masks) > MOST_KNOWN:
                self._known_masks.clear()
            bits = int.from_bytes(there, "little")
            numbers = frozenset(n for n in range(bits.bit_length()) if bits >> n & 1)
            self._known_masks[there] = self._having(numbers)
        return self._known_masks[there]

    def _having(self, there: frozenset[int]) -> list[_Named]:
        if there not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[there] = [
                (kind, pattern)
                for (kind, pattern, _needs), lists in zip(self._patterns, self._lists, strict=True)
                if lists <= there
            ]
        return self._known[there]


def _quick(text: str) -> str:
    """The normal form as far as the words that patterns need can tell."""
    seen = INVISIBLE.sub("", text)
    return normal(text) if _MARKS.search(seen) else _spaced(seen)


def _settled(texts: Sequence[str]) -> list[str]:
    """The texts, those with marks that may not be where they belong in normal form."""
    found = {match.start() for match in _MARKS.finditer("\n".join(texts))}
    settled = list(texts)
    if found:
        ends = np.cumsum([len(text) + 1 for text in texts])
        for row in set(np.searchsorted(ends, sorted(found), side="right").tolist()):
            settled[row] = normal(settled[row])
    return settled


def _spaced(text: str) -> str:
    return " ".join(text.lower().split())


def _placements(word: str) -> set[str]:
    """A word with its tones in the new place, and with them in the old."""
    old = word
    for placed, new in PLACEMENTS.items():
        old = old.replace(new, placed)
    return {word, old}


@cache
def _gate() -> _Gate:
    return _Gate()


def kinds(text: str) -> set[str]:
    """The kinds of claims in a text."""
    passing = _gate().passing(text[:LONGEST])
    if not passing:
        return set()
    return {claim.kind for claim in _in_line(normal(text[:LONGEST]), passing)}


def kinds_of(texts: Sequence[str]) -> Iterator[tuple[int, set[str]]]:
    """(index of a text, its kinds of claims), for the texts that have any."""
    cut = [text[:LONGEST] for text in texts]
    for row, passing in _gate().passing_of(cut):
        found = {claim.kind for claim in _in_line(normal(cut[row]), passing)}
        if found:
            yield row, found


def claims(text: str) -> list[Claim]:
    """The claims of a text, with their places in it as given, in order."""
    passing = _gate().passing(text[:LONGEST])
    if not passing:
        return []
    line, starts, ends = traced(text[:LONGEST])
    found = [Claim(c.kind, starts[c.start], ends[c.end - 1]) for c in _in_line(line, passing)]
    return sorted(found, key=lambda claim: (claim.start, claim.end, claim.kind))


def _in_line(line: str, passing: list[_Named]) -> list[Claim]:
    return [
        Claim(kind, match.start(), match.end())
        for kind, pattern in passing
        for match in pattern.finditer(line)
        if not DENIAL.search(line[max(0, match.start() - 60) : match.start()].rstrip())
    ]
