"""A workbook to a rulebook, with every error named by its sheet and cell."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from pathlib import Path

from brightline.exchange.faults import WORKBOOK, Faults, Unreadable, at_cell
from brightline.exchange.gathering import Gathered
from brightline.exchange.nodes import put
from brightline.exchange.xlsx import sop_parts
from brightline.exchange.xlsx.grid import BITS, Grid, Row, grid_of
from brightline.exchange.xlsx.lists import lexicons_of
from brightline.exchange.xlsx.opening import Page, opened
from brightline.exchange.xlsx.sheets import HOW_TO, SHEETS, clause_sheet
from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.rulebook.nodes import Mapping, shortened
from brightline.rulebook.problems import Problem


@dataclass(frozen=True)
class Read:
    """The rulebook of a workbook, and what a reader should know of how it was read."""

    rulebook: Rulebook
    notes: tuple[str, ...] = ()


def from_xlsx(path: Path) -> Read:
    """The rulebook in a workbook. Raises `Unreadable` with all that is wrong, or `OSError`."""
    pages = opened(path)
    reader = _Reader(str(path), pages)
    gathered = reader.gathered()
    reader.faults.stop_if_any()
    rulebook, problems = gathered.rulebook()
    if rulebook is None:
        raise Unreadable(reader.told(problem) for problem in problems)
    return Read(rulebook, tuple(reader.notes))


class _Reader:
    def __init__(self, file: str, pages: list[Page]) -> None:
        self.file, self.pages = file, pages
        self.faults = Faults(file)
        self.notes: list[str] = []
        self.grids: dict[str, Grid] = {}
        self.clauses: dict[str, Grid] = {}

    def gathered(self) -> Gathered:
        """The parts as nodes; stops at faults that leave nothing to look at."""
        by_name = {page.name.strip().lower(): n for n, page in enumerate(self.pages)}
        taken = {by_name.get(name.lower()) for name in (HOW_TO.en, HOW_TO.vi)}
        for sheet in SHEETS:
            numbers = [by_name.get(name.lower()) for name in (sheet.en, sheet.vi)]
            number = next((n for n in numbers if n is not None), None)
            if number is None:
                message = _("the sheet {name} is missing").format(name=f"{sheet.en} / {sheet.vi}")
                self.faults.whole(WORKBOOK, message, _("keep it, even with no rows"))
                continue
            taken.add(number)
            page = self.pages[number]
            self.grids[sheet.id] = grid_of(page, number, sheet, self.faults)
        self.faults.stop_if_any()
        self._sheets_of_sops(by_name, taken)
        for number, page in enumerate(self.pages):
            if number not in taken:
                self._stray(page)
            if page.hidden:
                rows = ", ".join(map(str, page.hidden[:12]))
                note = _("sheet {name}: hidden rows were read too: {rows}")
                self.notes.append(note.format(name=page.name, rows=rows))
        return self._put_together()

    def _sheets_of_sops(self, by_name: dict[str, int], taken: set[int | None]) -> None:
        self.sops: dict[str, Row] = {}
        for row in self.grids["sops"].rows():
            sop, name = row.word("sop"), row.word("sheet").strip()
            if not sop:
                row.refuse("sop", _("the id of the SOP is missing"), None)
                continue
            if sop in self.sops:
                row.refuse("sop", _("{name} stands here twice").format(name=shortened(sop)),
                           _("delete one of the two"))  # fmt: skip
                continue
            self.sops[sop] = row
            number = by_name.get((name or sop).lower())
            if number is None or number in taken:
                meant = difflib.get_close_matches(name or sop, [p.name for p in self.pages], n=1)
                row.refuse(
                    "sheet",
                    _("there is no sheet {name} for this SOP").format(name=shortened(name or sop)),
                    _("did you mean {name}?").format(name=meant[0]) if meant else None,
                )
                continue
            taken.add(number)
            page = self.pages[number]
            self.clauses[sop] = grid_of(page, number, clause_sheet((), True), self.faults)

    def _stray(self, page: Page) -> None:
        if not page.rows:
            return
        names = [name for sheet in SHEETS for name in (sheet.en, sheet.vi)]
        meant = difflib.get_close_matches(page.name, names, n=1)
        hint = _("name it in the sheet {name}, or delete it").format(
            name=self.grids["sops"].page.name
        )
        if meant:
            hint = _("did you mean {name}?").format(name=meant[0])
        self.faults.cell(page.name, "", _("no SOP names this sheet"), hint)

    def _put_together(self) -> Gathered:
        head = sop_parts.head_of(self.grids)
        sops: dict[str, Mapping] = {}
        for name, row in self.sops.items():
            sops[name] = row.mapping(("sheet",))
            sops[name].key = row.key("sop")
        sop_parts.add_parts(self.grids, head, sops)
        for name, grid in self.clauses.items():
            put(sops[name], "clauses", sop_parts.clauses_of(grid))
        sop_parts.add_steps(self.grids["then"], sops)
        law = sop_parts.by_id(self.grids["law"])
        lexicons = lexicons_of(self.grids["lexicons"], self.file)
        return Gathered(self.file, head, law, sops, lexicons)

    def told(self, problem: Problem) -> Problem:
        """A problem of the reading as one of a cell."""
        from openpyxl.utils import get_column_letter

        number, row = int(problem.line) >> BITS, int(problem.line) & ((1 << BITS) - 1)
        if not row:
            return replace(problem, file=self.file)
        cell = f"{get_column_letter(problem.column)}{row}"
        return at_cell(problem, self.file, self.pages[number].name, cell)
