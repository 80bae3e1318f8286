"""The facts that an SOP's table has as columns, with their options in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from brightline.editing.pieces import data_of
from brightline.editing.units import NotYaml
from brightline.i18n import _
from brightline.rulebook.columns import Column
from brightline.rulebook.model import Fact, Kind
from brightline.rulebook.telling_words import Words, any_of
from brightline.rulebook.tests import TestError, parse_test, tree

Data = dict[str, Any]
IS, IS_NOT = "is", "is_not"


@lru_cache(maxsize=64)
def parsed(text: str) -> Any:
    """A file as plain data, kept; do not change it. Raises `NotYaml`."""
    return data_of(text)


def mapping(value: Any) -> Data:
    """The value where it is a mapping, else an empty one: a file may hold anything."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """The items of a list; one thing that stands in its place; nothing for None."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a fact; `depth` is how deep it stands in its tree, `whole` that it has more
    below it."""

    id: str
    words: str
    depth: int
    whole: bool


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact that can be tested. `fact` is None where it cannot be read."""

    name: str
    words: str
    kind: str
    shared: bool
    fact: Fact | None
    choices: tuple[Choice, ...]
    unit: str
    ask: str


class Facts:
    """The facts of an SOP and those that all share, in the language of `words`."""

    def __init__(self, sop: Data, head: Data, words: Words) -> None:
        self.words = words
        self.known: dict[str, FactShown] = {}
        for name, data in mapping(sop.get("facts")).items():
            self.known[name] = self._shown(name, data, False)
        for name, data in mapping(head.get("facts")).items():
            self.known.setdefault(name, self._shown(name, data, True))
        for name in mapping(sop.get("definitions")):
            self.known.setdefault(f"{IS} {name}", self._definition(name))

    def _shown(self, name: str, data: Any, shared: bool) -> FactShown:
        try:
            fact = Fact.model_validate(data)
        except ValidationError:
            return FactShown(name, name, "", shared, None, (), "", "")
        return FactShown(
            name, self.words.text(fact.title, name), fact.kind, shared, fact,
            tuple(self._choices(fact)), fact.unit or "", self.words.text(fact.ask),
        )  # fmt: skip

    def _definition(self, name: str) -> FactShown:
        said = _("Term “{name}”").format(name=name)
        return FactShown(f"{IS} {name}", said, "definition", False, None, (), "", "")

    def _choices(self, fact: Fact) -> Iterator[Choice]:
        if fact.kind is Kind.YES_NO:
            yield Choice("yes", _("yes"), 0, False)
            yield Choice("no", _("no"), 0, False)
            return
        for name, option, above in tree(fact.options):
            yield Choice(name, self.words.text(option.text, name), len(above), bool(option.options))

    def tested_in_words(self, name: str, test: Any) -> tuple[str, bool]:
        """A test in words, and whether it can be read."""
        shown = self.known.get(name)
        if shown is None or shown.fact is None:
            return str(test), False
        try:
            values = parse_test(shown.fact, test)
        except TestError:
            return str(test), False
        column = Column.of(name, (None, name), shown.fact, [values])
        passing = column.holds(values)
        said = self.words.values(column, passing)
        if shown.kind != Kind.CHOICE:
            return any_of(said), True
        rest = self.words.values(column, (1 << column.atoms) - 1 & ~passing)
        if rest and len(rest) < len(said):
            return _("not {values}").format(values=any_of(rest)), True
        return any_of(said), True


def readable(text: str) -> Data | None:
    """The file's mapping; None where it cannot be parsed, or holds something else."""
    try:
        found = parsed(text)
    except NotYaml:
        return None
    return found if isinstance(found, dict) else None
