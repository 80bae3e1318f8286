"""The options of a fact, and names that come close to a misspelt one."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Fact, Kind, Option, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


_IDS: dict[int, tuple[Fact, tuple[str, ...]]] = {}
"""Facts do not change: the ids of their options are gathered once. The fact is kept along, so that
no other can come to have its number."""
_MOST_KEPT = 10_000


def options_of(options: Mapping[str, Option]) -> Iterator[tuple[str, Option]]:
    """Every node of an option tree in file order: an option, then those below it."""
    stack = list(reversed(list(options.items())))
    while stack:
        name, option = stack.pop()
        yield name, option
        stack.extend(reversed(list(option.options.items())))


def option_ids(fact: Fact) -> tuple[str, ...]:
    """The values of a fact: `yes`, `no`; its options in file order; none for a number."""
    if fact.kind is Kind.YES_NO:
        return (YES, NO)
    kept = _IDS.get(id(fact))
    if kept is None or kept[0] is not fact:
        if len(_IDS) >= _MOST_KEPT:
            _IDS.clear()
        kept = _IDS[id(fact)] = fact, tuple(name for name, _o in options_of(fact.options))
    return kept[1]


def option_labels(fact: Fact) -> Iterator[tuple[str, Text]]:
    """Every option of a choice with its words in each language."""
    for name, option in options_of(fact.options):
        yield name, option.text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that ends a sentence: the name that comes closest, else the names there are."""
    names = list(known)
    close = difflib.get_close_matches(word[:80], names, n=1, cutoff=0.6)
    if close:
        return _("did you mean {name}?").format(name=close[0])
    if not names:
        return _("there are none")
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return _("there are: {names}").format(names=shown)


def quoted(value: object, most: int = 60) -> str:
    """A raw value fit for a message: in quotes, without control characters or excess length."""
    text = value if isinstance(value, str) else _number(value)
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: most + 1])
    shown = clean[:most] + "…" if len(clean) > most else clean
    return f'"{shown}"' if isinstance(value, str) else shown


def _number(value: object) -> str:
    if isinstance(value, int) and abs(value) > 10**18:
        return _("a huge number")
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - a stranger's __str__
        return type(value).__name__
