"""The Vietnam rulebook, and workbooks with a cell changed as a person would change it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from brightline.exchange.faults import Unreadable
from brightline.exchange.xlsx.reading import from_xlsx
from brightline.exchange.xlsx.writing import to_xlsx
from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read

GOOD = Path(__file__).parents[1] / "rulebook" / "good"


@pytest.fixture(scope="session")
def vietnam() -> Rulebook:
    return read(bundled_rulebook())


@pytest.fixture(scope="session")
def good() -> Rulebook:
    """A small rulebook without fault."""
    return read(GOOD)


class Sheets:
    """A workbook as exported, to be changed and read again."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.path = path

    def at(self, sheet: str, key: str, row: int) -> str:
        """`D5`: the cell of a column by its key."""
        for cell in self.book[sheet][2]:
            if cell.value == key:
                return f"{cell.column_letter}{row}"
        raise LookupError(key)

    def row(self, sheet: str, key: str, value: object) -> int:
        """The row that has a value in a column."""
        letter = self.at(sheet, key, 2)[:-1]
        return next(cell.row for cell in self.book[sheet][letter] if cell.value == value)

    def put(self, sheet: str, key: str, row: int, value: object) -> str:
        cell = self.at(sheet, key, row)
        self.book[sheet][cell] = value
        return cell

    def read(self) -> Rulebook:
        return self.read_whole().rulebook

    def read_whole(self):
        self.book.save(self.path)
        return from_xlsx(self.path)

    def faults(self) -> list[tuple[str, str, str, str]]:
        """Sheet, cell, message and hint of all that is wrong."""
        with pytest.raises(Unreadable) as caught:
            self.read()
        return [
            (getattr(p, "sheet", ""), getattr(p, "cell", ""), p.message, p.hint or "")
            for p in caught.value.problems
        ]


@pytest.fixture
def sheets(good, tmp_path) -> Sheets:
    """The small rulebook as a workbook."""
    return Sheets(to_xlsx(good), tmp_path / "book.xlsx")
