"""Tables in the terminal, aligned by display width and no wider than the page."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brightline.commands.page import clean, display_width, page_width, wrap_to

GAP = "  "
NARROWEST = 16
"""The least that the column of words keeps, however narrow the terminal."""


def show_table(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[object]], indent: str = "  "
) -> None:
    """Print a table. The first column is words and is wrapped; the others stand to the right.

    A first cell that begins with spaces keeps them on every line that it takes.
    """
    lines = [[clean(str(cell)) for cell in row] for row in rows]
    wide = [max(display_width(row[i]) for row in (headers, *lines)) for i in range(len(headers))]
    room = page_width() - len(indent) - sum(wide[1:]) - len(GAP) * (len(wide) - 1)
    wide[0] = min(wide[0], max(NARROWEST, room))
    if title:
        click.echo()
        click.secho(title, bold=True)
    if any(headers):
        for line in _lines(headers, wide):
            click.secho(indent + line, dim=True)
    for row in lines:
        for line in _lines(row, wide):
            click.echo(indent + line)


def _lines(cells: Sequence[str], wide: Sequence[int]) -> list[str]:
    """The lines of one row; the numbers stand beside the first of them."""
    begin = " " * (len(cells[0]) - len(cells[0].lstrip()))
    words = wrap_to(wide[0], cells[0], begin, begin + "    ")
    numbers = [
        " " * (width - display_width(cell)) + cell
        for cell, width in zip(cells[1:], wide[1:], strict=True)
    ]
    first = words[0] + " " * (wide[0] - display_width(words[0]))
    return [GAP.join([first, *numbers]).rstrip(), *words[1:]]
