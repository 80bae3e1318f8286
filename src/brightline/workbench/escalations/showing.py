"""A question as a person reads it: its case, its rule, the answers so far, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from brightline.i18n import _, language
from brightline.rulebook.telling import explain
from brightline.rulebook.telling_numbers import number_in_words
from brightline.rulebook.telling_words import Words, in_language
from brightline.workbench.accounts.roles import Role, title
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.similar import Earlier, near_identical
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import About, parts
from brightline.workbench.escalations.closing import chain
from brightline.workbench.escalations.desks import desk_of
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.in_force import engine_of


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a case: its title and its value as text."""

    title: str
    value: str


@dataclass
class Shown:
    """Everything that the page of one question shows. Read when it is asked for."""

    question: Escalation

    @cached_property
    def case(self) -> Case:
        """Its case."""
        return self.question.case

    @cached_property
    def engine(self) -> Engine:
        """The rulebook it was asked under."""
        return engine_of(self.question.sha)

    @cached_property
    def words(self) -> Words:
        """The words of that rulebook."""
        return Words(self.engine.rulebook, self.case.subject)

    @cached_property
    def what(self) -> About:
        """What it is about."""
        return About(self.question.sop, self.question.clause, self.question.fact)

    @cached_property
    def about(self) -> RuleWords:
        """The same in words."""
        return rule_words(self.engine, self.what)

    @property
    def to(self) -> str:
        """Whom it is put to; with the rulebook's own name for them where that says more."""
        role = title(Role(self.question.to_role))
        desk = self.question.desk
        if not desk or desk_of(desk) == desk:
            return role
        return f"{role} · {self.words.role(desk)}"

    @property
    def asked(self) -> list[Escalation]:
        """This question and those it passes on, the first asked first."""
        return list(chain(self.question))[::-1]

    @cached_property
    def asked_turn(self) -> Turn | None:
        """The turn it was asked from."""
        return Turn(self.question.asked_from) if self.question.asked_from else None

    @property
    def answers(self) -> list[str]:
        """What the asker had answered: `Item is weapon`."""
        turn = self.asked_turn
        if turn is None:
            return []
        said = []
        for answer in turn.answers:
            column = turn.column(answer.fact)
            if column is not None:
                said.append(self.words.statement(column, answer.value))
        return said

    @property
    def reason(self) -> str:
        """What the rules came to in the asker's turn, where that was an action."""
        turn = self.asked_turn
        return explain(turn.ruling).headline if turn and turn.ruling.verdict.determined else ""

    @property
    def attributes(self) -> list[Attribute]:
        """The case as it came, in the rulebook's order."""
        known = self.engine.rulebook.subjects[self.case.subject].attributes
        names = [n for n in known if n in self.case.attributes]
        names += [n for n in self.case.attributes if n not in known]
        currency = self.engine.rulebook.currency
        shown = []
        for name in names:
            unit = currency if name in known and known[name].kind == "money" else None
            value = plain(self.case.attributes[name], unit)
            if value:
                shown.append(Attribute(self.words.attribute(name), value))
        return shown

    @property
    def twins(self) -> list[tuple[Earlier, str]]:
        """Nearly identical cases, and their outcome in words."""
        return [(one, self.words.action(one.action)) for one in near_identical(self.case, 5)]

    @property
    def outcome(self) -> str:
        """The action of the decision that ended it, in words."""
        decision = self.question.decision
        return self.words.action(decision.action) if decision else ""

    @property
    def due(self) -> Due:
        """By when."""
        return Due(self.question.task.due_at)


@dataclass(frozen=True, slots=True)
class Due:
    """A moment by which something is due, and how long that is from now."""

    at: datetime

    @property
    def seconds(self) -> float:
        """The seconds left; fewer than none when it is late."""
        return (self.at - timezone.now()).total_seconds()


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A clause or fact of an SOP in words. `steps` are what the clause asks to be done."""

    sop: str
    sop_title: str
    clause: str
    clause_title: str
    fact_title: str
    note: str = ""
    steps: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """`Knives · K-2 Weapon` or `Knives · Item`."""
        rest = f"{self.clause} {self.clause_title}".strip() or self.fact_title
        return " · ".join(one for one in (self.sop_title, rest) if one)


def rule_words(engine: Engine, what: About) -> RuleWords:
    """What a clause or fact is called; its bare id where the rulebook has none such."""
    book, lang = engine.rulebook, language()
    sop, clause = parts(book, what)
    fact = (sop.facts.get(what.fact) if sop else None) or book.facts.get(what.fact)
    steps = []
    for step in clause.then if clause else ():
        who = in_language(book.roles.get(step.role), lang, step.role)
        steps.append(_("{step} ({role})").format(step=in_language(step.do, lang), role=who))
    return RuleWords(
        what.sop,
        in_language(sop.title, lang, what.sop) if sop else what.sop,
        what.clause,
        in_language(clause.title, lang) if clause else "",
        in_language((fact.title or fact.ask) if fact else None, lang, what.fact),
        in_language(clause.note, lang) if clause else "",
        tuple(steps),
    )


def plain(value: object, unit: str | None = None) -> str:
    """An attribute's value as text; a number with its unit."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, float)):
        return number_in_words(value, unit)
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(one) for one in value)
    return "" if value is None else str(value)
