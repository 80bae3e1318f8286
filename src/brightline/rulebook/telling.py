"""A decision explained: what was decided, why, on what law, and what follows, as sentences.

`explain(decision)` gives an `Explanation`, in the language in force. It holds finished sentences
and no layout: the terminal, a page and a letter each lay it out their own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from brightline.i18n import _, format_date
from brightline.rulebook.columns import CANNOT_TELL_CODE, Column
from brightline.rulebook.deciding import OPEN, Decision, Supplied
from brightline.rulebook.model import MANUAL_REVIEW, POLICY, Clause, Law, Sop
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD
from brightline.rulebook.telling_near import NearMiss, near_misses
from brightline.rulebook.telling_rows import Rows
from brightline.rulebook.telling_words import Words, length_of_time, points_in_words


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


@dataclass(frozen=True)
class Explanation:
    """A decision in sentences. `headline` is the action in words; `standing` says how firm it is.

    `reasons` are the SOPs that found something, the violated first; `quiet` those that found
    nothing; `outside` those of which no clause holds (their titles); `waiting` names what is still
    to be asked; `suggested` what only a signal suggests.
    """

    headline: str
    standing: str
    determined: bool
    violation: bool
    points: str
    ladder: str
    reasons: tuple[Reason, ...]
    quiet: tuple[Reason, ...]
    outside: tuple[str, ...]
    waiting: tuple[str, ...]
    suggested: tuple[Because, ...]
    near: tuple[NearMiss, ...]
    contradictions: tuple[str, ...]
    possible: tuple[str, ...]


def explain(decision: Decision) -> Explanation:
    """The decision in sentences of the language in force."""
    return _Teller(decision).explanation()


class _Teller:
    """Puts one decision into words."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.table, self.verdict = decision.table, decision.verdict
        self.rulebook = decision.table.rulebook
        self.words = Words(self.rulebook, self.table.subject)
        self.rows = Rows(self.table, decision.standing)

    def explanation(self) -> Explanation:
        verdict, words = self.verdict, self.words
        action = self.rulebook.actions.get(verdict.action)
        return Explanation(
            headline=words.action(verdict.action),
            standing=self._standing(),
            determined=verdict.determined,
            violation=action is not None and action.violation,
            points=points_in_words(verdict.points) if verdict.points else "",
            ladder=self._ladder(),
            reasons=tuple(reason for reason in self._reasons if reason.violation),
            quiet=tuple(reason for reason in self._reasons if not reason.violation),
            outside=tuple(
                words.text(segment.sop.title, segment.sop.sop)
                for segment, outcome in zip(self.table.segments, verdict.outcomes, strict=True)
                if outcome == NO_CLAUSE
            ),
            waiting=tuple(words.fact(self.table.columns[place]) for place in verdict.open_facts),
            suggested=self._suggested(),
            near=near_misses(
                self.rows, words, verdict.outcomes, lambda place: self._because(place).statement
            ),
            contradictions=tuple(self._contradiction(row) for row in verdict.contradictions),
            possible=tuple(words.action(name) for name in verdict.possible_actions),
        )

    def _standing(self) -> str:
        if self.verdict.determined:
            if self.rulebook.actions[self.verdict.action].person:
                return _("determined: a person takes it from here")
            return _("determined: nothing that is still unknown can change it")
        if self.verdict.contradictions:
            return _("the facts given cannot all be right")
        if self.verdict.action == MANUAL_REVIEW and len(self.verdict.possible_actions) == 1:
            return _("the action is settled, the clause is not")
        return _("a person is needed: the decision depends on what is still unknown")

    @cached_property
    def _reasons(self) -> list[Reason]:
        found = []
        for segment, outcome in zip(self.table.segments, self.verdict.outcomes, strict=True):
            if outcome == UNTOLD:
                found.append(self._untold(segment.sop))
            elif outcome not in (NO_CLAUSE, OPEN):
                found.append(self._clause(outcome))
        return found

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

    def _suggested(self) -> tuple[Because, ...]:
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

    def _ladder(self) -> str:
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
