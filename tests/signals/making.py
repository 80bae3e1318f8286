"""Small rulebooks for the tests of signals: only what a signal looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from brightline.rulebook.lookup import Table
from brightline.rulebook.model import Fact, Rulebook, Term
from brightline.signals.asked import requests_of
from brightline.signals.registry import Registry
from brightline.signals.spec import Reading
from brightline.signals.supplying import Supplier

T = {"vi": "chữ", "en": "text"}
KINDS = {"title": "text", "description": "text", "price": "money", "tags": "list",
         "rating": "number", "used": "yes_no", "brand": "choice", "category": "choice",
         "number": "text", "created_at": "date"}  # fmt: skip


def option(vi: str = "chữ", en: str = "text", **nested: Any) -> dict[str, Any]:
    return {"vi": vi, "en": en, "options": nested}


def terms(*rows: str | tuple[str, str] | tuple[str, str, bool]) -> tuple[Term, ...]:
    """Rows of a word list: term, kind (default `word`), fold."""
    found = []
    for row in rows:
        term, kind, fold = (row, "word", False) if isinstance(row, str) else (*row, False)[:3]
        found.append(Term(term=term, kind=kind, fold=fold))
    return tuple(found)


def rulebook(
    facts: Mapping[str, Mapping[str, Any]] | None = None,
    lexicons: Mapping[str, Sequence[Term]] | None = None,
    shared: Mapping[str, Mapping[str, Any]] | None = None,
    data: Mapping[str, str | None] | None = None,
) -> Rulebook:
    """A rulebook with one SOP named `sop` on listings, with these facts.

    `data`: table → the text of its file of 2026-11-20; None declares a table without rows.
    """
    sop = {
        "sop": "sop", "title": T, "subject": "listing", "owner": "team", "purpose": T,
        "review_by": date(2027, 6, 30), "facts": dict(facts or {}), "cannot_tell": "allow",
        "clauses": [{"id": "C-9", "title": T, "otherwise": "yes", "action": "allow"}],
    }  # fmt: skip
    made = Rulebook.model_validate(
        {
            "rulebook": "test", "title": T, "market": "VN", "languages": ["vi", "en"],
            "subjects": {
                "listing": {
                    "title": T,
                    "attributes": {n: {"kind": k, "title": T} for n, k in KINDS.items()},
                },
                "review": {"title": T, "attributes": {"body": {"kind": "text", "title": T}}},
            },
            "actions": {"allow": {"title": T, "severity": 0, "violation": "no"}},
            "lexicons": {name: tuple(rows) for name, rows in (lexicons or {}).items()},
            "facts": dict(shared or {}), "sops": [sop],
            "tables": {name: {"title": T} for name in data or {}},
        }
    )  # fmt: skip
    tables = {name: table(text, name) for name, text in (data or {}).items() if text is not None}
    return made.model_copy(update={"data": tables})


def table(text: str, name: str = "table") -> Table:
    """A table of 2026-11-20 with this text."""
    day = date(2026, 11, 20)
    return Table(name, day, f"tables/{name}.{day}.csv", text.encode())


def supplier(book: Rulebook, known: Registry | None = None) -> Supplier:
    return Supplier(book, "listing", known or Registry())


def fact(kind: str, source: Mapping[str, Any] | Sequence[Mapping[str, Any]], **more: Any) -> Any:
    """A fact as written, with its `from:`."""
    return {"kind": kind, "from": source, **more}


def read(
    declared: Mapping[str, Any],
    attributes: Mapping[str, object],
    lexicons: Mapping[str, Sequence[Term]] | None = None,
    data: Mapping[str, str | None] | None = None,
) -> Reading:
    """What is supplied for one fact of one case."""
    book = rulebook({"it": declared}, lexicons, data=data)
    return supplier(book).supply(attributes)["sop.it"]


def read_all(
    declared: Mapping[str, Any],
    cases: Sequence[Mapping[str, object]],
    data: Mapping[str, str | None] | None = None,
) -> list[Any]:
    """The values supplied for many cases at once, as columns; every attribute a text or number."""
    names = {name for case in cases for name in case}
    columns = {name: pa.array([case.get(name) for case in cases]) for name in names}
    found = supplier(rulebook({"it": declared}, data=data)).supply_columns(columns, len(cases))
    return [found["sop.it"].value(row) for row in range(len(cases))]


def problems(
    declared: Mapping[str, Any],
    lexicons: Mapping[str, Sequence[Term]] | None = None,
    data: Mapping[str, str | None] | None = None,
) -> list[str]:
    """What `check` says about one fact's `from:`."""
    from brightline.signals.checking import signal_problems

    book = rulebook({"it": declared}, lexicons, data=data)
    return [p.message for p in signal_problems(book, Registry())]


def requests(book: Rulebook, name: str = "it") -> Any:
    return requests_of(f"sop.{name}", book.sops[0].facts[name])


def words_in(text: str, *rows: Any, attribute: str = "title") -> list[str]:
    """The stretches of a text that a word list of these rows hits."""
    declared = fact("yes_no", {"signal": "lexicon", "list": "words", "in": [attribute]})
    reading = read(declared, {attribute: text}, {"words": terms(*rows)})
    assert all(text[e.start : e.end] == e.text for e in reading.evidence)
    assert (reading.value == "yes") is bool(reading.evidence)
    return [e.text for e in reading.evidence]


__all__ = ["Fact", "fact", "option", "problems", "read", "rulebook", "supplier", "terms"]
