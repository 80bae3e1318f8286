"""Rows of a CSV file: every cell is text, an empty one unknown."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any

from brightline.screening.reading import shown
from brightline.screening.rows import Part, Rows, Source

if TYPE_CHECKING:
    import pyarrow as pa


class CellRows(Rows):
    """Cells under a header; a column `attributes.title` stands for the title among attributes."""

    text = True

    def __init__(self, cells: list[list[str]], columns: Sequence[str]) -> None:
        super().__init__()
        self._cells = cells
        self._columns = {name: at for at, name in enumerate(columns) if name}

    def __len__(self) -> int:
        return len(self._cells)

    def names(self, part: Part | None) -> Set[str]:
        if part is None:
            return self._columns.keys()
        return {n.removeprefix(f"{part}.") for n in self._columns if n.startswith(f"{part}.")}

    def values(self, source: Source) -> list[Any] | None:
        at = self._columns.get(f"{source.inside}.{source.column}") if source.inside else None
        if at is None and source.beside:
            at = self._columns.get(source.column)
        return None if at is None else [row[at] or None for row in self._cells]

    def array(self, source: Source) -> pa.Array[Any] | None:
        import pyarrow as pa

        found = self.values(source)
        return None if found is None else pa.array(found, pa.string())

    def raw(self, at: int) -> str:
        return shown(json.dumps(self._cells[at], ensure_ascii=False))
