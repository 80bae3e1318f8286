"""A word on what a case holds and nothing reads, where it looks like a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

import click

from brightline.commands.page import clean
from brightline.i18n import _
from brightline.rulebook.model import Rulebook

KEYS = ("id", "subject", "attributes", "facts", "expect", "note")
_ALIKE = 0.75


def show_unread(raw: Mapping[str, object], rulebook: Rulebook, subject: str) -> None:
    """Say on the error stream which key or attribute is not read, and what was probably meant.

    A case may carry more than a rulebook reads, so a name that resembles none is passed over.
    """
    for name, meant in _slips(raw, rulebook, subject):
        said = _("{name} is not read; did you mean {meant}?").format(name=repr(name), meant=meant)
        click.secho(_("Note: {note}").format(note=clean(said)), fg="yellow", err=True)


def _slips(
    raw: Mapping[str, object], rulebook: Rulebook, subject: str
) -> Iterator[tuple[str, str]]:
    yield from _alike(raw, KEYS)
    attributes = raw.get("attributes")
    if isinstance(attributes, Mapping):
        yield from _alike(attributes, rulebook.subjects[subject].attributes)


def _alike(found: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    names, given = list(known), list(found)
    free = [name for name in names if name not in given]
    for name in given[:200]:
        close = () if name in names else get_close_matches(name[:80], free, 1, _ALIKE)
        yield from ((name[:60], meant) for meant in close)
