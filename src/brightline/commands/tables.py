"""Tables in the terminal, aligned by display width and no wider than the page."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brightline.commands.page import clean, display_width, page_width


def show_table(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[object]], indent: str = "  "
) -> None:
    """Print a table. The first column is words and gives way; the others stand to the right."""
    lines = [[clean(str(cell)) for cell in row] for row in rows]
    widths = [
        max(display_width(row[i]) for row in (list(headers), *lines)) for i in range(len(headers))
    ]
    room = page_width() - len(indent) - sum(widths[1:]) - 2 * (len(widths) - 1)
    widths[0] = max(10, min(widths[0], room))
    click.echo()
    click.secho(title, bold=True)
    click.secho(indent + _line(headers, widths), dim=True)
    for line in lines:
        click.echo(indent + _line(line, widths))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (_cut(cell, wide) for cell, wide in zip(cells, widths, strict=True))
    padded = first + " " * (widths[0] - display_width(first))
    right = [
        " " * (wide - display_width(cell)) + cell
        for cell, wide in zip(others, widths[1:], strict=True)
    ]
    return "  ".join([padded, *right]).rstrip()


def _cut(text: str, wide: int) -> str:
    """The text, shortened with … where it is too wide."""
    if display_width(text) <= wide:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) > wide - 1:
            break
        kept += char
    return kept.rstrip() + "…"
