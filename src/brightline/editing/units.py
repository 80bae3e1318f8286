"""A YAML file as a tree of pieces of its text; put together again, it is the file to the letter.

A piece is an entry of a block mapping or an item of a block list, with the comment above it. What
stands in one line or in brackets is one piece. `render(units_of(text)) == text` for every file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from brightline.rulebook.nodes import Mapping, Node, Sequence, items, text_of
from brightline.rulebook.yaml_source import load

Key = str
"""The name of an entry; of an item its `id` (or `at`), else `#` and the count of such items."""


class NotYaml(ValueError):
    """The text is no YAML that can be told apart into entries; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a file. `lead` is what stands above it: comments and empty lines.

    A leaf has all its own text in `head` and no children. A branch has the line of its key there,
    or nothing where it is the item of a list; `dash` is then the column of its dash (0 is the
    first), which is blank in the text of its children. `tail` is what follows the last child.
    """

    key: Key
    lead: str = ""
    head: str = ""
    children: tuple[Unit, ...] | None = None
    dash: int = -1
    tail: str = ""

    def child(self, key: Key) -> Unit | None:
        """The child of that key."""
        return next((one for one in self.children or () if one.key == key), None)

    def at(self, *path: Key) -> Unit | None:
        """The unit at a path of keys."""
        unit: Unit | None = self
        for key in path:
            unit = unit.child(key) if unit is not None else None
        return unit

    def keys(self) -> list[Key]:
        """The keys of its children, in order."""
        return [one.key for one in self.children or ()]

    @property
    def is_list(self) -> bool:
        """Whether its children are items of a list."""
        return any(one.dash >= 0 for one in self.children or ())

    def changed(self, path: tuple[Key, ...], change: Callable[[Unit], Unit | None]) -> Unit:
        """The same with the unit at a path changed, or taken out where `change` gives None.

        Raises `KeyError` where there is none.
        """
        if not path:
            raise KeyError(path)
        one = self.child(path[0])
        if one is None:
            raise KeyError(path[0])
        new = change(one) if len(path) == 1 else one.changed(path[1:], change)
        kept = [new if child is one else child for child in self.children or ()]
        return replace(self, children=tuple(child for child in kept if child is not None))


def render(unit: Unit) -> str:
    """The text of a unit, with what stands above it."""
    return unit.lead + body(unit)


def body(unit: Unit) -> str:
    """The text of a unit without what stands above it."""
    if unit.children is None:
        return _dashed(unit.head, unit.dash)
    inner = "".join(render(child) for child in unit.children)
    if unit.dash >= 0 and unit.children and (above := unit.children[0].lead):
        return above + _dashed(inner.removeprefix(above), unit.dash) + unit.tail
    return unit.head + _dashed(inner, unit.dash) + unit.tail


def _dashed(text: str, dash: int) -> str:
    return text if dash < 0 else f"{text[:dash]}-{text[dash + 1 :]}"


def units_of(text: str) -> Unit:
    """The tree of a file. Raises `NotYaml` where it cannot be parsed."""
    document = load(text.encode("utf-8", "replace"), "")
    if document.problems or document.root is None:
        problem = document.problems[0] if document.problems else None
        raise NotYaml(problem.line if problem else 0, problem.message if problem else "")
    return _Splitter(text).root(document.root)


def numbered(
    unit: Unit, path: tuple[Key, ...] = (), line: int = 1
) -> Iterator[tuple[tuple[Key, ...], int, int]]:
    """The path of every unit, the line its own text begins at, and the line after its last."""
    line += unit.lead.count("\n")
    start = line
    line += unit.head.count("\n") if unit.dash < 0 or unit.children is None else 0
    for child in unit.children or ():
        found = list(numbered(child, (*path, child.key), line))
        yield from found
        line += render(child).count("\n")
    line += unit.tail.count("\n")
    if path:
        yield path, start, line


class _Splitter:
    """Cuts the lines of a file where the nodes of its tree begin."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines(keepends=True)

    def root(self, node: Node) -> Unit:
        start = self._first(node, 0) if self._is_block(node) else 0
        if not self._is_block(node):
            return Unit("", head="".join(self.lines))
        start = self._lead_from(start, 0, self._column(node))
        children = self._children(node, start, len(self.lines))
        return Unit("", head="".join(self.lines[:start]), children=children)

    def _is_block(self, node: Node) -> bool:
        """Whether a node's children stand in lines of their own."""
        if not isinstance(node, (Mapping, Sequence)):
            return False
        inner = list(node.entries.values()) if isinstance(node, Mapping) else node.items
        line = self.lines[node.line - 1]
        if not inner or line[node.column - 1 : node.column] in ("{", "["):
            return False
        starts = [self._place(one, isinstance(node, Mapping))[0] for one in inner]
        columns = {self._place(one, isinstance(node, Mapping))[1] for one in inner}
        return len(set(starts)) == len(starts) and len(columns) == 1 and self._all_lead(node)

    def _all_lead(self, node: Node) -> bool:
        """Whether each child begins its line (but for dashes), or stands after a dash alone."""
        if isinstance(node, Mapping):
            found = [self._place(one, True) for one in node.entries.values()]
            return all(not self.lines[at][:col].strip(" -") for at, col in found)
        return all(self._dash(one) is not None for one in items(node))

    def _place(self, node: Node, entry: bool) -> tuple[int, int]:
        """Line (from 0) and column (from 0) at which an entry's key or an item begins."""
        at = node.key if entry and node.key is not None else node
        return at.line - 1, at.column - 1

    def _dash(self, item: Node) -> int | None:
        """The column of the dash before an item, in the same line."""
        line, column = self._place(item, False)
        before = self.lines[line][:column]
        stripped = before.rstrip(" ")
        if not stripped.endswith("-") or stripped[:-1].strip(" -"):
            return None
        return len(stripped) - 1

    def _first(self, node: Node, least: int) -> int:
        inner = (
            next(iter(node.entries.values()))
            if isinstance(node, Mapping)
            else (node.items[0] if isinstance(node, Sequence) else node)
        )
        return max(least, self._place(inner, isinstance(node, Mapping))[0])

    def _column(self, node: Node) -> int:
        if isinstance(node, Sequence):
            return self._dash(node.items[0]) or 0
        assert isinstance(node, Mapping)
        return self._place(next(iter(node.entries.values())), True)[1]

    def _lead_from(self, line: int, least: int, column: int) -> int:
        """Where the comment above a line begins: comments no deeper than it, and empty lines."""
        while line > least:
            above = self.lines[line - 1]
            bare = above.lstrip(" ")
            comment = bare.startswith("#") and len(above) - len(bare) <= column
            if bare.strip() and not comment:
                break
            line -= 1
        return line

    def _children(self, node: Node, start: int, stop: int) -> tuple[Unit, ...]:
        entry = isinstance(node, Mapping)
        inner = (
            list(node.entries.values())
            if isinstance(node, Mapping)
            else (node.items if isinstance(node, Sequence) else [])
        )
        column = self._column(node)
        begins: list[int] = []
        for one in inner:
            own = self._place(one, entry)[0]
            least = begins[-1] + 1 if begins else start
            begins.append(self._lead_from(own, min(least, own), column))
        if begins:
            begins[0] = start
        found: list[Unit] = []
        unnamed = 0
        for number, one in enumerate(inner):
            end = begins[number + 1] if number + 1 < len(inner) else stop
            own = self._place(one, entry)[0]
            if entry:
                assert one.key is not None
                key = one.key.text
            else:
                name = _name(one)
                if name is None or any(name == other.key for other in found):
                    name, unnamed = f"#{unnamed}", unnamed + 1
                key = name
            found.append(self._unit(one, key, begins[number], own, end, entry))
        return tuple(found)

    def _unit(self, node: Node, key: Key, start: int, own: int, end: int, entry: bool) -> Unit:
        lead = "".join(self.lines[start:own])
        dash = -1 if entry else self._dash(node)
        assert dash is not None
        if not self._is_block(node) or (entry and self._first(node, 0) <= own):
            return Unit(key, lead, self._blanked(own, end, dash), dash=dash)
        if entry:
            first = self._first(node, own + 1)
            begin = self._lead_from(first, own + 1, self._column(node))
            head = "".join(self.lines[own:begin])
            return Unit(key, lead, head, self._children(node, begin, end))
        if isinstance(node, Sequence):  # a list right after a dash stays one piece
            return Unit(key, lead, self._blanked(own, end, dash), dash=dash)
        line = self.lines[own]
        self.lines[own] = f"{line[:dash]} {line[dash + 1 :]}"
        children = self._children(node, own, end)
        self.lines[own] = line
        return Unit(key, lead, "", children, dash)

    def _blanked(self, own: int, end: int, dash: int) -> str:
        text = "".join(self.lines[own:end])
        return text if dash < 0 else f"{text[:dash]} {text[dash + 1 :]}"


def keys_of(data: list[Any]) -> list[Key]:
    """What each item of a list of plain data is known by: as its units are."""
    found: list[Key] = []
    unnamed = 0
    for item in data:
        name = item.get("id", item.get("at")) if isinstance(item, dict) else None
        if name is None or str(name) in found:
            name, unnamed = f"#{unnamed}", unnamed + 1
        found.append(str(name))
    return found


def _name(item: Node) -> str | None:
    """What an item of a list is known by."""
    if not isinstance(item, Mapping):
        return None
    return text_of(item.get("id")) or text_of(item.get("at"))
