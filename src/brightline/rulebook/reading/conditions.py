"""Conditions: each names facts that exist, tests that can be read, and definitions that end."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

from brightline.i18n import _
from brightline.rulebook.model import Fact
from brightline.rulebook.nodes import (
    Broken,
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    entries,
    find,
    items,
    shortened,
)
from brightline.rulebook.reading.book import scalars
from brightline.rulebook.reading.shape import did_you_mean, plain
from brightline.rulebook.tests import TestError, parse_test


@dataclass(slots=True)
class Scope:
    """What a condition may name: facts (None: known by name, but not readable), definitions.

    `known` is false where the shared facts are not known, so that a name may be one of them.
    `used` gathers the names of the facts that were named.
    """

    document: Document
    facts: AnyMapping[str, Fact | None]
    definitions: AnyMapping[str, Node] = field(default_factory=dict)
    known: bool = True
    used: set[str] = field(default_factory=set)

    def check(self, node: Node | None) -> None:
        """Reports everything wrong in a condition, or in a list of which any may hold."""
        for condition in items(node):
            if isinstance(condition, Mapping):
                for name, test in condition.entries.items():
                    self._check_one(name, test)

    def _check_one(self, name: str, test: Node) -> None:
        if name in ("is", "is_not"):
            for term in scalars(test):
                if term.text not in self.definitions:
                    self._report_definition(term)
            return
        if name not in self.facts:
            assert test.key is not None
            self.report_fact(test.key)
            return
        self.used.add(name)
        fact = self.facts[name]
        if fact is not None and not _broken(test):
            self._check_test(fact, test)

    def report_fact(self, key: Scalar) -> None:
        """Reports a name that is no fact here."""
        if not self.known:
            return
        if key.text in self.definitions:
            hint = _("write is: {name}, it is a definition").format(name=key.text)
        else:
            hint = did_you_mean(key.text, self.facts) or ""
        message = _("there is no fact named {name}").format(name=shortened(key.text))
        self.document.report("BL-306", key, message, hint or None)

    def _report_definition(self, term: Scalar) -> None:
        message = _("there is no definition named {name}").format(name=shortened(term.text))
        self.document.report("BL-308", term, message, did_you_mean(term.text, self.definitions))

    def _check_test(self, fact: Fact, test: Node) -> bool:
        """Reports an unreadable test at the smallest part that is at fault by itself."""
        error = _error(fact, plain(test, free=True))
        if error is None:
            return False
        inner: list[Node] = []
        if isinstance(test, Sequence):
            inner = test.items
        elif isinstance(test, Mapping) and list(test.entries) == ["not"]:
            inner = [test.entries["not"]]
        elif isinstance(test, Mapping) and list(test.entries) == ["under"]:
            return self._check_under(fact, items(test.entries["under"]))
        wrong = [part for part in inner if self._check_test(fact, part)]
        if wrong:
            return True
        at = next((part.key for part in entries(test).values() if part.key), None) or test
        self.document.report("BL-307", at, *_shortened(error))
        return True

    def _check_under(self, fact: Fact, nodes: list[Node]) -> bool:
        for node in nodes:
            error = _error(fact, {"under": plain(node, free=True)})
            if error is not None:
                self.document.report("BL-307", node, *_shortened(error))
        return True


def _error(fact: Fact, raw: object) -> TestError | None:
    try:
        parse_test(fact, raw)
    except TestError as error:
        return error
    return None


def _shortened(error: TestError) -> tuple[str, str | None]:
    return shortened(error.message, 200), shortened(error.hint, 200) if error.hint else None


def _broken(node: Node) -> bool:
    if isinstance(node, Broken):
        return True
    inner = node.items if isinstance(node, Sequence) else entries(node).values()
    return any(_broken(child) for child in inner)


def check_circles(document: Document, definitions: AnyMapping[str, Node]) -> None:
    """Reports each circle of definitions once, at the name that closes it."""
    done: set[str] = set()

    def visit(name: str, open_: list[str]) -> None:
        open_.append(name)
        for term in _terms(definitions[name]):
            if term.text in open_:
                circle = " → ".join([*open_[open_.index(term.text) :], term.text])
                document.report(
                    "BL-309",
                    term,
                    _("definitions go in a circle: {circle}").format(circle=shortened(circle, 200)),
                    _("write one of them without the other"),
                )
            elif term.text in definitions and term.text not in done:
                visit(term.text, open_)
        open_.pop()
        done.add(name)

    for name in definitions:
        if name not in done and len(definitions) <= 500:
            visit(name, [])


def _terms(node: Node) -> list[Scalar]:
    return [
        term
        for condition in items(node)
        for word in ("is", "is_not")
        for term in scalars(find(condition, (word,)))
    ]
