"""The word lists of a workbook."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from brightline.exchange.xlsx.grid import Grid, Row
from brightline.i18n import _
from brightline.rulebook.model import IDENTIFIER
from brightline.rulebook.nodes import shortened
from brightline.rulebook.reading.book import Lexicon
from brightline.rulebook.reading.lexicons import COLUMNS, read_lexicon


def lexicons_of(grid: Grid, file: str) -> dict[str, Lexicon]:
    """The lists, each read as its file would be; problems stand at cells."""
    import re

    rows: dict[str, list[Row]] = {}
    for row in grid.rows():
        name = row.word("list")
        if not re.match(IDENTIFIER, name):
            row.refuse("list", _("{name} is no id").format(name=shortened(name) or "…"),
                       _("name the list as in the rows above"))  # fmt: skip
            continue
        held = rows.setdefault(name, [])
        if set(row.cells) > {"list"}:
            held.append(row)
    return {name: _read(name, held, file) for name, held in rows.items()}


def _read(name: str, rows: list[Row], file: str) -> Lexicon:
    out = io.StringIO()
    text = csv.writer(out, lineterminator="\n")
    text.writerow(COLUMNS)
    for row in rows:
        cells = [row.word(key) for key in COLUMNS]
        if any("\n" in cell for cell in cells):
            row.refuse("term", _("a line break stands in a word list"), _("delete it"))
        text.writerow([" ".join(cell.split("\n")) for cell in cells])
    lexicon = read_lexicon(out.getvalue().encode(), f"lexicons/{name}.csv", file)
    lines = lexicon.document.lines
    for number, problem in enumerate(lexicon.document.problems):
        if problem.line < 2:
            continue
        row = rows[min(problem.line - 2, len(rows) - 1)]
        before = lines[problem.line - 1][: problem.column - 1] if problem.column > 1 else ""
        key = COLUMNS[min(before.count(","), len(COLUMNS) - 1)]
        place = row.grid.place(row.number, row.grid.places.get(key, 1))
        lexicon.document.problems[number] = replace(
            problem, line=place.line, column=place.column, end_column=place.column + 1, source=""
        )
    return lexicon
