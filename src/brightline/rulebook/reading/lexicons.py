"""Word lists: `lexicons/NAME.csv`, UTF-8, with the header term,kind,note,fold."""

from __future__ import annotations

import csv
import re

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Term
from brightline.rulebook.nodes import Document, Enough, nfc, shortened
from brightline.rulebook.plain_text import decoded
from brightline.rulebook.reading.book import Lexicon
from brightline.rulebook.reading.shape import did_you_mean

LARGEST_FILE = 8 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST_TERM = 200
COLUMNS = ("term", "kind", "note", "fold")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}\Z")


def read_lexicon(data: bytes, name: str, file: str) -> Lexicon:
    """The terms of a word list; its document holds every problem found. Raises nothing."""
    document = decoded(data, Document(name, file), LARGEST_FILE)
    if document.problems:
        return Lexicon(document, whole=False)
    return _Reader(document).read()


class _Reader:
    """Reads one list, line by line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.columns: list[str] = []
        self.terms: list[Term] = []
        self.first: dict[tuple[str, str], int] = {}

    def read(self) -> Lexicon:
        rows = csv.reader(self.document.lines, strict=True)
        line = 1
        try:
            for row in rows:
                if len(self.terms) >= MOST_ROWS:
                    message = _("this list has more than {most} terms").format(most=MOST_ROWS)
                    self._report("BL-402", line, None, message, _("split the list"))
                    break
                if not self.columns:
                    if not self._header([cell.strip() for cell in row], line):
                        return Lexicon(self.document, whole=False)
                elif row and any(cell.strip() for cell in row):
                    self._row([nfc(cell.strip()) for cell in row], line)
                line = rows.line_num + 1
        except Enough:
            return Lexicon(self.document, whole=False)
        except csv.Error:
            message = _("this line cannot be read as a row of a CSV file")
            hint = _("check its quotes: a quote inside a cell is written twice")
            self._report("BL-403", line, None, message, hint)
            return Lexicon(self.document, whole=False)
        if not self.columns:
            self._report("BL-401", 1, None, _("this list has no header"), _header_hint())
        kinds = frozenset(term.kind for term in self.terms)
        return Lexicon(self.document, tuple(self.terms), kinds, not self.document.problems)

    def _header(self, row: list[str], line: int) -> bool:
        for number, name in enumerate(row):
            if name not in COLUMNS:
                message = _("there is no column {name}").format(name=shortened(name))
                hint = did_you_mean(name, [column for column in COLUMNS if column not in row])
                self._report("BL-401", line, number, message, hint)
                return False
            if name in row[:number]:
                message = _("the column {name} stands here twice").format(name=name)
                self._report("BL-401", line, number, message, _("delete one"))
                return False
        missing = [name for name in ("term", "kind") if name not in row]
        if missing:
            message = _("the column {name} is missing").format(name=missing[0])
            self._report("BL-401", line, None, message, _header_hint())
            return False
        self.columns = row
        return True

    def _row(self, row: list[str], line: int) -> None:
        if len(row) > len(self.columns):
            message = _("this line has {count} cells, the header {most}").format(
                count=len(row), most=len(self.columns)
            )
            hint = _("put quotes around a cell that holds a comma")
            self._report("BL-403", line, len(self.columns), message, hint)
            return
        cells = dict(zip(self.columns, row, strict=False))
        term, kind = cells["term"], cells.get("kind", "")
        fold = cells.get("fold", "")
        if not term:
            self._refuse(line, row, "term", _("the term is empty"), _("delete the line"))
        elif len(term) > LONGEST_TERM:
            message = _("this term is longer than {most} characters").format(most=LONGEST_TERM)
            self._refuse(line, row, "term", message, _("give the words that matter"))
        elif not _KIND.match(kind):
            message = (
                _("{name} is no id").format(name=shortened(kind)) if kind else _("kind is empty")
            )
            self._refuse(line, row, "kind", message, _("a kind has letters, digits, _ and -"))
        elif fold not in ("", YES, NO):
            message = _("{value} is neither yes nor no").format(value=shortened(fold))
            self._refuse(line, row, "fold", message, _("write yes or no"))
        elif (term, kind) in self.first:
            message = _("this term stands here twice; the first is in line {line}").format(
                line=self.first[term, kind]
            )
            self._refuse(line, row, "term", message, _("delete one of the two"))
        else:
            self.first[term, kind] = line
            self.terms.append(
                Term.model_construct(
                    term=term, kind=kind, note=cells.get("note", ""), fold=fold == YES
                )
            )

    def _refuse(self, line: int, row: list[str], column: str, message: str, hint: str) -> None:
        number = self.columns.index(column)
        self._report("BL-403", line, number if number < len(row) else None, message, hint)

    def _report(
        self,
        code: str,
        line: int,
        cell: int | None,
        message: str,
        hint: str | None,
    ) -> None:
        source = self.document.lines[line - 1] if line <= len(self.document.lines) else ""
        start, end = _span(source, cell)
        self.document.add(self.document.problem_at(code, line, start + 1, end + 1, message, hint))


def _header_hint() -> str:
    return _("the first line is: {columns}").format(columns=",".join(COLUMNS))


def _span(source: str, cell: int | None) -> tuple[int, int]:
    """Where a cell stands in its line; the whole line where quotes make that unclear."""
    if cell is None or '"' in source:
        return 0, len(source)
    parts = source.split(",")
    if cell >= len(parts):
        return 0, len(source)
    start = sum(len(part) + 1 for part in parts[:cell])
    part = parts[cell]
    start += len(part) - len(part.lstrip())
    return start, start + max(1, len(part.strip()))
