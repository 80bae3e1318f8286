"""The trace: for every clause of every SOP, whether it held, failed or is open, and on what.

Each test of each row is a *cell* that a case passes, fails, or leaves open: two bits. As with the
masks of the table, one integer for each fact and code holds that fact's cells (the others all
ones), and AND-ing them gives all cells of a case at once. A clause's cells are whole bytes of that
integer, and for each pattern of them the clause's trace is made once and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from operator import getitem
from struct import Struct

from brightline.rulebook.table import Table

_MOST_KEPT = 4096
_INTEGER = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""Bytes of a clause's cells → the `struct` format that reads them as one integer."""
_FAILED, _OPEN, _PASSED = 0b00, 0b01, 0b11


class Status(StrEnum):
    """How a clause stands on a case."""

    HELD = "held"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Cell:
    """One test of a row: the column, and the atoms that pass (a bit set)."""

    column: int
    passing: int


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """How one clause (index into `table.clauses`) stands.

    `failed` holds the tests that failed, of every row (any-of alternative), without repeats.
    `open` holds the columns that it still waits for: unknown, or not to be told.
    """

    clause: int
    status: Status
    failed: tuple[Cell, ...] = ()
    open: tuple[int, ...] = ()


class _Patterns(dict[int | bytes, ClauseTrace]):
    """The traces of one clause by the pattern of its cells, made as they occur."""

    def __init__(self, clause: int, rows: list[list[Cell]]) -> None:
        super().__init__()
        self.clause, self.rows = clause, rows
        needed = (sum(len(row) for row in rows) + 3) // 4
        self.size = next((size for size in _INTEGER if needed <= size), needed)
        self.format = _INTEGER.get(self.size, f"{self.size}s")

    def __missing__(self, pattern: int | bytes) -> ClauseTrace:
        if len(self) >= _MOST_KEPT:
            self.clear()
        cells = pattern if isinstance(pattern, int) else int.from_bytes(pattern, "little")
        made = self[pattern] = self._made(cells)
        return made

    def _made(self, cells: int) -> ClauseTrace:
        failed: dict[Cell, None] = {}
        waiting: dict[int, None] = {}
        for row in self.rows:
            missed, unsure = [], []
            for cell in row:
                state, cells = cells & 0b11, cells >> 2
                if state == _FAILED:
                    missed.append(cell)
                elif state == _OPEN:
                    unsure.append(cell.column)
            if not missed and not unsure:
                return ClauseTrace(self.clause, Status.HELD)
            if missed:
                failed |= dict.fromkeys(missed)
            else:
                waiting |= dict.fromkeys(unsure)
        status = Status.OPEN if waiting else Status.FAILED
        return ClauseTrace(self.clause, status, tuple(failed), tuple(waiting))


class Tracer:
    """Makes traces of standings of one table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        rows_of: list[list[list[Cell]]] = [[] for _clause in table.clauses]
        for row in table.rows[: table.rule_rows]:
            rows_of[row.clause].append([Cell(p, c) for p, c in sorted(row.cells.items())])
        self._patterns = [_Patterns(clause, rows) for clause, rows in enumerate(rows_of)]
        self._split = Struct("<" + "".join(of.format for of in self._patterns)).unpack
        self._size = sum(of.size for of in self._patterns)
        self._full = (1 << 8 * self._size) - 1
        self._cells = self._cell_masks()

    def _cell_masks(self) -> list[list[int]]:
        """For each tested column and code + 2: the states of its cells, all other bits one."""
        places = {place: index for index, place in enumerate(self._table.tested)}
        masks = [
            [self._full] * (self._table.columns[place].atoms + 2) for place in self._table.tested
        ]
        start = 0
        for of in self._patterns:
            at = start
            for cell in (cell for row in of.rows for cell in row):
                for coded, mask in enumerate(masks[places[cell.column]]):
                    passed = coded >= 2 and cell.passing >> coded - 2 & 1
                    state = _OPEN if coded < 2 else _PASSED if passed else _FAILED
                    masks[places[cell.column]][coded] = mask & ~((state ^ 0b11) << at)
                at += 2
            start += 8 * of.size
        return masks

    def trace(self, standing: int) -> tuple[ClauseTrace, ...]:
        """One `ClauseTrace` a clause, in table order (by SOP, then in the order of winning).

        An `otherwise` clause is traced as the rest of its tests say (its scope): whether it was
        needed shows in the verdict.
        """
        cells = self._full
        for masks, coded in zip(self._cells, self._table.codes_plus_two(standing), strict=True):
            cells &= masks[coded]
        patterns = self._split(cells.to_bytes(self._size, "little"))
        return tuple(map(getitem, self._patterns, patterns))
