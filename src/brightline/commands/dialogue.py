"""Talking at the terminal line by line: prompts out, answers in."""

from __future__ import annotations

import sys

import click

from brightline.commands.page import wrap


class Dialogue:
    """Prints to standard output, or to the error stream where that is kept for JSON."""

    def __init__(self, aside: bool) -> None:
        self._aside = aside

    def line(self, text: str = "", first: str = "", **style: object) -> None:
        """A text, wrapped."""
        for line in wrap(text, first):
            shown = click.style(line, **style) if style else line  # type: ignore[arg-type]
            click.echo(shown, err=self._aside)

    def question(self, number: int, text: str) -> None:
        """A question under its number."""
        self.line()
        self.line(text, f"{number}. ", bold=True)

    def options(self, labels: list[str]) -> None:
        """Options with their number keys."""
        for number, label in enumerate(labels, 1):
            self.line(label, f"  {number:>2}  ")

    def note(self, text: str) -> None:
        """A word in passing."""
        self.line(text, "   ", fg="cyan")

    def guidance(self, text: str) -> None:
        """Guidance, which may run over several paragraphs."""
        for paragraph in text.splitlines():
            self.line(paragraph.replace("**", ""), "   │ ")

    def read(self) -> str | None:
        """The next line typed, without its end; None where the input is over."""
        click.echo("> ", nl=False, err=self._aside)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            click.echo(line.rstrip("\r\n"), err=self._aside)
        return line.rstrip("\r\n") if line else None
