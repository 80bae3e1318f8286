"""A text cut where signals saw something, so that a page can mark it; spans may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

WHOLE = "attribute"
"""Signals that take an attribute as it is: their evidence is the whole text, no use marked."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A place in a text (code points, `end` excluded) and what was seen there, in words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `seen` says what lies over it, none where nothing does."""

    text: str
    seen: tuple[str, ...] = ()


def pieces(text: str, places: Iterable[Seen]) -> list[Piece]:
    """The text in pieces, in order; joined they are the text again. Spans outside it are cut."""
    inside = [
        Seen(max(0, place.start), min(len(text), place.end), place.words)
        for place in places
        if place.start < place.end and place.start < len(text) and place.end > 0
    ]
    cuts = sorted({0, len(text), *(p.start for p in inside), *(p.end for p in inside)})
    found = []
    for start, end in pairwise(cuts):
        over = dict.fromkeys(p.words for p in inside if p.start <= start and end <= p.end)
        found.append(Piece(text[start:end], tuple(over)))
    return found


def evidence_of(stored: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The places that a stored fact rests on, those that are worth marking."""
    if str(stored.get("source", "")).partition(":")[0] == WHOLE:
        return []
    return [
        one
        for one in stored.get("evidence") or ()
        if isinstance(one.get("start"), int) and isinstance(one.get("end"), int)
    ]
