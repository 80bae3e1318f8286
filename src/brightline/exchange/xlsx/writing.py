"""A rulebook to a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from brightline.exchange.written import files_of
from brightline.exchange.xlsx import choices, how_to
from brightline.exchange.xlsx.look import ACCENT_GROUND, Look, row_height
from brightline.exchange.xlsx.rows import Cell, Row, Workbook, workbook_of
from brightline.exchange.xlsx.sheets import HOW_TO, SHEETS, WHEN, Column, Sheet
from brightline.i18n import _, language
from brightline.rulebook.model import Rulebook

LONGEST_CELL = 32_767
SPARE = 200
"""So many rows below the last one have drop-downs too."""
FIRST = ("rulebook", "sops")
"""Sheets that stand before those of the SOPs."""


class TooLong(Exception):
    """A value that no cell can hold; says which."""


def to_xlsx(rulebook: Rulebook) -> bytes:
    """The workbook, its words for people in the language in force. Raises `TooLong`."""
    import xlsxwriter

    book = workbook_of(files_of(rulebook))
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": f"{rulebook.rulebook} {rulebook.sha[:12]}"})
        workbook.set_size(2400, 1500)
        _Writer(workbook, book, rulebook).write()
    return out.getvalue()


class _Writer:
    def __init__(self, workbook: Any, book: Workbook, rulebook: Rulebook) -> None:
        self.workbook, self.book, self.rulebook = workbook, book, rulebook
        self.look = Look(workbook)
        self.lists = choices.Choices(book)

    def write(self) -> None:
        how_to.write(self.workbook.add_worksheet(HOW_TO.name(language())), self.look, self.rulebook)
        for sheet in SHEETS:
            if sheet.id in FIRST:
                self._standard(sheet)
        titles = {sop.sop: sop for sop in self.rulebook.sops}
        for clauses in self.book.sops:
            page = self.workbook.add_worksheet(clauses.name)
            page.set_tab_color("#0b5cad")
            headings = {
                WHEN + name: self._fact_heading(titles[clauses.sop], name) for name in clauses.tests
            }
            first = 1 + len(self.book.languages)
            self._fill(page, clauses.sheet, clauses.rows, headings, frozen=2, sop=clauses.sop)
            self._colour_actions(page, clauses.sheet, len(clauses.rows))
            tested = self.workbook.add_format({"bg_color": ACCENT_GROUND})
            page.conditional_format(
                2, first, len(clauses.rows) + 1 + SPARE, first + len(clauses.tests) - 1,
                {"type": "no_blanks", "format": tested},
            )  # fmt: skip
        for sheet in SHEETS:
            if sheet.id not in FIRST:
                self._standard(sheet)

    def _standard(self, sheet: Sheet) -> None:
        page = self.workbook.add_worksheet(sheet.name(language()))
        page.set_tab_color("#8791a1")
        keys = [column.key for column in sheet.columns]
        frozen = 2 if keys[:1] in (["sop"], ["subject"]) and "id" in keys[:2] else 1
        self._fill(page, sheet, self.book.sheets.get(sheet.id, []), {}, frozen=frozen)

    def _fact_heading(self, sop: Any, name: str) -> str:
        if name in ("is", "is_not"):
            return _("Meets the definition") if name == "is" else _("Does not meet the definition")
        fact = sop.facts.get(name) or self.rulebook.facts.get(name)
        title = fact.title if fact is not None else None
        return (title or {}).get(language()) or name

    def _fill(
        self,
        page: Any,
        sheet: Sheet,
        rows: Sequence[Row],
        headings: dict[str, str],
        frozen: int,
        sop: str = "",
    ) -> None:
        """Two rows of headings, then the rows; a filter, drop-downs, widths."""
        columns = list(sheet.keys(self.book.languages))
        page.set_row(0, 34)
        for place, (key, column) in enumerate(columns):
            page.set_column(place, place, _width(column, headings.get(key, "")))
            test = column.kind == "test"
            heading = headings.get(key) or _(column.heading)
            if column.kind in ("text", "words"):
                heading = f"{heading} ({key.rpartition('.')[2]})"
            page.write_string(0, place, heading, self.look.heading(test))
            page.write_string(1, place, key, self.look.key)
        widths = {key: _width(column, headings.get(key, "")) for key, column in columns}
        shaded = False
        for number, row in enumerate(rows, start=2):
            shaded = _is_shaded(rows, number - 2, shaded)
            page.set_row(number, row_height(row, widths))
            for place, (key, column) in enumerate(columns):
                self._cell(page, number, place, row.get(key), column, shaded)
        strange = {key for row in rows for key in row} - {key for key, _column in columns}
        assert not strange, (sheet.id, strange)
        page.freeze_panes(2, frozen)
        last = max(len(rows) + 1, 2)
        page.autofilter(1, 0, last, len(columns) - 1)
        for place, (key, column) in enumerate(columns):
            rule = self.lists.rule(key, column, sop)
            if rule is not None:
                page.data_validation(2, place, last + SPARE, place, rule)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_paper(8)

    def _cell(
        self, page: Any, row: int, place: int, value: Cell | None, column: Column, shaded: bool
    ) -> None:
        if value is None:
            page.write_blank(row, place, None, self.look.cell(column.kind, False, shaded))
        elif isinstance(value, str):
            if len(value) > LONGEST_CELL:
                raise TooLong(f"{page.get_name()}: {column.key}")
            risky = value[:1] in ("=", "+", "-", "@", "'", "\t", "\r")
            page.write_string(row, place, value, self.look.cell(column.kind, risky, shaded))
        else:
            page.write_number(row, place, value, self.look.cell("number", False, shaded))

    def _colour_actions(self, page: Any, sheet: Sheet, rows: int) -> None:
        """The colour of an action follows what the sheet of actions says of it."""
        keys = [key for key, _column in sheet.keys(self.book.languages)]
        place = keys.index("action")
        actions = next(sheet for sheet in SHEETS if sheet.id == "actions")
        known = [key for key, _column in actions.keys(self.book.languages)]
        from xlsxwriter.utility import xl_col_to_name as letter

        cell, name = f"${letter(place)}3", actions.name(language())
        for key, value, colours in _TONES:
            column = letter(known.index(key))
            rule = (
                f"=INDEX('{name}'!${column}:${column},MATCH({cell},'{name}'!$A:$A,0))=\"{value}\""
            )
            page.conditional_format(
                2, place, rows + 1 + SPARE, place,
                {"type": "formula", "criteria": rule, "stop_if_true": True,
                 "format": self.workbook.add_format(colours)},
            )  # fmt: skip
        rule = f"=COUNTIF('{name}'!$A$3:$A$999,{cell})>0"
        page.conditional_format(
            2, place, rows + 1 + SPARE, place,
            {"type": "formula", "criteria": rule,
             "format": self.workbook.add_format({"bg_color": "#fdecea", "font_color": "#9b1c10"})},
        )  # fmt: skip


_TONES = (
    ("person", "yes", {"bg_color": "#fff3dc", "font_color": "#744700"}),
    ("violation", "no", {"bg_color": "#e6f4ea", "font_color": "#11602b"}),
)


def _width(column: Column, heading: str) -> int:
    if column.kind == "test":
        return max(16, min(26, len(heading) + 2))
    return column.width


def _is_shaded(rows: Sequence[Row], at: int, before: bool) -> bool:
    """Rows of one thing (an SOP, a list, a clause with several ways to hold) look alike."""
    if at == 0:
        return False
    row, above = rows[at], rows[at - 1]
    key = next((k for k in ("sop", "list", "subject") if k in row or k in above), None)
    if key is not None:
        group = (row.get(key), row.get("fact")), (above.get(key), above.get("fact"))
        return before if group[0] == group[1] else not before
    return not before if "id" in row or "key" in row else before
