"""Rows of a table beside the rules: a CSV file read once, its columns found by their names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from brightline.i18n import _, format_number, ngettext
from brightline.rulebook.lookup import Table
from brightline.rulebook.model import Rulebook
from brightline.rulebook.nodes import Document, nfc
from brightline.rulebook.plain_text import decoded
from brightline.rulebook.reading.tables import LARGEST_FILE
from brightline.signals.options import did_you_mean, quoted
from brightline.signals.text import folded

MOST_ROWS = 1_000_000
LONGEST_CELL = 2_000
MOST_TOLD = 5
"""So many faults of a table are told; of the others only the number."""
_GUARDED = re.compile(r'= ?"(.*)"\Z', re.DOTALL)
"""How people keep a spreadsheet from eating the zeros a number begins with: `="0100233488"`."""


class UnusableTable(Exception):
    """A table that cannot be looked into. `faults`: what is wrong, with file, line and column."""

    def __init__(self, faults: Sequence[str], count: int) -> None:
        self.faults = tuple(faults)
        others = count - 1
        more = ngettext(" (and {n} fault more)", " (and {n} faults more)", others)
        super().__init__(faults[0] + (more.format(n=format_number(others)) if others else ""))


class Faults:
    """What is wrong with a table, gathered row by row, so that all of it can be put right at once.

    `line` is that of the file, `column` as the header of the file names it.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._told: list[str] = []
        self._count = 0

    def add(self, message: str, line: int | None = None, column: str = "") -> None:
        """Note a fault; what stands after it is still read."""
        self._count += 1
        if len(self._told) < MOST_TOLD:
            place = self._table.file if line is None else f"{self._table.file}:{line}"
            where = _("column {name}: ").format(name=quoted(column, 40)) if column else ""
            self._told.append(f"{place}: {where}{message}")

    def stop(self, message: str, line: int | None = None, column: str = "") -> UnusableTable:
        """The error to raise for a fault after which nothing can be read."""
        self.add(message, line, column)
        return UnusableTable(self._told, self._count)

    def settle(self) -> None:
        """Raise `UnusableTable` if anything was noted."""
        if self._count:
            raise UnusableTable(self._told, self._count)


class Row(NamedTuple):
    """A row: the line of the file it begins on, and its cells by the column's own name.

    `heads` maps that name to how the header of the file writes it.
    """

    line: int
    cells: Mapping[str, str]
    heads: Mapping[str, str]


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
    faults: Faults,
    longest: int = LONGEST_CELL,
) -> Iterator[Row]:
    """The rows of a table, in order. Empty lines are left out; columns nobody knows too.

    `columns` maps our name of a column to other names it may go by; a header is compared without
    case or accents. A row that cannot be used is left out and noted in `faults`, which the caller
    settles. Raises `UnusableTable` where the file is no such table.
    """
    document = decoded(table.data, Document(table.file, table.file), LARGEST_FILE)
    if document.problems:
        problem = document.problems[0]
        hint = f"; {problem.hint}" if problem.hint else ""
        raise faults.stop(problem.message + hint, problem.line or None)
    separator = _separator(document.lines)
    reader = csv.reader(io.StringIO("\n".join(document.lines)), strict=True, delimiter=separator)
    heads: dict[int, tuple[str, str]] | None = None
    width, line, count = 0, 1, 0
    try:
        for cells in reader:
            if not any(cell and not cell.isspace() for cell in cells):
                pass
            elif heads is None:
                heads, width = _header(cells, columns, needed, line, faults), len(cells)
            else:
                count += 1
                if count > MOST_ROWS:
                    message = _("this table has more than {most} rows")
                    raise faults.stop(message.format(most=format_number(MOST_ROWS)), line)
                if any(cell.strip() for cell in cells[width:]):
                    message = _("this row has more cells than the header")
                    faults.add(message, line)
                else:
                    yield _row(cells, heads, line, longest, faults)
            line = reader.line_num + 1
    except csv.Error:
        message = _("this line cannot be read as a row of a CSV file")
        raise faults.stop(message, line) from None
    if heads is None:
        raise faults.stop(_("this table is empty"))


def _separator(lines: Sequence[str]) -> str:
    """Comma, or what a Vietnamese spreadsheet writes in its place: a semicolon, a tab."""
    first = next((line for line in lines if line.strip()), "")
    return max(",;\t", key=first.count)


def _header(
    cells: Sequence[str],
    columns: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    line: int,
    faults: Faults,
) -> dict[int, tuple[str, str]]:
    """Which cell of a row is which of our columns, and what the file calls it."""
    known = {folded(other): name for name, others in columns.items() for other in (name, *others)}
    heads: dict[int, tuple[str, str]] = {}
    seen: set[str] = set()
    for number, cell in enumerate(cells):
        name = known.get(folded(cell)) if len(cell) <= LONGEST_CELL else None
        if name is None:
            continue
        if name in seen:
            raise faults.stop(_("the column {name} stands here twice").format(name=name), line)
        seen.add(name)
        heads[number] = name, cell.strip()
    for name in needed:
        if name not in seen:
            message = _("the column {name} is missing; columns that are read: {columns}")
            raise faults.stop(message.format(name=name, columns=", ".join(columns)), line)
    return heads


def _row(
    cells: Sequence[str],
    heads: Mapping[int, tuple[str, str]],
    line: int,
    longest: int,
    faults: Faults,
) -> Row:
    """A row as our columns. A cell that is too long is noted and left empty."""
    found = dict.fromkeys((name for name, _head in heads.values()), "")
    for number, (name, head) in heads.items():
        cell = cells[number] if number < len(cells) else ""
        if len(cell) > longest:
            message = _("this cell is longer than {most} characters")
            faults.add(message.format(most=format_number(longest)), line, head)
        else:
            found[name] = _cell(cell)
    return Row(line, found, dict(heads.values()))


def _cell(written: str) -> str:
    """What a cell says: NFC, without space around it or the guard against spreadsheets."""
    text = nfc(written).strip()
    guarded = _GUARDED.match(text)
    return guarded[1].replace('""', '"').strip() if guarded else text
