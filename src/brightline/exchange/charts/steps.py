"""A flowchart in words: its nodes and its arrows, in the language in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from brightline.i18n import _
from brightline.rulebook.columns import Column
from brightline.rulebook.flow import Edge, Question, chart_of
from brightline.rulebook.model import Kind, Rulebook, Sop
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.table import Segment, Table
from brightline.rulebook.telling_boxes import told_boxes
from brightline.rulebook.telling_words import Words, any_of, conditions

MOST_VALUES = 4
"""An answer of more options than this is “any other”, where it is the longest."""
Tone = Literal["question", "fine", "person", "fault", "none"]


@dataclass(frozen=True)
class Step:
    """A box of the flowchart: a question, or an outcome by its tone."""

    name: str
    text: str
    tone: Tone


@dataclass
class Steps:
    """The flowchart of one SOP. `arrows`: from, answer, to."""

    title: str
    steps: list[Step] = field(default_factory=list)
    arrows: list[tuple[str, str, str]] = field(default_factory=list)


def steps_of(rulebook: Rulebook, sop: Sop, on: date) -> Steps | None:
    """The flowchart of an SOP on a day; None where it is not in force or each is too large."""
    table = Table(rulebook, sop.subject, on)
    segment = next((one for one in table.segments if one.sop.sop == sop.sop), None)
    if segment is None:
        return None
    return _Maker(rulebook, sop, table, segment).made()


class _Maker:
    def __init__(self, rulebook: Rulebook, sop: Sop, table: Table, segment: Segment) -> None:
        self.rulebook, self.sop, self.table, self.segment = rulebook, sop, table, segment
        self.words = Words(rulebook, sop.subject)
        self.found = Steps(self.words.text(sop.title, sop.sop))

    def made(self) -> Steps | None:
        """The steps, the question of the scope first where there is one."""
        chart = chart_of(self.table, self.segment)
        if chart is None:
            return None
        first = "q1" if chart.questions else self._outcome(chart.outcome)
        if chart.scope:
            where = told_boxes(self.words, self.table.columns, list(self.segment.scope))
            either = " / ".join(where.either)
            said = conditions([part for part in (where.common, either) if part])
            self._step("scope", f"{said}?", "question")
            self.found.arrows.append(("scope", _("Yes"), first))
            self.found.arrows.append(("scope", _("No"), self._outside()))
        for number, question in enumerate(chart.questions, start=1):
            self._question(number, question)
        return self.found

    def _step(self, name: str, text: str, tone: Tone) -> str:
        if all(step.name != name for step in self.found.steps):
            self.found.steps.append(Step(name, text, tone))
        return name

    def _question(self, number: int, question: Question) -> None:
        column = self.table.columns[question.place]
        asked = self.words.text(column.fact.ask) or self.words.fact(column)
        self._step(f"q{number}", asked, "question")
        for edge, label in zip(question.edges, self._labels(column, question.edges), strict=True):
            to = (
                f"q{edge.question + 1}"
                if edge.question is not None
                else self._outcome(edge.outcome)
            )
            self.found.arrows.append((f"q{number}", label, to))

    def _labels(self, column: Column, edges: tuple[Edge, ...]) -> Iterator[str]:
        values = [self.words.values(column, edge.atoms) for edge in edges]
        longest = max(values, key=len)
        for own in values:
            other = own is longest and len(own) > MOST_VALUES and len(values) > 1
            text = _("Any other") if other and column.fact.kind is Kind.CHOICE else any_of(own)
            yield text[:1].upper() + text[1:]

    def _outcome(self, outcome: int | None) -> str:
        if outcome is None or outcome == NO_CLAUSE:
            return self._step("none", _("No clause applies"), "none")
        clause = self.table.clauses[outcome].clause
        action = self.rulebook.actions[clause.action]
        tone: Tone = "fault" if action.violation else "person" if action.person else "fine"
        title = self.words.text(clause.title, clause.id)
        text = f"{clause.id} · {self.words.action(clause.action)}\n{title}"
        return self._step(f"c{outcome}", text, tone)

    def _outside(self) -> str:
        return self._step("outside", _("This SOP does not apply"), "none")
