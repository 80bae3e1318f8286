"""Conditions written out in full stay small enough to decide by."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.rulebook.boxes import FactKey, boxes_of
from brightline.rulebook.model import AnyOf, Fact, Rulebook, Sop
from brightline.rulebook.nodes import Path, find
from brightline.rulebook.reading.book import Book
from brightline.rulebook.tests import TestError


def check_unfolding(book: Book, rulebook: Rulebook) -> None:
    """Reports conditions of a rulebook without other errors that are too large written out."""
    shared: dict[FactKey, Fact] = {(None, name): fact for name, fact in rulebook.facts.items()}
    for sop in rulebook.sops:
        own: dict[FactKey, Fact] = {(sop.sop, name): fact for name, fact in sop.facts.items()}
        for path, condition in _conditions(sop):
            try:
                boxes_of(condition, sop, shared | own)
            except TestError as error:
                document = book.sop_named(sop.sop)
                assert document is not None
                node = find(document.root, path)
                at = node.key if node is not None and node.key is not None else node
                document.report("BL-356", at, error.message, error.hint)


def _conditions(sop: Sop) -> Iterator[tuple[Path, AnyOf]]:
    yield ("scope",), sop.scope
    yield ("impossible",), sop.impossible
    for number, clause in enumerate(sop.clauses):
        yield ("clauses", number, "when"), clause.when
