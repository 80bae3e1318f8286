"""The answers that a question offers, in the order of the number keys."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import _
from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.model import NO, YES, Kind
from brightline.rulebook.telling_words import Words
from brightline.rulebook.tests import tree
from brightline.workbench.cases.searching import fold

NUMBER_KEYS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen. `find` is what a filter looks in, without accents."""

    value: str
    label: str
    above: str = ""
    find: str = ""
    suggested: bool = False


def choices(column: Column, words: Words, suggestion: Supplied | None) -> list[Choice]:
    """The options of a question; none for a number. A tree is unfolded, each with its way down."""
    if column.numeric:
        return []
    hint = None if suggestion is None else suggestion.value
    if column.fact.kind is Kind.YES_NO:
        return [
            Choice(one, _capital(words.option(column, one)), suggested=one == hint)
            for one in (YES, NO)
        ]
    found = []
    for name, option, above in tree(column.fact.options):
        label = words.option(column, name)
        way = " › ".join(words.option(column, one) for one in above)
        if option.options:
            label = _("{option}: all of it, or nothing below fits").format(option=label)
        found.append(Choice(name, _capital(label), way, fold(f"{way} {label}"), name == hint))
    return found


def to_filter(offered: list[Choice]) -> bool:
    """Whether there are more answers than number keys, so that one types to find them."""
    return len(offered) > NUMBER_KEYS


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
