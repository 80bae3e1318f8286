"""YAML text to a tree of nodes with places; everything a rulebook has no use for is refused.

libyaml gives the events, the tree is built here (docs/decisions/001-yaml-events.md says why).
Time and memory are bounded whatever the file holds: its size is limited before it is parsed,
anchors are never followed, and parsing stops at the first list or mapping nested too deeply.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml

from brightline.i18n import _
from brightline.rulebook.nodes import (
    Broken,
    Document,
    Enough,
    Mapping,
    Node,
    Scalar,
    Sequence,
    nfc,
    shortened,
)
from brightline.rulebook.plain_text import CONTROL, decoded
from brightline.rulebook.yaml_errors import DEEPEST, explained

_QUESTION, _HIDDEN = re.compile(r"(?<=[^\s,\[{])\?"), "\ue03f"


def pure_events() -> Any:
    """PyYAML's own event parser, for where it was built without libyaml: the same, but slower.

    It ends a plain text in brackets at a question mark (`{vi: Gì?, en: …}`), as YAML 1.1 had it.
    So a question mark that can be no indicator is hidden from it.
    """
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class Pure(Reader, Scanner, Parser):
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, _QUESTION.sub(_HIDDEN, stream))
            Scanner.__init__(self)
            Parser.__init__(self)

        def get_event(self) -> Any:
            event = super().get_event()  # type: ignore[no-untyped-call]
            if isinstance(event, yaml.ScalarEvent):
                event.value = event.value.replace(_HIDDEN, "?")
            return event

    return Pure


def libyaml_events() -> Any:
    """libyaml's event parser, or PyYAML's own where libyaml is missing."""
    try:
        from yaml import cyaml
    except ImportError:
        return pure_events()
    return vars(cyaml)["CParser"]


Events = libyaml_events()

LARGEST_FILE = 2 * 1024 * 1024
LONGEST_SCALAR = 64 * 1024
MOST_VALUES = 200_000

_TRUTH = re.compile(r"true|True|TRUE|false|False|FALSE")
_NULL = re.compile(r"~|null|Null|NULL|")


def load(data: bytes, name: str, file: str = "") -> Document:
    """The tree of a YAML file, with every problem found in it. Raises nothing."""
    document = decoded(data, Document(name, file or name), LARGEST_FILE)
    if not document.problems:
        _Builder(document).build()
    return document


class _Builder:
    """Turns events into the tree of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.events: Any = None
        self.event: Any = None
        self.depth = 0
        self.values = 0

    def build(self) -> None:
        try:
            self.events = Events("\n".join(self.document.lines))
            self._next()
            self._next()
            if isinstance(self.event, yaml.StreamEndEvent):
                self.document.report("BL-104", None, _("this file is empty"))
                return
            self._next()
            self.document.root = self._node()
            self._next()
            self._next()
            if not isinstance(self.event, yaml.StreamEndEvent):
                self._refuse(
                    "BL-105",
                    self._place(),
                    _("a second document starts here"),
                    _("keep one document a file: take out the line ---"),
                )
        except yaml.MarkedYAMLError as error:
            self.document.problems.append(explained(error, self.document))
        except Enough:
            self.document.root = None

    def _next(self) -> None:
        self.event = self.events.get_event()

    def _place(self) -> Node:
        """The place of the current event; of a text over several lines, its first line."""
        start, end = self.event.start_mark, self.event.end_mark
        line = start.line
        last = end.column if end.line == line else len(self.document.lines[line].rstrip())
        return Broken(line + 1, start.column + 1, last + 1)

    def _refuse(self, code: str, node: Node, message: str, hint: str | None = None) -> None:
        self.document.add(self.document.problem(code, node, message, hint))

    def _node(self) -> Node:
        """The node that starts at the current event; afterwards its last event is current."""
        event = self.event
        self.values += 1
        if self.values > MOST_VALUES:
            message = _("this file holds more than {most} values").format(most=MOST_VALUES)
            self._refuse("BL-102", self._place(), message, _("split it"))
            raise Enough
        if isinstance(event, yaml.AliasEvent):
            place = self._place()
            self._refuse_reference(place, f"*{shortened(str(event.anchor))}")
            return place
        if event.anchor is not None:
            place = self._place()
            place.end = place.column + len(event.anchor) + 1
            self._refuse_reference(place, f"&{shortened(event.anchor)}")
        if event.tag is not None:
            self._refuse(
                "BL-105",
                self._place(),
                _("a tag ({tag}) has no place in a rulebook").format(tag=shortened(event.tag)),
                _("delete it; quote the value where the text itself starts with !"),
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar()
        self.depth += 1
        if self.depth > DEEPEST:
            message = _("lists and mappings are nested more than {most} deep").format(most=DEEPEST)
            self._refuse("BL-102", self._place(), message, _("a bracket may be left open above"))
            raise Enough
        node = self._mapping() if isinstance(event, yaml.MappingStartEvent) else self._sequence()
        self.depth -= 1
        return node

    def _refuse_reference(self, place: Node, written: str) -> None:
        self._refuse(
            "BL-105",
            place,
            _("anchors and aliases ({name}) have no place in a rulebook").format(name=written),
            _("write the value out again; quote it where the text itself starts with & or *"),
        )

    def _sequence(self) -> Sequence:
        place = self._place()
        node = Sequence(place.line, place.column, place.end)
        self._next()
        while not isinstance(self.event, yaml.SequenceEndEvent):
            item = self._node()
            node.items.append(item if self._is_given(item, None) else _broken(item))
            self._next()
        self._close(node)
        return node

    def _close(self, node: Node) -> None:
        """Extends a node in brackets to its closing bracket, where that is in the same line."""
        end = self.event.end_mark
        if end.line + 1 == node.line:
            node.end = max(node.end, end.column + 1)

    def _mapping(self) -> Mapping:
        place = self._place()
        node = Mapping(place.line, place.column, place.end)
        self._next()
        while not isinstance(self.event, yaml.MappingEndEvent):
            key = self._key()
            self._next()
            value = self._node()
            self._next()
            if key is None:
                continue
            if not self._is_given(value, key):
                value = _broken(value)
            value.key = key
            if key.text in node.entries:
                first = node.entries[key.text].key
                assert first is not None
                self._refuse(
                    "BL-106",
                    key,
                    _("{name} stands here twice; the first is in line {line}").format(
                        name=shortened(key.text), line=first.line
                    ),
                    _("delete one of the two"),
                )
            else:
                node.entries[key.text] = value
        self._close(node)
        return node

    def _key(self) -> Scalar | None:
        written = self.event.value if isinstance(self.event, yaml.ScalarEvent) else ""
        node = self._node()
        if not unicodedata.is_normalized("NFC", written):
            message = _("the letters of this name are stored in an unusual way (not Unicode NFC)")
            self._refuse("BL-109", node, message, _("type the name again"))
            return None
        if not isinstance(node, Scalar) or (node.plain and not isinstance(node.resolved(), str)):
            if not isinstance(node, Broken):
                hint = _('put a number in quotes: "2026"; put text with { or [ in quotes too')
                self._refuse("BL-109", node, _("a key here must be a name"), hint)
            return None
        if node.plain and _NULL.fullmatch(node.text):
            self._refuse("BL-109", node, _("a key here must be a name"))
            return None
        return node

    def _is_given(self, node: Node, key: Scalar | None) -> bool:
        """Whether the value is one; empty ones and true or false are reported."""
        if not isinstance(node, Scalar) or not node.plain:
            return True
        if _NULL.fullmatch(node.text):
            self._refuse(
                "BL-107",
                node if key is None or node.text else key,
                _("a value is missing here")
                if key is None
                else _("{name} has no value").format(name=shortened(key.text)),
                _("write one, or delete the line"),
            )
            return False
        if _TRUTH.fullmatch(node.text):
            self._refuse(
                "BL-108",
                node,
                _("{word} is not a word of the rulebook").format(word=node.text),
                _("write yes or no; put quotes around it where it is part of a text"),
            )
            return False
        return True

    def _scalar(self) -> Scalar:
        place = self._place()
        text = self.event.value
        if len(text) > LONGEST_SCALAR:
            message = _("this text is longer than {most} characters").format(most=LONGEST_SCALAR)
            self._refuse("BL-102", place, message, _("a quote may be left open"))
            raise Enough
        if bad := CONTROL.search(text):  # written as an escape: "\u0000"
            message = _("the character {char} has no place in a rulebook").format(
                char=f"U+{ord(bad[0]):04X}"
            )
            self._refuse("BL-103", place, message, _("delete it: it cannot be seen"))
            text = CONTROL.sub("", text)
        return Scalar(place.line, place.column, place.end, nfc(text), self.event.implicit[0])


def _broken(node: Node) -> Broken:
    return Broken(node.line, node.column, node.end)
