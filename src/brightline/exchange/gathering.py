"""Nodes to a rulebook: the same checks that read YAML files."""

from __future__ import annotations

from dataclasses import dataclass, field

from brightline.rulebook.model import Rulebook
from brightline.rulebook.nodes import Document, Mapping
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading.assembling import assemble
from brightline.rulebook.reading.book import Book, Lexicon


@dataclass
class Gathered:
    """The parts of a rulebook as nodes, from one file."""

    file: str
    head: Mapping
    law: Mapping | None = None
    sops: dict[str, Mapping] = field(default_factory=dict)
    lexicons: dict[str, Lexicon] = field(default_factory=dict)

    def rulebook(self) -> tuple[Rulebook | None, list[Problem]]:
        """The rulebook (None where it has errors), and what is wrong."""
        book = Book(Document("rulebook.yaml", self.file, root=self.head))
        if self.law is not None and self.law.entries:
            root = Mapping(self.law.line, self.law.column, self.law.end)
            root.entries["law"] = self.law
            book.law = Document("law.yaml", self.file, root=root)
        for name, node in self.sops.items():
            book.sops.append(Document(f"sops/{name}.yaml", self.file, root=node))
        book.lexicons = self.lexicons
        made = assemble(book)
        for document in book.documents:
            document.name_places()
        found = [problem for document in book.documents for problem in document.problems]
        found.sort(key=lambda problem: problem.order)
        return (None if found else made), found
