"""What every page of a guideline needs of the rulebook, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from brightline.i18n import _, format_date
from brightline.rulebook.boxes import boxes_of
from brightline.rulebook.columns import Column
from brightline.rulebook.model import AnyOf, Rulebook, Sop, Text
from brightline.rulebook.table import Segment, Table
from brightline.rulebook.telling_boxes import Where, told_boxes
from brightline.rulebook.telling_words import Words, conditions, in_language

Cells = Mapping[int, int]
"""Column and the atoms that pass (a bit set)."""


@dataclass
class Tables:
    """The tables of a rulebook: those that decide on the day, and those that words are made of.

    Words are also needed of clauses that are not in force yet or any more, so their tables hold
    every clause. The tables know no language: one `Tables` serves all pages.
    """

    rulebook: Rulebook
    on: date
    _kept: dict[tuple[str, bool], Table] = field(default_factory=dict)

    def deciding(self, subject: str) -> Table:
        """The table in force on the day."""
        return self._table(subject, dated=True)

    def speaking(self, subject: str) -> Table:
        """The table with every clause, in force or not."""
        return self._table(subject, dated=False)

    def _table(self, subject: str, dated: bool) -> Table:
        key = subject, dated
        if key not in self._kept:
            book = self.rulebook if dated else self._undated
            self._kept[key] = Table(book, subject, self.on)
        return self._kept[key]

    @cached_property
    def _undated(self) -> Rulebook:
        always = {"starts": None, "ends": None}
        return self.rulebook.of_sops(
            *(
                sop.model_copy(
                    update={
                        **always,
                        "clauses": tuple(c.model_copy(update=always) for c in sop.clauses),
                    }
                )
                for sop in self.rulebook.sops
            )
        )


class Book:
    """A rulebook in the language in force: titles, conditions, days."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.rulebook, self.on = tables, tables.rulebook, tables.on
        self.words = {name: Words(self.rulebook, name) for name in self.rulebook.subjects}
        self.language = next(iter(self.words.values())).language
        severities = [a.severity for a in self.rulebook.actions.values() if a.violation]
        self._middle = (min(severities, default=0) + max(severities, default=0)) / 2

    def text(self, text: Text | None, instead: str = "") -> str:
        """A text of the rulebook."""
        return in_language(text, self.language, instead)

    def action(self, name: str) -> dict[str, object]:
        """An action: `title`, `tone` (fine, person, mild, grave), `severity`."""
        action = self.rulebook.actions[name]
        tone = "grave" if action.severity > self._middle else "mild"
        if not action.violation:
            tone = "person" if action.person else "fine"
        return {
            "name": name,
            "title": self.text(action.title, name),
            "tone": tone,
            "severity": action.severity,
        }

    def columns(self, subject: str) -> Sequence[Column]:
        """The facts of a subject."""
        return self.tables.speaking(subject).columns

    def boxes(self, sop: Sop, condition: AnyOf) -> list[Cells]:
        """A condition as boxes of the speaking table."""
        columns = self.columns(sop.subject)
        places = {column.key: place for place, column in enumerate(columns)}
        facts = {column.key: column.fact for column in columns}
        return [
            {places[key]: columns[places[key]].holds(values) for key, values in box.items()}
            for box in boxes_of(condition, sop, facts)
        ]

    def where(self, sop: Sop, boxes: Sequence[Cells]) -> Where:
        """Boxes in words."""
        return told_boxes(self.words[sop.subject], self.columns(sop.subject), boxes)

    def segment(self, sop: Sop) -> tuple[Table, Segment] | None:
        """The SOP as it decides on the day; None where it is not in force."""
        table = self.tables.deciding(sop.subject)
        return next(((table, one) for one in table.segments if one.sop.sop == sop.sop), None)

    def dates(self, starts: date | None, ends: date | None) -> str:
        """`in force from 1 Jan 2027 to 30 Jun 2027`; empty where it always is."""
        if starts and ends:
            said = _("in force from {start} to {end}")
        elif starts:
            said = _("in force from {start}")
        elif ends:
            said = _("in force until {end}")
        else:
            return ""
        return said.format(
            start=format_date(starts) if starts else "", end=format_date(ends) if ends else ""
        )

    def resting_on(self, law: str) -> Iterator[tuple[Sop, str]]:
        """The clauses whose basis a law is: SOP and clause id."""
        for sop in self.rulebook.sops:
            for clause in sop.clauses:
                if law in clause.basis:
                    yield sop, clause.id


def sentence(where: Where) -> str:
    """Cases in one line: `A is x; and one of these: …`."""
    if not where.either:
        return where.common
    either = " / ".join(where.either)
    return conditions([where.common, either]) if where.common else either
