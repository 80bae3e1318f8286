"""How a workbook looks: the colours of the workbench, and formats by what a cell holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

INK, SOFT, LINE, SUNK = "#1a2230", "#4f5b6d", "#d5dae2", "#eceef2"
ACCENT, ACCENT_GROUND = "#0b5cad", "#e6f0fb"
GOOD, GOOD_GROUND = "#11602b", "#e6f4ea"
BAD, BAD_GROUND = "#9b1c10", "#fdecea"
WARN, WARN_GROUND = "#744700", "#fff3dc"
FONT = "Be Vietnam Pro"
"""Where it is not installed, spreadsheets take their own; it has every Vietnamese letter too."""
BASE = {"font_size": 10, "valign": "top", "font_color": INK, "border": 1, "border_color": LINE}
LINE_HEIGHT, TALLEST = 13.5, 400
"""In points; a spreadsheet allows 409."""


def row_height(row: Mapping[str, object], widths: Mapping[str, int]) -> float:
    """How tall a row must be for its texts to show, wrapped at the widths of their columns.

    Not every spreadsheet program fits the heights itself when it opens a file.
    """
    lines = 1
    for key, value in row.items():
        if isinstance(value, str):
            room = widths[key] * 1.02
            taken = sum(max(1, math.ceil(len(line) / room)) for line in value.split("\n"))
            lines = max(lines, taken)
    return min(TALLEST, lines * LINE_HEIGHT + 4)


class Look:
    """The formats of one workbook, made when first used."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._kept: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **wanted: object) -> Any:
        """A format: the base and what is wanted on top."""
        key = tuple(sorted(wanted.items()))
        if key not in self._kept:
            self._kept[key] = self._workbook.add_format({**BASE, **wanted})
        return self._kept[key]

    def heading(self, test: bool) -> Any:
        """The first row. Columns of tests stand out from the rest."""
        ground = INK if test else ACCENT
        return self.of(
            bold=True, font_color="#ffffff", bg_color=ground, text_wrap=True, valign="vcenter"
        )

    @cached_property
    def key(self) -> Any:
        """The second row: the keys, which stay as they are."""
        return self.of(font_size=8, font_color=SOFT, bg_color=SUNK, locked=True)

    def cell(self, kind: str, text: bool, shaded: bool) -> Any:
        """A cell. `text`: typed text stays text, whatever it begins with."""
        wanted: dict[str, object] = {"text_wrap": True}
        if kind in ("test", "yaml"):
            wanted["font_name"] = "Consolas"
            wanted["font_size"] = 9
        if kind in ("id", "ids"):
            wanted["font_color"] = ACCENT
        if kind in ("test", "yaml", "id", "ids", "date", "plain"):
            wanted["num_format"] = "@"
        if kind == "number":
            wanted["align"] = "left"
        if shaded:
            wanted["bg_color"] = "#f7f9fc"
        if text:
            wanted["quote_prefix"] = True
        return self.of(**wanted)
