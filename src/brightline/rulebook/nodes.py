"""The tree of a YAML file: scalars, lists and mappings, each with its place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from brightline.rulebook.problems import Problem

_INTEGER = re.compile(r"[-+]?[0-9]{1,30}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")
LONGEST_NUMBER = 40
"""Longer runs of digits stay text: no fact needs them and turning them into a number is slow."""


class Node:
    """A value in the file. Lines and columns count from 1; `end` is the column after its last."""

    __slots__ = ("column", "end", "key", "line")

    def __init__(self, line: int, column: int, end: int) -> None:
        self.line = line
        self.column = column
        self.end = end
        self.key: Scalar | None = None
        """The key this value stands under, where its parent is a mapping."""


class Scalar(Node):
    """A string, plain or quoted."""

    __slots__ = ("plain", "text")

    def __init__(self, line: int, column: int, end: int, text: str, plain: bool) -> None:
        super().__init__(line, column, end)
        self.text = text
        self.plain = plain

    def resolved(self) -> str | int | float:
        """A plain scalar by the core rules of YAML 1.2: a number where it looks like one.

        `yes`, `no` and dates stay words; so does all that is quoted.
        """
        text = self.text
        if self.plain and text and len(text) <= LONGEST_NUMBER and text[0] in "-+.0123456789":
            if _INTEGER.match(text):
                return int(text)
            if _FLOAT.match(text):
                return float(text)
        return text


class Broken(Node):
    """Stands where something was refused already, so that nothing else is said about it."""

    __slots__ = ()


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int, end: int) -> None:
        super().__init__(line, column, end)
        self.items: list[Node] = []


class Mapping(Node):
    """Keys and their values, in file order."""

    __slots__ = ("entries",)

    def __init__(self, line: int, column: int, end: int) -> None:
        super().__init__(line, column, end)
        self.entries: dict[str, Node] = {}

    def get(self, name: str) -> Node | None:
        return self.entries.get(name)


class Enough(Exception):
    """A document has so many problems that looking for more would only bury them."""


MOST_PROBLEMS = 100


@dataclass(slots=True)
class Document:
    """One file of a rulebook: its lines, its tree (None where it cannot be parsed), its problems.

    `name` is the place in the rulebook (`sops/x.yaml`), `file` the path as the user knows it.
    """

    name: str
    file: str
    lines: list[str] = field(default_factory=list)
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    _nodes: dict[int, Node] = field(default_factory=dict)
    digest: bytes = b""
    """SHA-256 of the file, where it could be read."""

    def copy(self) -> Document:
        """The same document, to which problems can be added apart."""
        return replace(self, problems=list(self.problems), _nodes=dict(self._nodes))

    def report(self, code: str, node: Node | None, message: str, hint: str | None = None) -> None:
        """Adds a problem at a node (a key is a node too); None means the file as a whole.

        Raises `Enough` after the hundredth.
        """
        if node is not None and len(self.problems) < MOST_PROBLEMS:
            self._nodes[len(self.problems)] = node
        self.add(self.problem(code, node, message, hint))

    def add(self, problem: Problem) -> None:
        """Adds a problem; raises `Enough` with the hundredth and after it."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise Enough

    def problem(
        self, code: str, node: Node | None, message: str, hint: str | None = None
    ) -> Problem:
        """A problem at a node, not added to the list."""
        if node is None:
            return Problem(self.file, 0, 0, 0, code, message, hint, self.name)
        return self.problem_at(code, node.line, node.column, node.end, message, hint)

    def problem_at(
        self, code: str, line: int, column: int, end: int, message: str, hint: str | None = None
    ) -> Problem:
        """A problem at a place in the file, not added to the list."""
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        end = max(column + 1, min(end, len(source) + 1))
        return Problem(self.file, line, column, end, code, message, hint, self.name, source)

    def name_places(self) -> None:
        """Gives every reported problem its path in the rulebook, in one walk over the tree."""
        if self.root is None or not self._nodes:
            return
        paths = paths_to(self.root, self._nodes.values())
        for number, node in self._nodes.items():
            if path := paths.get(id(node)):
                place = f"{self.name}: {written(path)}"
                self.problems[number] = replace(self.problems[number], path=place)
        self._nodes.clear()


Path = tuple[str | int, ...]


def written(path: Path) -> str:
    """`("clauses", 2, "when")` as `clauses[2].when`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def children(node: Node) -> Iterator[tuple[str | int, Node]]:
    """The nodes directly below, with the step that leads to each."""
    if isinstance(node, Mapping):
        yield from node.entries.items()
    elif isinstance(node, Sequence):
        yield from enumerate(node.items)


def paths_to(root: Node, wanted: Iterable[Node]) -> dict[int, Path]:
    """Paths from the root to nodes or keys, by the `id` of the node."""
    names = {id(node) for node in wanted}
    found: dict[int, Path] = {}
    stack: list[tuple[Node, Path]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        for one in (node, node.key):
            if one is not None and id(one) in names:
                found[id(one)] = path
        stack.extend((child, (*path, step)) for step, child in children(node))
    return found


def find(root: Node | None, path: Path) -> Node | None:
    """The node at a path. A single mapping where a list is meant counts as its only item."""
    node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.entries.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif not (isinstance(node, Mapping) and step == 0):
            return None
    return node


def handle(node: Node) -> Node:
    """The token to point at when something is missing in a node: its key, else its first key."""
    if node.key is not None:
        return node.key
    if isinstance(node, Mapping) and node.entries:
        return next(iter(node.entries.values())).key or node
    return node


def items(node: Node | None) -> list[Node]:
    """The items of a list; a single mapping or scalar counts as its only item."""
    if node is None or isinstance(node, Broken):
        return []
    return node.items if isinstance(node, Sequence) else [node]


def entries(node: Node | None) -> dict[str, Node]:
    """The entries of a mapping; none where the node is anything else."""
    return node.entries if isinstance(node, Mapping) else {}


def text_of(node: Node | None) -> str | None:
    """The text of a scalar; None where the node is anything else."""
    return node.text if isinstance(node, Scalar) else None


def nfc(text: str) -> str:
    """The text in Unicode's normal form C."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def shortened(text: str, most: int = 60) -> str:
    """A name fit for a message: control characters and excess length left out."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: most + 1])
    return clean[:most] + "…" if len(clean) > most else clean
