"""The questions of a chart as cards: a heading, and a row for every answer."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.i18n import _, format_number
from brightline.reports.guide.book import Book, sentence
from brightline.reports.guide.markdown import as_plain
from brightline.rulebook.columns import Column
from brightline.rulebook.flow import Chart, Edge, Question
from brightline.rulebook.model import Kind, Sop
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.telling_words import Words, any_of

MOST_VALUES = 4
"""An answer that stands for more options than this is called “any other”, if no other is."""


@dataclass(frozen=True)
class Answer:
    """One row of a card: the answer; the clause, or the card, it leads to.

    `clause` is None where it leads on or to no clause; `goes_to` the index of a card or None.
    """

    label: str
    said: str
    tone: str
    clause: str | None
    title: str
    goes_to: int | None


@dataclass(frozen=True)
class Card:
    """A question: its number (empty: the scope), its text, the fact it asks for, its answers."""

    number: str
    text: str
    fact: str | None
    answers: tuple[Answer, ...]


def cards(book: Book, sop: Sop, chart: Chart) -> tuple[list[Card], list[int]]:
    """The cards of a chart, that of the scope first where there is one, and their ranks."""
    maker = _Maker(book, sop, chart)
    ranks = chart.ranks()
    made = [maker.question(q, n) for n, q in enumerate(chart.questions)]
    if maker.first:
        return [maker.scope(), *made], [0, *(rank + 1 for rank in ranks)]
    return made, ranks


class _Maker:
    def __init__(self, book: Book, sop: Sop, chart: Chart) -> None:
        found = book.segment(sop)
        assert found is not None
        self.table, _segment = found
        self.book, self.sop, self.chart = book, sop, chart
        self.words: Words = book.words[sop.subject]
        self.first = 1 if chart.scope else 0

    def scope(self) -> Card:
        """The question whether the SOP applies at all."""
        assert self.chart.scope is not None
        where = self.book.where(self.sop, self.book.boxes(self.sop, self.sop.scope))
        outside = Answer(_("No"), _("This SOP does not apply"), "none", None, "", None)
        if self.chart.questions:
            inside = self._onward(_("Yes"), 0)
        else:
            assert self.chart.outcome is not None
            inside = self._settled(_("Yes"), self.chart.outcome)
        return Card("", sentence(where) + "?", None, (outside, inside))

    def question(self, question: Question, number: int) -> Card:
        """One question with its answers, those that settle it first."""
        column = self.table.columns[question.place]
        labels = self._labels(column, question.edges)
        answers = [
            self._onward(label, edge.question)
            if edge.question is not None
            else self._settled(label, edge.outcome if edge.outcome is not None else NO_CLAUSE)
            for edge, label in zip(question.edges, labels, strict=True)
        ]
        answers.sort(key=lambda answer: answer.goes_to is not None)
        asked = as_plain(self.book.text(column.fact.ask)) or self.words.fact(column)
        return Card(format_number(number + 1), asked, column.key[1], tuple(answers))

    def _labels(self, column: Column, edges: tuple[Edge, ...]) -> list[str]:
        values = [self.words.values(column, edge.atoms) for edge in edges]
        longest = max(range(len(edges)), key=lambda n: len(values[n]))
        labels = [_capital(any_of(own)) for own in values]
        many = len(edges) > 1 and len(values[longest]) > MOST_VALUES
        if column.fact.kind is Kind.CHOICE and many:
            labels[longest] = _("Any other")
        return labels

    def _onward(self, label: str, question: int) -> Answer:
        said = _("go to {number}").format(number=format_number(question + 1))
        return Answer(label, said, "", None, "", question + self.first)

    def _settled(self, label: str, outcome: int) -> Answer:
        if outcome == NO_CLAUSE:
            return Answer(label, _("No clause applies"), "none", None, "", None)
        clause = self.table.clauses[outcome].clause
        action = self.book.action(clause.action)
        said = f"{clause.id} · {action['title']}"
        title = self.book.text(clause.title, clause.id)
        return Answer(label, said, str(action["tone"]), clause.id, title, None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
