"""The questions of an SOP: what is asked, how to tell, the options, what supplies the answer."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _
from brightline.reports.guide.book import Book
from brightline.reports.guide.markdown import as_html, as_inline, as_plain
from brightline.rulebook.columns import Column
from brightline.rulebook.model import Fact, Kind, Sop, Supply
from brightline.rulebook.telling_words import Words, all_of
from brightline.rulebook.tests import tree


def questions(book: Book, sop: Sop, tested: set[int]) -> list[dict[str, Any]]:
    """The facts an SOP tests or declares, in the order of the file; shared ones come last."""
    columns = book.columns(sop.subject)
    own = [p for p, column in enumerate(columns) if column.key[0] == sop.sop]
    shared = [p for p, column in enumerate(columns) if column.key[0] is None and p in tested]
    return [_question(book, book.words[sop.subject], columns[place]) for place in own + shared]


def _question(book: Book, words: Words, column: Column) -> dict[str, Any]:
    fact = column.fact
    guidance = book.text(fact.guidance)
    return {
        "id": column.key[1],
        "title": words.fact(column),
        "ask": as_plain(book.text(fact.ask)),
        "asked": as_inline(book.text(fact.ask)),
        "shared": column.key[0] is None,
        "guidance": as_html(guidance) if guidance else "",
        "plain": as_plain(guidance) if guidance else "",
        "options": _options(words, column),
        "supplied": _supplied(words, fact),
    }


def _options(words: Words, column: Column) -> list[dict[str, Any]]:
    """The options of a choice with their depth in the tree; nothing of other kinds."""
    if column.fact.kind is not Kind.CHOICE:
        return []
    return [
        {"title": words.option(column, name), "depth": len(above)}
        for name, _option, above in tree(column.fact.options)
    ]


def _supplied(words: Words, fact: Fact) -> list[str]:
    """What signals supply a fact, each with whether its word is taken."""
    trusted: dict[str, set[str]] = {}
    for supply in fact.supplied_by:
        trusted.setdefault(_signal(words, supply), set()).add(supply.trust or fact.trust)
    told = []
    for source, trust in trusted.items():
        if trust == {"decides"}:
            said = _("{source} (taken as it is)")
        elif trust == {"suggests"}:
            said = _("{source} (a suggestion, to be confirmed)")
        else:
            said = _("{source} (clear words are taken as they are, others are a suggestion)")
        told.append(said.format(source=source))
    return told


def _signal(words: Words, supply: Supply) -> str:
    """Where a signal looks."""
    parameters = supply.parameters
    if supply.signal == "lexicon":
        lists = parameters.get("list", ())
        named = [lists] if isinstance(lists, str) else list(lists)
        fields = _fields(words, parameters.get("in"))
        return _("word list {lists} in {fields}").format(
            lists=all_of([f"“{name}”" for name in named]), fields=fields
        )
    if supply.signal == "attribute":
        return _("given with the case: {attribute}").format(
            attribute=words.attribute(str(parameters.get("name", "")))
        )
    if supply.signal == "number":
        return _("number read from {fields}").format(fields=_fields(words, parameters.get("in")))
    return _("signal “{name}”").format(name=supply.signal)


def _fields(words: Words, names: object) -> str:
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, (list, tuple)):
        return _("the case")
    return all_of([words.attribute(str(name)) for name in listed])
