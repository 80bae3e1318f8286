"""One SOP as the templates take it: plain data, in the language in force."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from brightline.i18n import _, format_date, format_number, ngettext
from brightline.reports.guide.book import Book, sentence
from brightline.reports.guide.chart_cards import Card, cards
from brightline.reports.guide.chart_drawing import Drawing, drawn
from brightline.reports.guide.clauses_view import basis, clauses, condition, untold_examples
from brightline.reports.guide.decision_table import decision_table
from brightline.reports.guide.facts_view import questions
from brightline.reports.guide.markdown import as_html, as_plain
from brightline.reports.guide.sheet_size import halves, sheet_size
from brightline.rulebook.flow import Chart, chart_of
from brightline.rulebook.model import Hit, Sop
from brightline.rulebook.telling_words import length_of_time

WIDEST = 3
"""A chart with more questions side by side is told clause by clause instead."""


class SopView:
    """One SOP; what the pages share is made once."""

    def __init__(self, book: Book, sop: Sop, charts: dict[str, Chart | None]) -> None:
        self.book, self.sop = book, sop
        if sop.sop not in charts:
            charts[sop.sop] = _chart(book, sop)
        self.chart = charts[sop.sop]

    @cached_property
    def data(self) -> dict[str, Any]:
        """Everything but the drawing of the chart."""
        book, sop = self.book, self.sop
        scope = book.where(sop, book.boxes(sop, sop.scope)) if sop.scope else None
        tested = {p for boxes in self._boxes for box in boxes for p in box}
        queue = book.rulebook.queues.get(sop.queue) if sop.queue else None
        purpose = book.text(sop.purpose)
        count = len(sop.clauses)
        found: dict[str, Any] = {
            "id": sop.sop,
            "title": book.text(sop.title, sop.sop),
            "subject": book.text(book.rulebook.subjects[sop.subject].title, sop.subject),
            "owner": book.text(book.rulebook.teams.get(sop.owner), sop.owner),
            "queue": book.text(queue.title, sop.queue or "") if queue else "",
            "sla": length_of_time(queue.sla) if queue else "",
            "review_by": format_date(sop.review_by),
            "overdue": sop.review_by < book.on,
            "dates": book.dates(sop.starts, sop.ends),
            "active": sop.active(book.on),
            "purpose": as_html(purpose),
            "plain": as_plain(purpose),
            "scope": scope,
            "scope_line": sentence(scope) if scope else "",
            "clauses": clauses(book, sop),
            "order": _order(sop),
            "ladder": self._ladder(),
            "questions": questions(book, sop, tested),
            "definitions": [
                {"id": name, "where": book.where(sop, book.boxes(sop, meant))}
                for name, meant in sop.definitions.items()
            ],
            "cannot_tell": book.action(sop.cannot_tell),
            "untold": untold_examples(book, sop),
            "table": decision_table(book, sop),
            "counts": _("{clauses}, {examples}").format(
                clauses=ngettext("{n} clause", "{n} clauses", count).format(n=format_number(count)),
                examples=ngettext("{n} example", "{n} examples", len(sop.examples)).format(
                    n=format_number(len(sop.examples))
                ),
            ),
        }
        return {**found, "sheet_size": sheet_size(found), "tells": halves(found)}

    @cached_property
    def _boxes(self) -> list[Any]:
        sop = self.sop
        whens = [self.book.boxes(sop, c.when) for c in sop.clauses if not c.otherwise]
        return [*whens, self.book.boxes(sop, sop.scope)]

    def _ladder(self) -> list[dict[str, Any]]:
        """The clauses as they win, strongest first."""
        book, sop = self.book, self.sop
        listed = list(sop.clauses)
        if sop.hit is not Hit.FIRST:
            listed.sort(key=lambda clause: -book.rulebook.actions[clause.action].severity)
        listed.sort(key=lambda clause: clause.otherwise)
        return [
            {
                "id": clause.id,
                "title": book.text(clause.title, clause.id),
                "where": condition(book, sop, clause),
                "action": book.action(clause.action),
                "otherwise": clause.otherwise,
                "basis": [basis(book, name) for name in clause.basis],
            }
            for clause in listed
        ]

    def drawing(self, at: str = "") -> Drawing | None:
        """The chart as SVG, its links to anchors that begin with `at`; None without a chart."""
        if self.chart is None or not (self.chart.questions or self.chart.scope):
            return None
        return drawn(self.book, self.sop, self.chart, at)

    @cached_property
    def steps(self) -> list[Card]:
        """The questions of the chart one after the other; none without a chart."""
        return cards(self.book, self.sop, self.chart)[0] if self.chart else []


def _chart(book: Book, sop: Sop) -> Chart | None:
    found = book.segment(sop)
    if found is None:
        return None
    chart = chart_of(*found)
    return chart if chart is not None and chart.width() <= WIDEST else None


def _order(sop: Sop) -> str:
    """Which clause counts where several hold."""
    if sop.hit is Hit.FIRST:
        return _("Where several clauses hold, the one that stands first counts.")
    if sop.hit is Hit.UNIQUE:
        return _("No two clauses ever hold of the same case.")
    return _(
        "Where several clauses hold, the one with the most severe action counts; among equals, "
        "the one that stands first."
    )
