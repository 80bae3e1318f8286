"""The words of a rulebook in one language: facts, values, tests, numbers, days, sources.

The frame of each sentence comes from the message catalogue, everything else from the rulebook's
own texts, so that a sentence reads as its author writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brightline.i18n import _, format_number, language, ngettext
from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.model import CANNOT_TELL, YES, Kind, Option, Rulebook, Text
from brightline.rulebook.telling_numbers import number_in_words, stretches
from brightline.rulebook.tests import tree

GIVEN, MODERATOR, SENIOR = "given", "moderator", "senior"
"""Sources that are no signal: with the case itself; a person who was asked; one to whom a question
was handed up."""


def in_language(text: Text | None, language: str, instead: str = "") -> str:
    """The text in a language, else in the first language it has, else `instead`."""
    if not text:
        return instead
    return text.get(language) or next(iter(text.values()))


def any_of(words: Sequence[str]) -> str:
    """`A, B or C`."""
    return _joined(words, _("{first} or {last}"))


def all_of(words: Sequence[str]) -> str:
    """`A, B and C`."""
    return _joined(words, _("{first} and {last}"))


def conditions(tests: Sequence[str]) -> str:
    """Tests that all hold: `Item is Accessory; Price below 100,000 ₫` (labels may hold commas)."""
    return "; ".join(tests)


def _joined(words: Sequence[str], last_two: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return last_two.format(first=", ".join(words[:-1]), last=words[-1])


def length_of_time(seconds: float) -> str:
    """`24 hours`, `90 days`: the largest unit that divides it."""
    whole = round(seconds)
    if whole % 86400 == 0 and whole != 86400:
        count = whole // 86400
        words = ngettext("{n} day", "{n} days", count)
    elif whole % 3600 == 0:
        count = whole // 3600
        words = ngettext("{n} hour", "{n} hours", count)
    elif whole % 60 == 0:
        count = whole // 60
        words = ngettext("{n} minute", "{n} minutes", count)
    else:
        count = whole
        words = ngettext("{n} second", "{n} seconds", count)
    return words.format(n=format_number(count))


def points_in_words(points: int) -> str:
    """`12 points`."""
    return ngettext("{n} point", "{n} points", points).format(n=format_number(points))


class Words:
    """What the parts of a rulebook are called in the language in force, for cases of a subject."""

    def __init__(self, rulebook: Rulebook, subject: str) -> None:
        self.rulebook, self.subject, self.language = rulebook, subject, language()
        self._attributes = rulebook.subjects[subject].attributes

    def text(self, text: Text | None, instead: str = "") -> str:
        """A text of the rulebook."""
        return in_language(text, self.language, instead)

    def action(self, name: str) -> str:
        """The title of an action; words of our own for a case that waits for a person."""
        known = self.rulebook.actions.get(name)
        return self.text(known.title, name) if known else _("not decided yet")

    def sop(self, name: str) -> str:
        """The title of an SOP."""
        return self.text(self.rulebook.sop_named(name).title, name)

    def role(self, name: str) -> str:
        """The title of a role."""
        return self.text(self.rulebook.roles.get(name), name)

    def fact(self, column: Column) -> str:
        """The short label of a fact."""
        return self.text(column.fact.title, column.key[1])

    def option(self, column: Column, option: str) -> str:
        """The label of an option; yes and no in words."""
        if column.fact.kind is Kind.YES_NO:
            return _("yes") if option == YES else _("no")
        found = _option_named(column.fact.options, option)
        return self.text(found.text, option) if found else option

    def number(self, column: Column, value: float) -> str:
        """A number of a fact with its unit."""
        return number_in_words(value, column.fact.unit)

    def value(self, column: Column, value: object) -> str:
        """A fact's value."""
        if value == CANNOT_TELL:
            return _("cannot be told")
        if column.numeric and isinstance(value, (int, float)):
            return self.number(column, value)
        return self.option(column, str(value))

    def statement(self, column: Column, value: object) -> str:
        """`Item is e-cigarette`, `Claims vaping: yes`, `Price is 45,000 ₫`."""
        fact = self.fact(column)
        if value == CANNOT_TELL:
            return _("{fact}: cannot be told").format(fact=fact)
        said = self.value(column, value)
        if column.fact.kind is Kind.YES_NO:
            return _("{fact}: {value}").format(fact=fact, value=said)
        return _("{fact} is {value}").format(fact=fact, value=said)

    def test(self, column: Column, passing: int) -> str:
        """The test that exactly these atoms pass: `Price below 100,000 ₫`."""
        fact = self.fact(column)
        values = self.values(column, passing)
        if column.numeric:
            return _("{fact} {test}").format(fact=fact, test=any_of(values))
        if column.fact.kind is Kind.YES_NO:
            return _("{fact}: {value}").format(fact=fact, value=any_of(values))
        for_outside = self.values(column, (1 << column.atoms) - 1 & ~passing)
        if for_outside and len(for_outside) < len(values):
            return _("{fact} is not {values}").format(fact=fact, values=any_of(for_outside))
        return _("{fact} is {value}").format(fact=fact, value=any_of(values))

    def values(self, column: Column, passing: int) -> list[str]:
        """What exactly these atoms stand for: `below 100,000 ₫`; `yes`; the labels of options."""
        if column.numeric:
            return stretches(column, passing, lambda value: self.number(column, value))
        inside = {o for i, o in enumerate(column.options) if passing >> i & 1}
        if column.fact.kind is Kind.YES_NO:
            return [self.option(column, o) for o in column.options if o in inside]
        return self._gathered(column, inside)

    def _gathered(self, column: Column, chosen: set[str]) -> list[str]:
        """The labels of options; a whole branch of a tree goes by the name of its top."""
        branches: dict[str, set[str]] = {}
        for name, _option, above in tree(column.fact.options):
            for node in (*above, name):
                branches.setdefault(node, set()).add(name)
        whole = {name for name, branch in branches.items() if branch <= chosen}
        return [
            self.option(column, name)
            for name, _option, above in tree(column.fact.options)
            if name in chosen and not (name in whole and whole.intersection(above))
        ]

    def attribute(self, name: str) -> str:
        """The title of a raw attribute, as it stands within a sentence; `tags[2]` is an item."""
        bare = name.partition("[")[0]
        known = self._attributes.get(bare)
        return self.text(known.title, bare) if known else bare

    def source(self, supplied: Supplied) -> str:
        """Who or what supplied a fact, with the words it rests on."""
        kind, _colon, rest = supplied.source.partition(":")
        evidence = supplied.detail.get("evidence")
        seen = self._seen(evidence if isinstance(evidence, (list, tuple)) else ())
        if kind == GIVEN:
            return _("given with the case")
        if kind == MODERATOR:
            return _("answered by the moderator")
        if kind == SENIOR:
            return _("confirmed after it was handed up")
        if kind == "lexicon" and seen:
            return _("word list “{list}” found {words}").format(list=rest, words=seen)
        if kind == "lexicon":
            return _("word list “{list}” found nothing").format(list=rest)
        if kind == "attribute":
            return _("taken from the attribute “{attribute}”").format(
                attribute=self.attribute(rest)
            )
        if kind == "number" and seen:
            return _("read from {words}").format(words=seen)
        if seen:
            return _("signal “{name}” found {words}").format(name=kind, words=seen)
        return _("supplied by the signal “{name}”").format(name=kind)

    def _seen(self, evidence: Sequence[Mapping[str, Any]]) -> str:
        """`“pod 1 lần” in Title and “vape” in Description`."""
        by_attribute: dict[str, list[str]] = {}
        for found in evidence:
            words = by_attribute.setdefault(self.attribute(str(found["attribute"])), [])
            quoted = f"“{found['text']}”"
            if quoted not in words:
                words.append(quoted)
        return all_of(
            [
                _("{words} in “{attribute}”").format(words=", ".join(words), attribute=attribute)
                for attribute, words in by_attribute.items()
            ]
        )


def _option_named(options: Mapping[str, Option], wanted: str) -> Option | None:
    for name, option, _above in tree(options):
        if name == wanted:
            return option
    return None
