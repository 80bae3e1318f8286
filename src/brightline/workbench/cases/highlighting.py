"""A case's raw attributes with what the signals saw in them marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from brightline.rulebook.table import Table
from brightline.rulebook.telling_words import Words
from brightline.workbench.rulebooks.engine import Facts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `facts` says which facts rest on it, empty where none does."""

    text: str
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One attribute: what it is called, and its texts in pieces; a list has several texts."""

    name: str
    title: str
    texts: tuple[tuple[Piece, ...], ...]


def shown_attributes(
    attributes: Mapping[str, Any], facts: Facts, table: Table, words: Words
) -> list[Shown]:
    """The attributes in the rulebook's order, those it does not know last."""
    spans = _spans(facts, table, words)
    known = table.rulebook.subjects[table.subject].attributes
    names = [n for n in known if n in attributes] + [n for n in attributes if n not in known]
    found = []
    for name in names:
        value = attributes[name]
        if value in (None, "", []):
            continue
        if isinstance(value, (list, tuple)):
            texts = [pieces(_text(v), spans.get(f"{name}[{i}]", ())) for i, v in enumerate(value)]
        else:
            texts = [pieces(_text(value), spans.get(name, ()))]
        found.append(Shown(name, words.attribute(name), tuple(texts)))
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _spans(facts: Facts, table: Table, words: Words) -> dict[str, list[tuple[int, int, str]]]:
    """Attribute → where something was seen, and the fact that rests on it."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for name, stored in facts.items():
        place = table.places.get(name)
        label = name if place is None else words.fact(table.columns[place])
        for seen in stored.get("evidence") or ():
            span = (int(seen["start"]), int(seen["end"]), label)
            found.setdefault(str(seen["attribute"]), []).append(span)
    return found


def pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """The text cut at the spans; where some overlap, the stretch names all their facts.

    Spans are code points of the text, the end excluded; what lies outside it is left out.
    """
    kept = [(max(0, s), min(len(text), e), label) for s, e, label in spans]
    kept = [one for one in kept if one[0] < one[1]]
    cuts = sorted({0, len(text), *(s for s, _e, _l in kept), *(e for _s, e, _l in kept)})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        names = ", ".join(dict.fromkeys(x for s, e, x in kept if s <= start and end <= e))
        found.append(Piece(text[start:end], names))
    return tuple(found)
