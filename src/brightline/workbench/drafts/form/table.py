"""The clauses of an SOP as the rows of a table: tests as chips, action and points beside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from brightline.i18n import _
from brightline.rulebook.telling_words import Words
from brightline.workbench.drafts.form.facts import (
    IS,
    IS_NOT,
    Data,
    Facts,
    FactShown,
    listed,
    mapping,
)
from brightline.workbench.drafts.form.steps import steps_in_words


@dataclass(frozen=True, slots=True)
class Chip:
    """A test: the fact it is on, its words, the test as written; `fine` that it can be read."""

    fact: str
    words: str
    raw: str
    fine: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One alternative of a clause: the chips by fact."""

    number: int
    chips: dict[str, Chip]


@dataclass(frozen=True, slots=True)
class Row:
    """A clause. `bare` is one that has neither tests nor `otherwise`: it holds for nothing yet."""

    id: str
    title: str
    lines: tuple[Line, ...]
    otherwise: bool
    bare: bool
    action: str
    points: Any
    changed: str
    notes: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An action that a clause can have."""

    name: str
    words: str
    tone: str


@dataclass(frozen=True)
class TableView:
    """The table of an SOP, in the language in force."""

    rows: tuple[Row, ...]
    columns: tuple[FactShown, ...]
    facts: Facts
    actions: tuple[Action, ...]
    taken: dict[str, str] = field(default_factory=dict)

    @property
    def described(self) -> str:
        """The facts as the page's script takes them: JSON."""
        return json.dumps(
            {
                one.name: {
                    "words": one.words, "kind": one.kind, "unit": one.unit, "ask": one.ask,
                    "shared": one.shared,
                    "choices": [[c.id, c.words, c.depth, c.whole] for c in one.choices],
                }
                for one in self.facts.known.values()
            },
            ensure_ascii=False,
        ).replace("<", "\\u003c")  # fmt: skip


def table_of(
    sop: Data,
    head: Data,
    words: Words,
    before: Data | None = None,
    notes: dict[str, int] | None = None,
) -> TableView:
    """The table of an SOP's data; `before` is the SOP as the draft was opened, None for a new one.

    `notes` counts the open comments by clause.
    """
    facts = Facts(sop, head, words)
    old = {str(one.get("id")): one for one in map(mapping, listed((before or {}).get("clauses")))}
    roles = mapping(head.get("roles"))
    rows = tuple(
        _row(mapping(one), facts, words, old if before is not None else None, notes or {}, roles)
        for one in listed(sop.get("clauses"))
    )
    used = {name for row in rows for line in row.lines for name in line.chips}
    own = [one for name, one in facts.known.items() if not one.shared and (
        name in used or one.kind != "definition")]  # fmt: skip
    shared = [one for name, one in facts.known.items() if one.shared and name in used]
    unknown = [FactShown(name, name, "", False, None, (), "", "")
               for name in sorted(used - facts.known.keys())]  # fmt: skip
    terms = [one for one in own if one.kind == "definition"]
    plain = [one for one in own if one.kind != "definition"]
    return TableView(rows, (*terms, *plain, *shared, *unknown), facts, tuple(_actions(head, words)))


def _row(
    clause: Data,
    facts: Facts,
    words: Words,
    old: dict[str, Any] | None,
    notes: dict[str, int],
    roles: Data,
) -> Row:
    name = str(clause.get("id", ""))
    when = [mapping(one) for one in listed(clause.get("when"))]
    lines = tuple(Line(number, dict(_chips(one, facts))) for number, one in enumerate(when))
    otherwise = clause.get("otherwise") == "yes"
    changed = ""
    if old is not None:
        changed = "new" if name not in old else "changed" if old[name] != clause else ""
    return Row(
        name, _in(clause.get("title"), words, name), lines or (Line(0, {}),), otherwise,
        not lines and not otherwise, str(clause.get("action", "")), clause.get("points", 0),
        changed, notes.get(name, 0), steps_in_words(clause, roles, words.language),
    )  # fmt: skip


def _chips(when: Data, facts: Facts) -> Iterator[tuple[str, Chip]]:
    for name, test in when.items():
        raw = json.dumps(test, ensure_ascii=False)
        if name in (IS, IS_NOT):
            for term in listed(test):
                key = f"{IS} {term}"
                said = _("holds") if name == IS else _("does not hold")
                yield key, Chip(key, said, json.dumps(name == IS), key in facts.known)
        else:
            said, fine = facts.tested_in_words(name, test)
            yield name, Chip(name, said, raw, fine)


def _in(text: Any, words: Words, instead: str) -> str:
    said = mapping(text)
    return str(said.get(words.language) or next(iter(said.values()), instead))


def _actions(head: Data, words: Words) -> Iterator[Action]:
    found = []
    for name, data in mapping(head.get("actions")).items():
        one = mapping(data)
        severity = one.get("severity", 0)
        fault, person = one.get("violation") != "no", one.get("person") == "yes"
        tone = (
            "bad"
            if fault and severity >= 60
            else "warn"
            if fault
            else "accent"
            if person
            else "good"
        )
        found.append((severity, Action(name, _in(one.get("title"), words, name), tone)))
    found.sort(key=lambda pair: pair[0] if isinstance(pair[0], (int, float)) else 0)
    yield from (action for _severity, action in found)
