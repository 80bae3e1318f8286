"""A decision explained: what was decided, why, on what law, and what follows, as sentences.

`explain(decision)` gives an `Explanation`, in the language in force. It holds finished sentences
and no layout: the terminal, a page and a letter each lay it out their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar

from brightline.i18n import _, format_date, language, use
from brightline.rulebook.columns import CANNOT_TELL_CODE, Column
from brightline.rulebook.deciding import OPEN, Decision, Supplied
from brightline.rulebook.model import MANUAL_REVIEW, POLICY, Clause, Law, Sop
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD
from brightline.rulebook.telling_near import NearMiss, near_misses
from brightline.rulebook.telling_rows import Rows
from brightline.rulebook.telling_words import Words, length_of_time, points_in_words

Told = TypeVar("Told")


@dataclass(frozen=True)
class Because:
    """One fact that a clause rests on, and who or what supplied it (empty: nobody did)."""

    statement: str
    source: str = ""


@dataclass(frozen=True)
class Step:
    """A follow-up: what, by whom, within what time (empty: no limit)."""

    do: str
    role: str
    within: str


@dataclass(frozen=True)
class Reason:
    """What one SOP comes to: its clause, and the facts that made it hold."""

    sop: str
    clause: str
    title: str
    sop_title: str
    action: str
    points: str
    violation: bool
    because: tuple[Because, ...]
    note: str = ""
    basis: tuple[str, ...] = ()
    notice: str = ""
    steps: tuple[Step, ...] = ()


def explain(decision: Decision) -> Explanation:
    """The decision in sentences of the language in force."""
    return Explanation(decision)


def _said(work_out: Callable[[Explanation], Told]) -> cached_property[Told]:
    """A part of an explanation, worked out when it is first read, in the explanation's language."""

    @wraps(work_out)
    def once(explanation: Explanation) -> Told:
        with use(explanation.language):
            return work_out(explanation)

    return cached_property(once)


class Explanation:
    """A decision in sentences of the language that is in force when it is made.

    Each part is worked out when it is read: a letter needs no near misses, a console none of the
    rules that found nothing.
    """

    def __init__(self, decision: Decision) -> None:
        self.language = language()
        self.decision = decision
        self.table, self.verdict = decision.table, decision.verdict
        self.rulebook = decision.table.rulebook
        self.words = Words(self.rulebook, self.table.subject)
        self.rows = Rows(self.table, decision.standing)

    @property
    def determined(self) -> bool:
        """Whether nothing that is still unknown can change the decision."""
        return self.verdict.determined

    @property
    def violation(self) -> bool:
        """Whether the action is one against a rule broken."""
        action = self.rulebook.actions.get(self.verdict.action)
        return action is not None and action.violation

    @_said
    def headline(self) -> str:
        """The action."""
        return self.words.action(self.verdict.action)

    @_said
    def points(self) -> str:
        """The points; empty without any."""
        return points_in_words(self.verdict.points) if self.verdict.points else ""

    @_said
    def reasons(self) -> tuple[Reason, ...]:
        """The SOPs that found something."""
        return tuple(self._reasons(violated=True))

    @_said
    def quiet(self) -> tuple[Reason, ...]:
        """The SOPs that found nothing."""
        return tuple(self._reasons(violated=False))

    @_said
    def outside(self) -> tuple[str, ...]:
        """The titles of the SOPs of which no clause holds."""
        return tuple(
            self.words.text(segment.sop.title, segment.sop.sop)
            for segment, outcome in zip(self.table.segments, self.verdict.outcomes, strict=True)
            if outcome == NO_CLAUSE
        )

    @_said
    def waiting(self) -> tuple[str, ...]:
        """What is still to be asked."""
        return tuple(self.words.fact(self.table.columns[p]) for p in self.verdict.open_facts)

    @_said
    def near(self) -> tuple[NearMiss, ...]:
        """The clauses that nearly applied."""
        return near_misses(
            self.rows, self.words, self.verdict.outcomes, lambda p: self._because(p).statement
        )

    @_said
    def contradictions(self) -> tuple[str, ...]:
        """The facts that cannot all be right."""
        return tuple(self._contradiction(row) for row in self.verdict.contradictions)

    @_said
    def possible(self) -> tuple[str, ...]:
        """The actions that the decision may still come to."""
        return tuple(self.words.action(name) for name in self.verdict.possible_actions)

    @_said
    def standing(self) -> str:
        """How firm the decision is."""
        if self.verdict.determined:
            if self.rulebook.actions[self.verdict.action].person:
                return _("determined: a person takes it from here")
            return _("determined: nothing that is still unknown can change it")
        if self.verdict.contradictions:
            return _("the facts given cannot all be right")
        if self.verdict.action == MANUAL_REVIEW and len(self.verdict.possible_actions) == 1:
            return _("the action is settled, the clause is not")
        return _("a person is needed: the decision depends on what is still unknown")

    def _reasons(self, violated: bool) -> Iterator[Reason]:
        for segment, outcome in zip(self.table.segments, self.verdict.outcomes, strict=True):
            if outcome == UNTOLD:
                action = self.rulebook.actions[segment.sop.cannot_tell]
                if violated == (action.violation or action.person):
                    yield self._untold(segment.sop)
            elif (
                outcome not in (NO_CLAUSE, OPEN)
                and violated == self.table.clauses[outcome].violation
            ):
                yield self._clause(outcome)

    def _clause(self, index: int) -> Reason:
        of = self.table.clauses[index]
        clause, sop = of.clause, of.sop
        return Reason(
            sop=sop.sop,
            clause=clause.id,
            title=self.words.text(clause.title, clause.id),
            sop_title=self.words.text(sop.title, sop.sop),
            action=self.words.action(clause.action),
            points=points_in_words(clause.points) if clause.points else "",
            violation=of.violation,
            because=tuple(self._because(place) for place in self.rows.reasons(index)),
            note=self._note(clause, index),
            basis=tuple(self._basis(name) for name in clause.basis),
            notice=self.words.text(clause.notice),
            steps=tuple(
                Step(
                    self.words.text(step.do),
                    self.words.role(step.role),
                    _("within {time}").format(time=length_of_time(step.within))
                    if step.within
                    else "",
                )
                for step in clause.then
            ),
        )

    def _note(self, clause: Clause, index: int) -> str:
        if clause.otherwise:
            return _("no other clause of this SOP holds")
        if self.rows.holding(index) is None:
            return _("it holds whatever the facts still unknown may be")
        return ""

    def _untold(self, sop: Sop) -> Reason:
        untold = [
            place
            for place in self.rows.of_sop(sop.sop)
            if self.rows.codes.get(place) == CANNOT_TELL_CODE
        ]
        action = self.rulebook.actions[sop.cannot_tell]
        return Reason(
            sop=sop.sop,
            clause="cannot_tell",
            title=_("It cannot be told"),
            sop_title=self.words.text(sop.title, sop.sop),
            action=self.words.action(sop.cannot_tell),
            points="",
            violation=action.violation or action.person,
            because=tuple(self._because(place) for place in untold),
            note=_("which clause holds depends on it"),
        )

    def _because(self, place: int) -> Because:
        column = self.table.columns[place]
        supplied = self.decision.facts.get(column.name)
        if supplied is None:
            return Because(_("{fact}: not known").format(fact=self.words.fact(column)))
        return self._told(column, supplied)

    def _told(self, column: Column, supplied: Supplied) -> Because:
        return Because(self.words.statement(column, supplied.value), self.words.source(supplied))

    def _basis(self, name: str) -> str:
        if name == POLICY:
            return _("the marketplace's own rules")
        return law_in_words(self.rulebook.law[name], self.words)

    @_said
    def suggested(self) -> tuple[Because, ...]:
        """What only a signal suggests."""
        columns = {column.name: column for column in self.table.columns}
        return tuple(
            self._told(columns[name], supplied)
            for name, supplied in self.decision.facts.items()
            if not supplied.relied_on
        )

    def _contradiction(self, row: int) -> str:
        cells = self.table.rows[row].cells
        tests = [self.words.test(self.table.columns[p], cell) for p, cell in sorted(cells.items())]
        return " · ".join(tests)

    @_said
    def ladder(self) -> str:
        """What these points alone lead to on the ladder; empty where to nothing."""
        ladder = self.rulebook.ladder
        if ladder is None or not self.verdict.points:
            return ""
        reached = [step for step in ladder.steps if step.at <= self.verdict.points]
        if not reached:
            return ""
        step = max(reached, key=lambda one: one.at)
        return _("From {points} within {time}: {step}").format(
            points=points_in_words(step.at),
            time=length_of_time(ladder.window),
            step=self.words.text(step.title),
        )


def law_in_words(law: Law, words: Words) -> str:
    """`Resolution 173/2024/QH15, Article 2: title (in force from 1 Jan 2025)`."""
    cite = words.text(law.cite)
    if law.article:
        cite = _("{cite}, {article}").format(cite=cite, article=law.article)
    said = _("{cite}: {title}").format(cite=cite, title=words.text(law.title))
    if law.effective is None:
        return said
    return _("{law} (in force from {day})").format(law=said, day=format_date(law.effective))
