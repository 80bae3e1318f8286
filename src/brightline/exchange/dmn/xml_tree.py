"""XML to a tree with line numbers, from hands that we do not trust.

A DOCTYPE is refused, and with it every entity and every file elsewhere; depth, size and count are
bounded while reading, so that nothing grows before it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from brightline.exchange.faults import DMN_FILE, Faults
from brightline.i18n import _

LARGEST_FILE = 32 * 1024 * 1024
DEEPEST = 64
MOST_ELEMENTS = 500_000
_SPLIT = "\x1f"


@dataclass(slots=True)
class Element:
    """An element: namespace, local name, attributes (`namespace|name` where they have one)."""

    space: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    text_line: int = 0
    """The line in which its text begins."""

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        return "".join(self.words)

    def get(self, name: str) -> str:
        """An attribute without a namespace; empty where it is missing."""
        return self.attributes.get(name, "")

    def all(self, name: str) -> list[Element]:
        """Its children of a name, in its own namespace."""
        return [one for one in self.children if one.name == name and one.space == self.space]

    def first(self, name: str) -> Element | None:
        """Its first child of a name."""
        return next(iter(self.all(name)), None)

    def walk(self) -> Iterator[Element]:
        """It and all below it."""
        stack = [self]
        while stack:
            one = stack.pop()
            yield one
            stack.extend(reversed(one.children))


class _Stop(Exception):
    """Raised inside the parser's handlers, which expat passes on."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def read_tree(path: Path) -> Element:
    """The root of an XML file. Raises `Unreadable`, or `OSError` where it cannot be opened."""
    faults = Faults(str(path))
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        message = _("this file is larger than {size} MB").format(size=LARGEST_FILE >> 20)
        faults.whole(DMN_FILE, message, _("split it"))
        faults.stop_if_any()
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except _Stop as stop:
        faults.line(DMN_FILE, builder.parser.CurrentLineNumber, stop.message, stop.hint)
    except expat.ExpatError as error:
        message = _("this is not XML: {reason}").format(reason=expat.ErrorString(error.code))
        faults.line(DMN_FILE, error.lineno, message, _("export the file again from its tool"))
    except (ValueError, LookupError):
        faults.whole(DMN_FILE, _("this file is in an encoding that is not known"),
                     _("save the file again as UTF-8"))  # fmt: skip
    faults.stop_if_any()
    assert builder.root is not None
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.parser: Any = expat.ParserCreate(namespace_separator=_SPLIT)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.ExternalEntityRefHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0

    def _doctype(self, *_given: object) -> int:
        raise _Stop(
            _("a DOCTYPE or an entity is declared; neither is read"),
            _("such a file is often an attack; ask where it comes from"),
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST:
            raise _Stop(_("elements are nested more than {most} deep").format(most=DEEPEST))
        if self.count > MOST_ELEMENTS:
            raise _Stop(_("this file holds more than {most} elements").format(most=MOST_ELEMENTS))
        space, _split, name = tag.rpartition(_SPLIT)
        named = {key.replace(_SPLIT, "|"): value for key, value in attributes.items()}
        element = Element(space, name, named, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _text(self, words: str) -> None:
        if not self.open[-1].words:
            self.open[-1].text_line = self.parser.CurrentLineNumber
        self.open[-1].words.append(words)
