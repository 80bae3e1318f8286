"""A sheet as rows of named cells: which row holds the keys, which column is which."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from brightline.exchange.faults import Faults
from brightline.exchange.nodes import Line, Place, put
from brightline.exchange.xlsx.opening import Found, Page
from brightline.exchange.xlsx.sheets import WHEN, Column, Sheet
from brightline.exchange.xlsx.values import Values
from brightline.i18n import _
from brightline.rulebook.nodes import Mapping, Node, Scalar, shortened

BITS = 21
"""Rows of a sheet take so many bits of a line number; the sheet stands above them."""
SEARCHED = 6
"""The keys stand in one of the first so many rows."""


@dataclass
class Grid:
    """The rows of one sheet below its keys."""

    page: Page
    number: int
    values: Values
    columns: dict[int, tuple[str, Column]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    below: int = 0

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything."""
        for cells in self.page.rows:
            if cells[0].row <= self.below:
                continue
            known = {}
            for cell in cells:
                if cell.column in self.columns:
                    known[self.columns[cell.column][0]] = cell
                else:
                    self.values.refuse(
                        cell,
                        _("this column has no key in row {row}").format(row=self.below),
                        _("write its key there, or delete the column"),
                    )
            if known:
                yield Row(self, cells[0].row, known)

    def place(self, row: int, column: int) -> Place:
        """The place of a cell, as nodes have it."""
        shown = f"{row} ({self.page.name})"
        return Place(Line((self.number << BITS) + row, shown), column)


@dataclass
class Row:
    """One row: its cells by key."""

    grid: Grid
    number: int
    cells: dict[str, Found]

    def place(self, key: str = "") -> Place:
        """The place of a cell, of the first one where there is none."""
        column = self.grid.places.get(key) or min(cell.column for cell in self.cells.values())
        return self.grid.place(self.number, column)

    def word(self, key: str) -> str:
        """The text of a cell, empty where there is none."""
        node = self.node(key)
        return node.text if isinstance(node, Scalar) else ""

    def node(self, key: str) -> Node | None:
        """The node of a cell."""
        cell = self.cells.get(key)
        if cell is None:
            return None
        kind = self.grid.columns[cell.column][1].kind
        return self.grid.values.node(cell, self.place(key), kind)

    def key(self, key: str) -> Scalar:
        """The id in a cell, as the key of a mapping."""
        return self.place(key).scalar(self.word(key))

    def refuse(self, key: str, message: str, hint: str | None = None) -> None:
        """A fault in a cell of this row."""
        column = self.place(key).column
        self.grid.values.refuse(Found(self.number, column, None, "n"), message, hint)

    def mapping(self, without: tuple[str, ...] = ()) -> Mapping:
        """The row as a mapping: `title.vi` and `title.en` under `title`."""
        made = self.place().mapping()
        for key in self.cells:
            if key in without or key.startswith(WHEN):
                continue
            node = self.node(key)
            outer, dot, inner = key.partition(".")
            if node is None:
                continue
            alone = self.grid.columns[self.cells[key].column][1].kind == "words"
            if alone or not dot:
                name = inner if alone else key
                put(made, name, node, self.place(key).scalar(name))
                continue
            if outer not in made.entries:
                text = self._text_place(outer, key)
                put(made, outer, text.mapping(), text.scalar(outer))
            found = made.entries[outer]
            assert isinstance(found, Mapping)
            put(found, inner, node, self.place(key).scalar(inner))
        return made

    def _text_place(self, outer: str, key: str) -> Place:
        """Where a text stands: at the language that is missing, if one is."""
        for other in self.grid.places:
            if other.startswith(f"{outer}.") and other not in self.cells:
                return self.place(other)
        return self.place(key)


def grid_of(page: Page, number: int, sheet: Sheet, faults: Faults) -> Grid:
    """The sheet with its columns known. Whatever is wrong with its head goes to the faults."""
    grid = Grid(page, number, Values(page.name, faults))
    first = sheet.columns[0].key
    head = next(
        (row for row in page.rows if row[0].row <= SEARCHED
         and any(_word(cell) == first for cell in row)), None,
    )  # fmt: skip
    if head is None:
        message = _("the row of keys is missing; it holds {key}").format(key=first)
        faults.cell(page.name, "A2", message, _("copy it from the workbook as it was exported"))
        return grid
    grid.below = head[0].row
    for merged, row in page.merged:
        if row >= grid.below:
            faults.cell(page.name, merged, _("cells are merged here"),
                        _("unmerge them and write the value into each"))  # fmt: skip
    for cell in head:
        column = _column(sheet, _word(cell))
        if column is None:
            _refuse_key(grid, sheet, cell)
        elif _word(cell) in grid.places:
            grid.values.refuse(cell, _("the column {name} stands here twice").format(
                name=shortened(_word(cell))), _("delete one"))  # fmt: skip
        else:
            grid.columns[cell.column] = (_word(cell), column)
            grid.places[_word(cell)] = cell.column
    return grid


def _word(cell: Found) -> str:
    return str(cell.value).strip()


def _column(sheet: Sheet, key: str) -> Column | None:
    outer, _dot, inner = key.partition(".")
    for column in sheet.columns:
        spoken = column.kind in ("text", "words")
        if spoken and column.key == outer and 2 <= len(inner) <= 3:
            return column
        if column.key == key and not spoken:
            return column
    if sheet.id == "clauses" and outer == "when" and inner:
        return Column(key, "test", inner)
    return None


def _refuse_key(grid: Grid, sheet: Sheet, cell: Found) -> None:
    known = [key for key, _column in sheet.keys(("vi", "en")) if key not in grid.places]
    word = _word(cell)
    meant = difflib.get_close_matches(word[:80], known, n=1, cutoff=0.6)
    if meant:
        hint = _("did you mean {name}?").format(name=meant[0])
    elif sheet.id == "clauses":
        hint = _("the test of a fact has the key {key}").format(key=f"when.{shortened(word, 30)}")
    else:
        hint = _("known here: {names}").format(names=", ".join(known))
    message = _("{name} is no key of a column here").format(name=shortened(word))
    grid.values.refuse(cell, message, hint)
