"""Any workbook as tables of text: one a sheet."""

from __future__ import annotations

from pathlib import Path

from brightline.exchange.documents.blocks import Block, Grid
from brightline.exchange.xlsx.opening import opened


def sheet_blocks(path: Path) -> list[Block]:
    """The sheets that hold anything. Raises `faults.Unreadable`, or `OSError`."""
    found: list[Block] = []
    for page in opened(path):
        width = max((cell.column for row in page.rows for cell in row), default=0)
        rows = []
        for row in page.rows:
            by_column = {cell.column: " ".join(str(cell.value).split()) for cell in row}
            rows.append(tuple(by_column.get(n, "") for n in range(1, width + 1)))
        if rows:
            found.append(Grid(tuple(rows), page.name))
    return found
