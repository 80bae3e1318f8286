"""Word documents (.docx) as paragraphs and tables: text only, opened without believing a word.

Read by hand: a document is a zip with one XML file of text in it. Sizes are bounded before anything
is unpacked, a DOCTYPE is refused, so that no entity can be declared; macros and links do nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from brightline.exchange.documents.blocks import Block, Grid, Paragraph
from brightline.exchange.faults import WORKBOOK, Faults
from brightline.i18n import _

LARGEST_FILE, LARGEST_TEXT, MOST_BLOCKS = 32 << 20, 48 << 20, 20_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading\s*(\d)|title", re.IGNORECASE)


def docx_blocks(path: Path) -> list[Block]:
    """The paragraphs and tables of a document, in order. Raises `Unreadable`, or `OSError`."""
    faults = Faults(str(path))
    if path.stat().st_size > LARGEST_FILE:
        faults.whole(WORKBOOK, _("this document is too large"), _("split it"))
    faults.stop_if_any()
    root = _root(path, faults)
    faults.stop_if_any()
    assert root is not None
    body = root.find(f"{_W}body")
    found = list(_blocks(body)) if body is not None else []
    return found[:MOST_BLOCKS]


def _root(path: Path, faults: Faults) -> ElementTree.Element | None:
    try:
        with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as stream:
            data = stream.read(LARGEST_TEXT + 1)
        if len(data) > LARGEST_TEXT or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            faults.whole(WORKBOOK, _("this document is too large, or declares entities"),
                         _("such a file is often an attack; ask where it comes from"))  # fmt: skip
            return None
        return ElementTree.fromstring(data)
    except Exception as error:  # noqa: BLE001 - zlib, zipfile and expat raise of every sort
        message = _("this is no Word document that can be read ({reason})")
        faults.whole(WORKBOOK, message.format(reason=type(error).__name__),
                     _("save it again as .docx"))  # fmt: skip
        return None


def _blocks(body: ElementTree.Element) -> Iterator[Block]:
    for part in body:
        if part.tag == f"{_W}p":
            text = _text(part)
            if text:
                yield Paragraph(text, _level(part), part.find(f".//{_W}numPr") is not None)
        elif part.tag == f"{_W}tbl":
            rows = tuple(
                tuple(_cell(cell) for cell in row.iter(f"{_W}tc")) for row in part.iter(f"{_W}tr")
            )
            if any(any(row) for row in rows):
                yield Grid(rows)
        elif part.tag == f"{_W}sdt":
            content = part.find(f"{_W}sdtContent")
            if content is not None:
                yield from _blocks(content)


def _cell(cell: ElementTree.Element) -> str:
    return "\n".join(filter(None, (_text(one) for one in cell.iter(f"{_W}p"))))


def _text(paragraph: ElementTree.Element) -> str:
    said = []
    for part in paragraph.iter():
        if part.tag == f"{_W}t":
            said.append(part.text or "")
        elif part.tag in (f"{_W}tab", f"{_W}br"):
            said.append(" ")
    return " ".join("".join(said).split())


def _level(paragraph: ElementTree.Element) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    found = _HEADING.search(style.get(f"{_W}val", "")) if style is not None else None
    return int(found[1] or 1) if found else 0
