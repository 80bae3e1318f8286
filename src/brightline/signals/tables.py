"""Rows of a table beside the rules: a CSV file read once, its columns found by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from brightline.i18n import _
from brightline.rulebook.model import Rulebook, Table
from brightline.rulebook.nodes import Document, nfc
from brightline.rulebook.plain_text import decoded
from brightline.rulebook.reading.tables import LARGEST_FILE
from brightline.signals.options import did_you_mean, quoted
from brightline.signals.text import folded

MOST_ROWS = 1_000_000
LONGEST_CELL = 2_000


class UnusableTable(Exception):
    """A table that cannot be looked into: what is wrong and in which line of which file."""

    def __init__(self, table: Table, message: str, line: int | None = None) -> None:
        place = table.file if line is None else f"{table.file}:{line}"
        super().__init__(f"{place}: {message}")


class Row(NamedTuple):
    """A row: the line of the file it begins on, and its cells by the column's own name."""

    line: int
    cells: Mapping[str, str]


def table_problems(name: object, rulebook: Rulebook) -> list[str]:
    """Whether a parameter names a table of the rulebook; one sentence if not."""
    if isinstance(name, str) and name in rulebook.tables:
        return []
    if name is None:
        return [_("table is missing: name one that rulebook.yaml declares under tables")]
    return [
        _("no table named {value}; {hint}").format(
            value=quoted(name), hint=did_you_mean(str(name), rulebook.tables)
        )
    ]


def rows_missing(name: str) -> str:
    """Why nothing can be looked up while a table has no rows."""
    return _("the table {name} has no rows yet").format(name=name)


def rows_of(
    table: Table,
    columns: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    longest: int = LONGEST_CELL,
) -> Iterator[Row]:
    """The rows of a table, in order. Empty lines are left out; columns nobody knows too.

    `columns` maps our name of a column to other names it may go by; a header is compared without
    case or accents. Raises `UnusableTable` where the file is no such table.
    """
    document = decoded(table.data, Document(table.file, table.file), LARGEST_FILE)
    if document.problems:
        raise UnusableTable(table, document.problems[0].message, document.problems[0].line or None)
    separator = _separator(document.lines)
    reader = csv.reader(io.StringIO("\n".join(document.lines)), strict=True, delimiter=separator)
    places: dict[int, str] | None = None
    line = 1
    try:
        for number, cells in enumerate(reader):
            if places is None:
                places = _header(table, cells, columns, needed)
            elif any(cell and not cell.isspace() for cell in cells):
                if number > MOST_ROWS:
                    message = _("this table has more than {most} rows").format(most=MOST_ROWS)
                    raise UnusableTable(table, message, line)
                yield Row(line, _cells(table, cells, places, line, longest))
            line = reader.line_num + 1
    except csv.Error:
        message = _("this line cannot be read as a row of a CSV file")
        raise UnusableTable(table, message, line) from None
    if places is None:
        raise UnusableTable(table, _("this table is empty"))


def _separator(lines: Sequence[str]) -> str:
    """Comma, or what a Vietnamese spreadsheet writes in its place: a semicolon, a tab."""
    first = lines[0] if lines else ""
    return max(",;\t", key=first.count)


def _header(
    table: Table, cells: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[int, str]:
    """Which cell of a row is which of our columns."""
    known = {folded(other): name for name, others in columns.items() for other in (name, *others)}
    places: dict[int, str] = {}
    for number, cell in enumerate(cells):
        name = known.get(folded(cell))
        if name is None:
            continue
        if name in places.values():
            message = _("the column {name} stands here twice").format(name=name)
            raise UnusableTable(table, message, 1)
        places[number] = name
    for name in needed:
        if name not in places.values():
            message = _("the column {name} is missing; the header reads: {columns}").format(
                name=name, columns=",".join(columns)
            )
            raise UnusableTable(table, message, 1)
    return places


def _cells(
    table: Table, cells: Sequence[str], places: Mapping[int, str], line: int, longest: int
) -> dict[str, str]:
    found = dict.fromkeys(places.values(), "")
    for number, name in places.items():
        if number < len(cells):
            if len(cells[number]) > longest:
                message = _("a cell is longer than {most} characters").format(most=longest)
                raise UnusableTable(table, message, line)
            found[name] = nfc(cells[number]).strip()
    return found
