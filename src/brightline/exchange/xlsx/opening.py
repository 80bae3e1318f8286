"""A workbook from somebody else's hands, opened without believing a word of it.

Sizes are bounded before anything is unpacked, documents with a DOCTYPE are refused, macros too;
formulas are never evaluated. What is read is cells: rows of values, each with its place.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brightline.exchange.faults import WORKBOOK, Faults, Unreadable
from brightline.i18n import _

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_PARTS = 2000
MOST_CELLS = 600_000
MOST_COLUMNS = 400
_OLD = b"\xd0\xcf\x11\xe0"
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["']([A-Z]+)(\d+):[A-Z]+\d+["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden\s*=\s*["'](?:1|true)["'][^>]*>""")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")


@dataclass(frozen=True, slots=True)
class Found:
    """A cell with something in it."""

    row: int
    column: int
    value: Any
    kind: str
    """As openpyxl names it: s text, n number, b truth, d date, f formula, e error."""

    @property
    def name(self) -> str:
        """`D5`."""
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self.column)}{self.row}"


@dataclass
class Page:
    """One sheet: its rows that hold anything, where cells are merged, which rows are hidden."""

    name: str
    rows: list[list[Found]] = field(default_factory=list)
    merged: list[tuple[str, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def opened(path: Path) -> list[Page]:
    """The sheets of a workbook. Raises `Unreadable`, or `OSError` where it cannot be read."""
    faults = Faults(str(path))
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        message = _("this workbook is larger than {size} MB")
        _refuse(faults, message.format(size=LARGEST_FILE >> 20), _("delete what is not needed"))
    _check_archive(data, faults)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            pages = list(_pages(book, data, faults))
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises of every sort on a broken file
        reason = type(error).__name__
        _refuse(faults, _("this workbook cannot be read ({reason})").format(reason=reason),
                _("open it in a spreadsheet program and save it again as .xlsx"))  # fmt: skip
    return pages


def _refuse(faults: Faults, message: str, hint: str | None) -> None:
    faults.whole(WORKBOOK, message, hint)
    faults.stop_if_any()


def _check_archive(data: bytes, faults: Faults) -> None:
    again = _("save it again as .xlsx")
    if data.startswith(_OLD):
        _refuse(faults, _("this workbook is in an old format or has a password"), again)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        _refuse(faults, _("this is no workbook (.xlsx)"), again)
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        size = LARGEST_UNPACKED >> 20
        _refuse(faults, _("this workbook would unpack to more than {size} MB").format(size=size),
                _("such a file is often an attack; ask where it comes from"))  # fmt: skip
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        _refuse(faults, _("this workbook holds a part twice"), again)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        _refuse(faults, _("this workbook has macros; they have no place here"),
                _("save it as .xlsx without macros"))  # fmt: skip
    for part in parts:
        if part.flag_bits & 1:
            _refuse(faults, _("this workbook has a password"), _("save it without a password"))
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_part(archive, part, faults)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, faults: Faults) -> None:
    """No DOCTYPE, so no entities; and nothing that a look at the bytes would miss."""
    try:
        with archive.open(part) as stream:
            head = stream.read(512)
            named = _ENCODING.search(head)
            odd = named is not None and named[1].lower() not in (b"utf-8", b"us-ascii")
            bad = odd or head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head
            tail = head
            while not bad:
                bad = b"<!DOCTYPE" in tail or b"<!ENTITY" in tail
                more = stream.read(1 << 20)
                if not more:
                    break
                tail = tail[-16:] + more
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        _refuse(faults, _("this workbook is damaged"), _("save it again as .xlsx"))
    except Exception as error:  # zlib.error is no OSError  # noqa: BLE001
        _refuse(faults, _("this workbook cannot be read ({reason})").format(
            reason=type(error).__name__), _("save it again as .xlsx"))  # fmt: skip
    if bad:
        message = _("the part {name} of this workbook declares entities or an odd encoding")
        _refuse(faults, message.format(name=part.filename[:80]),
                _("such a file is often an attack; ask where it comes from"))  # fmt: skip


def _pages(book: Any, data: bytes, faults: Faults) -> Iterator[Page]:
    cells = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in book.worksheets:
            page = Page(sheet.title)
            sheet.reset_dimensions()
            for row in sheet.iter_rows():
                found = [
                    Found(cell.row, cell.column, cell.value, cell.data_type)
                    for cell in row
                    if cell.value is not None and not _blank(cell.value)
                ]
                if not found:
                    continue
                cells += len(found)
                if cells > MOST_CELLS or found[-1].column > MOST_COLUMNS:
                    message = _("this workbook holds more than {most} cells, or too many columns")
                    _refuse(faults, message.format(most=MOST_CELLS),
                            _("delete what is not needed"))  # fmt: skip
                page.rows.append(found)
            _more(page, archive, sheet)
            yield page


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _more(page: Page, archive: zipfile.ZipFile, sheet: Any) -> None:
    """Merged cells and hidden rows, which openpyxl does not tell while it streams."""
    part = getattr(sheet, "_worksheet_path", "").lstrip("/")
    if part not in archive.namelist():
        return
    text = archive.read(part)
    page.merged = [
        ((first + row).decode(), int(row)) for first, row in _MERGED.findall(text)[:1000]
    ]
    used = {row[0].row for row in page.rows}
    for tag in _HIDDEN.findall(text):
        number = _NUMBER.search(tag)
        if number is not None and int(number[1]) in used:
            page.hidden.append(int(number[1]))
