"""What a document is made of, whatever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some text; `level` 1 to 9 where it is a heading, else 0; `item` where it stands in a list."""

    text: str
    level: int = 0
    item: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, as they are read."""

    rows: tuple[tuple[str, ...], ...]
    name: str = ""


Block = Paragraph | Grid
