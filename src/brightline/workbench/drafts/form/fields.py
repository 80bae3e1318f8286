"""One value of an entry as a field of the form: a day, a number, a choice, a time, a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from brightline.i18n import _
from brightline.workbench.drafts.form.facts import Data
from brightline.workbench.drafts.form.steps import Length, length_of

Kind = Literal["date", "number", "choice", "length", "line", "fixed"]


@dataclass(frozen=True, slots=True)
class Field:
    """A value at a path of the file, as the page's script sends it: `queues/live/sla`."""

    kind: Kind
    label: str
    place: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    length: Length | None = None
    help: str = ""
    least: int = 0


def day(label: str, place: str, data: Data, key: str, help_: str = "") -> Field:
    """A date."""
    return Field("date", label, f"{place}/{key}", _said(data.get(key)), help=help_)


def number(label: str, place: str, data: Data, key: str, least: int = 0) -> Field:
    """A whole number, 0 among them."""
    return Field("number", label, f"{place}/{key}", _said(data.get(key)), least=least)


def line(label: str, place: str, data: Data, key: str, help_: str = "") -> Field:
    """A short text that is in no language."""
    return Field("line", label, f"{place}/{key}", _said(data.get(key)), help=help_)


def length(label: str, place: str, data: Data, key: str) -> Field:
    """A length of time."""
    found = length_of(data.get(key))
    return Field("length", label, f"{place}/{key}", found.raw, length=found)


def choice(
    label: str, place: str, data: Data, key: str, choices: Iterable[tuple[str, str]]
) -> Field:
    """One of several; what the file says stays to be seen where it is none of them."""
    now, known = _said(data.get(key)), list(choices)
    if now not in [name for name, _words in known]:
        known.insert(0, (now, now or _("Choose…")))
    return Field("choice", label, f"{place}/{key}", now, tuple(known))


def flag(label: str, place: str, data: Data, key: str, usual: str) -> Field:
    """Yes or no; `usual` is what holds where the file says nothing."""
    told = {key: data.get(key, usual)}
    return choice(label, place, told, key, (("yes", _("yes")), ("no", _("no"))))


def fixed(label: str, value: Any, help_: str = "") -> Field:
    """A value that is shown and not changed here."""
    return Field("fixed", label, "", _said(value), help=help_)


def _said(value: Any) -> str:
    return "" if value is None else str(value)
