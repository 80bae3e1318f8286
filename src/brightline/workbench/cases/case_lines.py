"""A case as people read it: its attributes by their titles, in order, with what was seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from brightline.i18n import _, format_date, format_number
from brightline.rulebook.columns import Column
from brightline.rulebook.model import Attribute, Kind
from brightline.rulebook.table import Table
from brightline.rulebook.telling_words import Words
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.spans import Piece, Seen, evidence_of, pieces

MOST_TEXT = 20_000
"""Characters of one text that are shown; the rest is said to be there."""
_GROUPS = {"text": 0, "list": 0, "money": 1, "number": 2, "choice": 2, "yes_no": 2, "link": 3}
_IDS = ("_id", "_at")
_LEFT_OUT = ("pictures",)


@dataclass(frozen=True, slots=True)
class Line:
    """One attribute: its title, and its value in pieces. `group` keeps like with like."""

    name: str
    title: str
    value: tuple[Piece, ...]
    group: int
    more: int = 0
    """Characters that are not shown."""


def lines(case: Case, table: Table, marked: bool = True) -> list[Line]:
    """The attributes of a case in reading order; texts first, then money, then the rest.

    `marked` off leaves out what the signals saw.
    """
    words = Words(table.rulebook, table.subject)
    known = table.rulebook.subjects[table.subject].attributes
    seen = _seen(case, table, words) if marked else {}
    order = {name: place for place, name in enumerate(known)}
    found: list[tuple[tuple[int, int], Line]] = []
    for name, raw in case.attributes.items():
        if raw is None or raw == "" or raw == [] or name in _LEFT_OUT:
            continue
        attribute = known.get(name)
        group = _group(name, attribute)
        for label, text in _texts(name, raw, attribute, case, table, words):
            title = words.attribute(name) if attribute else name
            if label != name:
                title = f"{title} {label[len(name) :]}"
            shown = text[:MOST_TEXT]
            line = Line(
                label, title, tuple(pieces(shown, seen.get(label, ()))), group,
                len(text) - len(shown),
            )  # fmt: skip
            found.append(((group, order.get(name, len(order))), line))
    return [line for _key, line in sorted(found, key=lambda pair: pair[0])]


def headline(case_attributes: Mapping[str, Any]) -> str:
    """The first text of a case, short: what to call it in one line."""
    for value in case_attributes.values():
        if isinstance(value, str) and value.strip():
            return value.strip()[:80]
    return ""


def _group(name: str, attribute: Attribute | None) -> int:
    if name.endswith(_IDS) or (attribute is not None and attribute.kind == "date"):
        return 4
    if attribute is None:
        return 5
    return _GROUPS.get(attribute.kind, 3)


def _texts(
    name: str, raw: Any, attribute: Attribute | None, case: Case, table: Table, words: Words
) -> Iterable[tuple[str, str]]:
    """The (label, text) pairs of a value: one, or one an item of a list."""
    if isinstance(raw, (list, tuple)):
        for place, item in enumerate(raw[:50]):
            yield f"{name}[{place}]", item if isinstance(item, str) else _plain(item)
        return
    if isinstance(raw, str) and (attribute is None or attribute.kind in ("text", "link")):
        yield name, raw
        return
    yield name, _in_words(name, raw, attribute, case, table, words)


def _in_words(
    name: str, raw: Any, attribute: Attribute | None, case: Case, table: Table, words: Words
) -> str:
    """A value as the rulebook calls it, where a fact takes it from this attribute."""
    kind = attribute.kind if attribute is not None else ""
    if kind in ("money", "number") and isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return f"{format_number(raw)} ₫" if kind == "money" else format_number(raw)
    if kind == "date" and isinstance(raw, str):
        return _day(raw)
    for fact, stored in case.facts.items() if kind == "choice" else ():
        column = _column(table, fact) if stored["source"] == f"attribute:{name}" else None
        if column is not None and column.fact.kind is Kind.CHOICE:
            return words.value(column, stored["value"])
    return _plain(raw)


def _plain(raw: Any) -> str:
    if isinstance(raw, bool):
        return _("yes") if raw else _("no")
    if isinstance(raw, (int, float)):
        return format_number(raw)
    return str(raw)


def _day(raw: str) -> str:
    try:
        return format_date(date.fromisoformat(raw[:10]))
    except ValueError:
        try:
            return format_date(datetime.fromisoformat(raw))
        except ValueError:
            return raw


def _column(table: Table, fact: str) -> Column | None:
    place = table.places.get(fact)
    return None if place is None else table.columns[place]


def _seen(case: Case, table: Table, words: Words) -> dict[str, list[Seen]]:
    """What the signals saw, by attribute, each with the fact that rests on it in words."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for fact, stored in case.facts.items():
        column = _column(table, fact)
        if column is None:
            continue
        for one in evidence_of(stored):
            kind, _colon, rest = str(stored["source"]).partition(":")
            by = (
                _("word list “{list}”").format(list=rest)
                if kind == "lexicon"
                else _("signal “{name}”").format(name=kind)
            )
            said = _("{who}: {statement}").format(
                who=by, statement=words.statement(column, stored["value"])
            )
            found[str(one["attribute"])].append(Seen(one["start"], one["end"], said))
    return found
