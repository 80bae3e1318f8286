"""Facts as declared: their options, their range, and where a signal takes them from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Fact, Kind
from brightline.rulebook.nodes import (
    Document,
    Mapping,
    Node,
    Scalar,
    entries,
    find,
    items,
    shortened,
    text_of,
)
from brightline.rulebook.reading.book import Book, scalars
from brightline.rulebook.reading.names import check_declared, check_known, report_twice
from brightline.rulebook.reading.shape import did_you_mean, quietly
from brightline.rulebook.tests import number_range, option_ids

ONLY_FOR = {"options": Kind.CHOICE, "min": Kind.NUMBER, "max": Kind.NUMBER, "unit": Kind.NUMBER}


MOST_OPTIONS = 5000


def check_facts(book: Book, document: Document, subjects: dict[str, set[str]]) -> None:
    """The facts that a document declares; `subjects` names those each fact is supplied for."""
    for name, node in entries(find(document.root, ("facts",))).items():
        kind = text_of(find(node, ("kind",)))
        if kind in list(Kind):
            _check_keys(document, name, node, Kind(kind))
        _check_range(document, node)
        options = _check_options(document, find(node, ("options",)))
        if kind == Kind.YES_NO:
            options = [YES, NO]
        for supply in items(find(node, ("from",))):
            _check_supply(book, document, supply, kind, options, subjects.get(name, set()))


def declared_facts(document: Document | None) -> dict[str, Fact | None]:
    """The facts of a document by name; None for one that cannot be read."""
    if document is None:
        return {}
    numbers = {"from": True}
    facts = {
        name: quietly(node, Fact, numbers)
        for name, node in entries(find(document.root, ("facts",))).items()
    }
    return {name: fact if fact and _sound(fact) else None for name, fact in facts.items()}


def _sound(fact: Fact) -> bool:
    low, high = number_range(fact)
    return low <= high and len(option_ids(fact)) <= MOST_OPTIONS


def _check_keys(document: Document, name: str, node: Node, kind: Kind) -> None:
    for key, wanted in ONLY_FOR.items():
        given = find(node, (key,))
        if given is not None and kind is not wanted:
            document.report(
                "BL-210",
                given.key,
                _("{key} has no meaning for a fact of kind {kind}").format(key=key, kind=kind),
                _("delete it, or write kind: {kind}").format(kind=wanted),
            )
    if kind is Kind.CHOICE and not _given(find(node, ("options",))):
        at = find(node, ("options",))
        document.report(
            "BL-211",
            at.key if at is not None else node.key,
            _("the choice {name} has no options").format(name=shortened(name)),
            _("add options: with at least one option below it"),
        )


def _given(node: Node | None) -> bool:
    return node is not None and (not isinstance(node, Mapping) or bool(node.entries))


def _check_range(document: Document, node: Node) -> None:
    low, high = find(node, ("min",)), find(node, ("max",))
    if isinstance(low, Scalar) and isinstance(high, Scalar):
        least, most = low.resolved(), high.resolved()
        if isinstance(least, str) or isinstance(most, str):
            return
        if least > most:
            document.report(
                "BL-212",
                low,
                _("min is {low}, more than max, which is {high}").format(low=least, high=most),
                _("swap the two, or mend the wrong one"),
            )


def _tree(node: Node | None) -> Iterator[tuple[str, Node]]:
    """Every option of a tree, in file order."""
    for name, option in entries(node).items():
        yield name, option
        yield from _tree(find(option, ("options",)))


def _check_options(document: Document, node: Node | None) -> list[str]:
    """Reports options that share an id anywhere in the tree; returns all ids."""
    first: dict[str, int] = {}
    for name, option in _tree(node):
        assert option.key is not None
        if len(first) >= MOST_OPTIONS:
            message = _("this fact has more than {most} options").format(most=MOST_OPTIONS)
            hint = _("group them, or make several facts of them")
            document.report("BL-102", option.key, message, hint)
            break
        if name in first:
            report_twice(document, option.key, name, first[name])
            continue
        first[name] = option.key.line
        check_declared(document, {name: option})
    return list(first)


def _check_supply(
    book: Book,
    document: Document,
    supply: Node,
    kind: str | None,
    options: list[str],
    subjects: set[str],
) -> None:
    signal = text_of(find(supply, ("signal",)))
    if signal not in ("attribute", "lexicon", "number"):
        return  # a plug-in's signal knows its own parameters
    for key in ("in", "name"):
        for node in scalars(find(supply, (key,))):
            _check_attribute(book, document, node, subjects)
    if kind in (Kind.CHOICE, Kind.YES_NO):
        for key in ("map", "values"):
            for value in entries(find(supply, (key,))).values():
                _check_option(document, value, options)
        for key in ("default", "absent"):
            given = find(supply, (key,))
            if text_of(given) != "unknown":
                _check_option(document, given, options)
    if signal == "lexicon":
        _check_lexicon(book, document, supply)


def _check_attribute(book: Book, document: Document, node: Scalar, subjects: set[str]) -> None:
    for subject in sorted(subjects):
        known = book.attributes_of(subject)
        if known is not None and node.text not in known:
            document.report(
                "BL-313",
                node,
                _("a {subject} has no attribute named {name}").format(
                    subject=subject, name=shortened(node.text)
                ),
                did_you_mean(node.text, known),
            )
            return


def _check_option(document: Document, node: Node | None, options: list[str]) -> None:
    if isinstance(node, Scalar) and node.text not in options:
        report_no_option(document, node, options)


def report_no_option(document: Document, node: Scalar, options: Iterable[str]) -> None:
    """Reports a value that is no option of a fact."""
    document.report(
        "BL-307",
        node,
        _("no option named {name}").format(name=shortened(node.text)),
        did_you_mean(node.text, options),
    )


def _check_lexicon(book: Book, document: Document, supply: Node) -> None:
    lists = scalars(find(supply, ("list",)))
    if not lists:
        document.report(
            "BL-202",
            find(supply, ("signal",)),
            _("{name} is missing here").format(name="list"),
            _("name the word list: list: NAME reads lexicons/NAME.csv"),
        )
    for node in lists:
        check_known(document, node, book.lexicons, _("word list in lexicons/"))
    known = [book.lexicons.get(node.text) for node in lists]
    kinds = {kind for lexicon in known if lexicon for kind in lexicon.kinds}
    if not all(lexicon and lexicon.whole for lexicon in known):
        return
    wanted = scalars(find(supply, ("kind",)))
    wanted += [n.key for n in entries(find(supply, ("values",))).values() if n.key is not None]
    for node in wanted:
        check_known(document, node, sorted(kinds), _("kind of term in this word list"))
