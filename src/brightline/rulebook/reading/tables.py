"""Tables that signals look things up in: `tables/NAME.2026-11-20.csv`, named with their day.

Of several days of one name the newest counts; the older ones may stay for the record. What a table
holds is read by the signal that looks into it, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from brightline.i18n import _
from brightline.rulebook.lookup import Table
from brightline.rulebook.nodes import Document
from brightline.rulebook.reading.book import TableFile

LARGEST_FILE = 64 * 1024 * 1024
_NAME = re.compile(r"tables/([A-Za-z][A-Za-z0-9_-]{0,79})\.([0-9]{4}-[0-9]{2}-[0-9]{2})\.csv\Z")


def read_tables(
    folder: Path, names: Iterable[str], read: Callable[[Path, int], bytes | str]
) -> dict[str, TableFile]:
    """The newest table of each name; a file that is misnamed or cannot be read stands for itself.

    `read` gives what a file holds, cut just past a limit, or why it cannot be read.
    """
    found: dict[str, TableFile] = {}
    for name in sorted(names):  # of one name, by day
        document = Document(name, str(folder / name))
        matched = _NAME.match(name)
        day = _day(matched[2]) if matched else None
        if matched is None or day is None:
            document.report("BL-404", None, _("the name of this table tells no day"), _hint())
            found[name] = TableFile(document)
        else:
            found[matched[1]] = TableFile(document, Table(matched[1], day, name, b""))
    return {key: _filled(file, read) for key, file in found.items()}


def _filled(file: TableFile, read: Callable[[Path, int], bytes | str]) -> TableFile:
    """The same with what the file holds."""
    if file.table is None:
        return file
    data = read(Path(file.document.file), LARGEST_FILE)
    if isinstance(data, str):
        file.document.report("BL-101", None, data)
    elif len(data) > LARGEST_FILE:
        message = _("this table is larger than {most} MB").format(most=LARGEST_FILE >> 20)
        file.document.report("BL-102", None, message, _("keep the rows that are still of use"))
    else:
        table = file.table
        return TableFile(file.document, Table(table.name, table.day, table.file, data))
    return file


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _hint() -> str:
    return _("name it like tables/{example}").format(example="prices.2026-11-20.csv")
