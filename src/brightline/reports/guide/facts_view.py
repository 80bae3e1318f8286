"""The questions of an SOP: what is asked, how to tell, the options, what supplies the answer."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _
from brightline.reports.guide.book import Book
from brightline.reports.guide.markdown import as_html, as_plain
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
        "ask": book.text(fact.ask),
        "shared": column.key[0] is None,
        "guidance": as_html(guidance) if guidance else "",
        "plain": as_plain(guidance) if guidance else "",
        "options": _options(words, column),
        "supplied": [_supplied(words, fact, supply) for supply in fact.supplied_by],
    }


def _options(words: Words, column: Column) -> list[dict[str, Any]]:
    """The options of a choice with their depth in the tree; nothing of other kinds."""
    if column.fact.kind is not Kind.CHOICE:
        return []
    return [
        {"title": words.option(column, name), "depth": len(above)}
        for name, _option, above in tree(column.fact.options)
    ]


def _supplied(words: Words, fact: Fact, supply: Supply) -> str:
    """What a signal does, and whether its word is taken."""
    parameters = supply.parameters
    if supply.signal == "lexicon":
        lists = parameters.get("list", ())
        named = [lists] if isinstance(lists, str) else list(lists)
        fields = _fields(words, parameters.get("in"))
        said = _("word list {lists} in {fields}").format(
            lists=all_of([f"“{name}”" for name in named]), fields=fields
        )
    elif supply.signal == "attribute":
        said = _("given with the case: {attribute}").format(
            attribute=words.attribute(str(parameters.get("name", "")))
        )
    elif supply.signal == "number":
        said = _("number read from {fields}").format(fields=_fields(words, parameters.get("in")))
    else:
        said = _("signal “{name}”").format(name=supply.signal)
    if (supply.trust or fact.trust) == "decides":
        return _("{source} (taken as it is)").format(source=said)
    return _("{source} (a suggestion, to be confirmed)").format(source=said)


def _fields(words: Words, names: object) -> str:
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, (list, tuple)):
        return _("the case")
    return all_of([words.attribute(str(name)) for name in listed])
