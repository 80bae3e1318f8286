"""Nodes with places made of other things than YAML files: cells, elements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import SupportsIndex

from brightline.rulebook.nodes import Broken, Document, Mapping, Node, Scalar, Sequence, nfc
from brightline.rulebook.yaml_source import load


class Line(int):
    """A line number that is told as something else: a row of a sheet."""

    shown: str

    def __new__(cls, number: SupportsIndex, shown: str) -> Line:
        """The number, and how it is told."""
        line = int.__new__(cls, number)
        line.shown = shown
        return line

    def __format__(self, _spec: str) -> str:
        return self.shown


class Place:
    """Where something stands: a line (or `Line`) and a column, both from 1."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int = 1) -> None:
        self.line, self.column = line, column

    def scalar(self, text: str, plain: bool = False) -> Scalar:
        """A text here; `plain`: read as a number where it looks like one."""
        return Scalar(self.line, self.column, self.column + 1, nfc(text), plain)

    def broken(self) -> Broken:
        """Stands for what was refused here."""
        return Broken(self.line, self.column, self.column + 1)

    def mapping(self) -> Mapping:
        """An empty mapping here."""
        return Mapping(self.line, self.column, self.column + 1)

    def sequence(self, items: Iterable[Node] = ()) -> Sequence:
        """A list here."""
        made = Sequence(self.line, self.column, self.column + 1)
        made.items.extend(items)
        return made

    def parsed(self, text: str) -> tuple[Node | None, Document]:
        """A value in YAML's notation, all of it placed here; and its document with its problems."""
        document = load(text.encode("utf-8", "replace"), "")
        return (None if document.root is None else self.moved(document.root)), document

    def moved(self, node: Node) -> Node:
        """The node and all in it, placed here."""
        stack = [node]
        while stack:
            one = stack.pop()
            one.line, one.column, one.end = self.line, self.column, self.column + 1
            if one.key is not None:
                one.key.line, one.key.column, one.key.end = self.line, self.column, self.column + 1
            if isinstance(one, Mapping):
                stack += one.entries.values()
            elif isinstance(one, Sequence):
                stack += one.items
        return node


def put(mapping: Mapping, key: str, value: Node, at: Scalar | None = None) -> None:
    """Sets an entry; the key stands where the value does, or at `at`."""
    value.key = at or Scalar(value.line, value.column, value.end, key, False)
    mapping.entries[key] = value


def shifted(node: Node, lines: int) -> Node:
    """The node of a text that begins so many lines further down in a larger file."""
    stack = [node]
    while stack:
        one = stack.pop()
        one.line += lines
        if one.key is not None:
            one.key.line += lines
        if isinstance(one, Mapping):
            stack += one.entries.values()
        elif isinstance(one, Sequence):
            stack += one.items
    return node
