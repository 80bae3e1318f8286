"""What a rulebook's folder holds, as far as it could be parsed: the ground of all checks."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from brightline.rulebook.lookup import Table
from brightline.rulebook.model import Term
from brightline.rulebook.nodes import Document, Node, Scalar, entries, find, items, text_of


@dataclass(slots=True)
class Lexicon:
    """A word list as read: its terms, the kinds they have, and whether it was read in full."""

    document: Document
    terms: tuple[Term, ...] = ()
    kinds: frozenset[str] = frozenset()
    whole: bool = True


@dataclass(slots=True)
class TableFile:
    """A table: the file it stands in, and what it holds, not looked at; None for a bad name."""

    document: Document
    table: Table | None = None


@dataclass
class Book:
    """The documents of a rulebook. A document whose `root` is None could not be parsed."""

    head: Document
    law: Document | None = None
    sops: list[Document] = field(default_factory=list)
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    tables: dict[str, TableFile] = field(default_factory=dict)
    kept: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)
    """Models made of files before, by the file's name, each with what it was made of."""

    @property
    def documents(self) -> list[Document]:
        law = [self.law] if self.law else []
        lists = [words.document for words in self.lexicons.values()]
        tables = [file.document for file in self.tables.values()]
        return [self.head, *law, *self.sops, *lists, *tables]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that every text must have; empty where that is not known."""
        found = (text_of(node) for node in items(find(self.head.root, ("languages",))))
        return tuple(code for code in found if code)

    def named(self, section: str) -> dict[str, Node] | None:
        """The entries of a section of rulebook.yaml (or `law`); None where it cannot be known."""
        document = self.law if section == "law" else self.head
        if document is None:
            return {}
        if document.root is None:
            return None
        return entries(find(document.root, (section,)))

    def attributes_of(self, subject: str | None) -> dict[str, Node] | None:
        """The attributes of a subject; None where there is no such subject."""
        if subject is None or subject not in (self.named("subjects") or {}):
            return None
        return entries(find(self.head.root, ("subjects", subject, "attributes")))

    def sop_named(self, name: str) -> Document | None:
        """The file of an SOP, by the file's name."""
        return next((one for one in self.sops if sop_id(one) == name), None)


def sop_id(document: Document) -> str:
    """The id that an SOP's file name gives it."""
    return document.name.removeprefix("sops/").removesuffix(".yaml")


def scalars(node: Node | None) -> list[Scalar]:
    """The scalars of a list, or the one that stands in its place."""
    return [item for item in items(node) if isinstance(item, Scalar)]
