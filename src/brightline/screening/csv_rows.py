"""The rows of a CSV file, one by one; a broken row is told apart and the next one read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from brightline.i18n import _
from brightline.screening.errors import UnusableCases

if TYPE_CHECKING:
    from brightline.screening.reading import Rejected

LONGEST_ROW = 1 << 20
"""Bytes. A quote that is never closed makes a row of the whole rest of the file."""
_LONG = 1 << 16
_MOST_RUNAWAYS = 100
_MOST_COLUMNS = 5000
_LONGEST_NAME = 500
_SEPARATORS = ",;\t|"


class CsvRows:
    """Reads an open file from its start. `columns` is its header.

    Iterating gives (row number, line number, cells or `Rejected`).
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Read the header. Raises `UnusableCases` where there is none that can be used."""
        self._file, self._name = file, name
        self._line = 0
        self._begins = 0
        self._bad_text = False
        self._used = 0
        self._raw = ""
        first = file.readline(LONGEST_ROW)
        file.seek(3 if first.startswith(b"\xef\xbb\xbf") else 0)
        self._separator = separator_of(first)
        try:
            header = next(self._reader(), None)
        except csv.Error:
            header = None
        too_long = header and (len(header) > _MOST_COLUMNS or max(map(len, header)) > _LONGEST_NAME)
        if not header or self._bad_text or too_long:
            raise UnusableCases(
                _("{path} has no header that can be read").format(path=name),
                _("the first line names the columns, in UTF-8, with a comma between them"),
            )
        self.columns = tuple(cell.strip() for cell in header)
        twice = {name for name in self.columns if name and self.columns.count(name) > 1}
        if twice:
            raise UnusableCases(
                _("{path} has two columns named {column}").format(path=name, column=min(twice)[:80])
            )

    def _lines(self) -> Iterator[str]:
        while line := self._file.readline(LONGEST_ROW - self._used):
            if not self._used:
                self._raw = ""
            self._used += len(line)
            self._line += line.endswith(b"\n")
            try:
                text = line.decode()
            except UnicodeDecodeError:
                self._bad_text = True
                text = line.decode("utf-8", "replace")
            if len(self._raw) < 1000:
                self._raw += text[:1000]
            yield text
            if self._used >= LONGEST_ROW:
                raise csv.Error

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines(), delimiter=self._separator)

    def __iter__(self) -> Iterator[tuple[int, int, list[str] | Rejected]]:
        from brightline.screening.reading import Rejected, shown

        reader, row, runaways, width = self._reader(), 0, 0, len(self.columns)
        while True:
            begins, line = self._file.tell(), self._line + 1
            self._used, self._bad_text = 0, False
            try:
                cells = next(reader, None)
            except csv.Error:
                row, runaways = row + 1, runaways + 1
                self._after_first_line(begins, line)
                if runaways > _MOST_RUNAWAYS:
                    raise UnusableCases(
                        _("{path}, line {line}: too many rows never end").format(
                            path=self._name, line=line
                        ),
                        _("a quotation mark that is opened must be closed"),
                    ) from None
                reason = _("the row is longer than {most} MB: is a quotation mark never closed?")
                yield row, line, Rejected(row, reason.format(most=1), shown(self._raw), line)
                reader = self._reader()
                continue
            if cells is None:
                return
            if not cells:
                continue
            row += 1
            if self._bad_text:
                reason = _("the row is not valid UTF-8")
            elif len(cells) != width:
                reason = _("the row has {found} cells, the header {expected}").format(
                    found=len(cells), expected=width
                )
            else:
                yield row, line, cells
                continue
            raw = shown(self._raw)
            if self._line > line:  # a quote may have swallowed the rows after this one
                runaways += self._used > _LONG
                self._after_first_line(begins, line)
                reader = self._reader()
            yield row, line, Rejected(row, reason, raw, line)

    def _after_first_line(self, begins: int, line: int) -> None:
        """Go on behind the first line of a row that never ends."""
        self._file.seek(begins)
        while (piece := self._file.readline(LONGEST_ROW)) and not piece.endswith(b"\n"):
            pass
        self._line = line


def separator_of(line: bytes) -> str:
    """The separator that the header uses most: a comma, semicolon, tab or bar."""
    return max(_SEPARATORS, key=lambda sign: line.count(sign.encode()))
