"""Laying out text in a terminal: wrapped by display width, coloured only where colours show."""

from __future__ import annotations

import re
import shutil
import unicodedata

import click

from brightline.rulebook.problems import width as cells

WIDEST = 100
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """The text without characters that could move the cursor or hide what is written."""
    shown = _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", unicodedata.normalize("NFC", text))
    return "".join("\N{REPLACEMENT CHARACTER}" if 0xD800 <= ord(c) < 0xE000 else c for c in shown)


def page_width() -> int:
    """How wide a page is: the terminal, at most `WIDEST`."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def display_width(text: str) -> int:
    """The cells that a text takes."""
    return sum(map(cells, text))


def wrap(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of a text no wider than the page; `first` and `rest` are what lines begin with."""
    return wrap_to(page_width(), text, first, rest)


def wrap_to(most: int, text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of a text no wider than so many cells; a word that is wider stands alone."""
    rest = " " * display_width(first) if rest is None else rest
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line, begun = first if not lines else rest, False
        used = display_width(line)
        for word in paragraph.split():
            wide = display_width(word)
            if begun and used + 1 + wide > most:
                lines.append(line)
                line, used, begun = rest, display_width(rest), False
            line += f" {word}" if begun else word
            used += wide + begun
            begun = True
        lines.append(line)
    return lines


def say(text: str = "", first: str = "", rest: str | None = None, **style: object) -> None:
    """Print a text, wrapped; `style` as `click.style` takes it."""
    for line in wrap(text, first, rest):
        click.echo(click.style(line, **style) if style else line)  # type: ignore[arg-type]


def heading(text: str) -> None:
    """A heading, with an empty line above it."""
    click.echo()
    click.secho(text, bold=True)


def shortened(text: str, most: int) -> str:
    """The text on one line, at most so many characters."""
    text = " ".join(clean(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
