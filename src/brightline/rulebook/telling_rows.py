"""Which row of a clause held or nearly held, read from where a case stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from brightline.rulebook.table import Row, Table


class Rows:
    """The rows of a table beside the codes of one case."""

    def __init__(self, table: Table, standing: int) -> None:
        self.table = table
        coded = table.codes_plus_two(standing)
        self.codes = {p: code - 2 for p, code in zip(table.tested, coded, strict=True)}

    @cached_property
    def by_clause(self) -> list[list[Row]]:
        """The rows of every clause, in table order."""
        found: list[list[Row]] = [[] for _clause in self.table.clauses]
        for row in self.table.rows[: self.table.rule_rows]:
            found[row.clause].append(row)
        return found

    def passes(self, place: int, cell: int) -> bool | None:
        """Whether a case passes a cell; None where it is unknown or cannot be told."""
        code = self.codes[place]
        return None if code < 0 else bool(cell >> code & 1)

    def holding(self, clause: int) -> Row | None:
        """The row of a clause that surely holds, if one alone does."""
        for row in self.by_clause[clause]:
            if all(self.passes(place, cell) for place, cell in row.cells.items()):
                return row
        return None

    def reasons(self, clause: int) -> tuple[int, ...]:
        """The columns that made a clause hold: those its row tests, else all its rows know."""
        row = self.holding(clause)
        if row is not None:
            return tuple(sorted(row.cells))
        possible = (
            row
            for row in self.by_clause[clause]
            if all(self.passes(p, c) is not False for p, c in row.cells.items())
        )
        return tuple(sorted({p for row in possible for p in row.cells if self.codes[p] >= 0}))

    def of_sop(self, sop: str) -> tuple[int, ...]:
        """The columns that an SOP tests."""
        return tuple(sorted(set(self._tested(sop))))

    def _tested(self, sop: str) -> Iterator[int]:
        for row in self.table.rows[: self.table.rule_rows]:
            if self.table.clauses[row.clause].sop.sop == sop:
                yield from row.cells
