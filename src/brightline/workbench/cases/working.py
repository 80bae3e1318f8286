"""A person's turn at a case, as it stands: what is known, what was answered, what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Decision as Ruling
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.telling_words import MODERATOR, SENIOR
from brightline.workbench.cases.looking_anew import to_find_out
from brightline.workbench.cases.models import Answer, Case, Task, TaskKind
from brightline.workbench.ready import Ready
from brightline.workbench.rulebooks.engine import Engine, Facts
from brightline.workbench.rulebooks.in_force import engine_of

_GIVEN = Ready(
    lambda hole: Answer.objects.filter(task=hole("task"), person=hole("person")).order_by("id"),
    task=int,
    person=int,
)


def standing_answers(answers: list[Answer]) -> list[Answer]:
    """The answers that were not taken back, in order; an undo takes back the last that stands."""
    left: list[Answer] = []
    for answer in answers:
        if answer.fact:
            left.append(answer)
        elif left:
            left.pop()
    return left


@dataclass
class Turn:
    """One task in progress. Everything is read from what is stored; nothing is written."""

    task: Task

    @cached_property
    def case(self) -> Case:
        """The case."""
        return self.task.case

    @cached_property
    def engine(self) -> Engine:
        """The rulebook the case is judged by."""
        return engine_of(self.case.sha)

    @cached_property
    def answers(self) -> list[Answer]:
        """The answers that stand, the first first: those of the person who holds the task.

        Someone who held it before, until their time ran out, may have left some; they are theirs.
        """
        person = self.task.claimed_by_id
        if person is None:
            return standing_answers(list(self.task.answers.order_by("id")))
        return standing_answers(_GIVEN.rows(task=self.task.pk, person=person))

    @cached_property
    def facts(self) -> Facts:
        """What is known: what came with the case, overlaid with the answers."""
        source = SENIOR if self.task.kind == TaskKind.ESCALATION else MODERATOR
        told: Facts = {
            a.fact: {"value": a.value, "source": source, "relied_on": True} for a in self.answers
        }
        return {**self._read, **told}

    @property
    def _read(self) -> Facts:
        """What came with the case; an audit has to find some of it out for itself."""
        facts: Facts = self.case.facts
        if self.task.kind != TaskKind.AUDIT:
            return facts
        return {name: fact for name, fact in facts.items() if name not in self._to_find_out}

    @cached_property
    def _to_find_out(self) -> set[str]:
        return to_find_out(self.case, self.engine, self.start, self.task.pk)

    @cached_property
    def ruling(self) -> Ruling:
        """What the rules make of it."""
        return self.engine.decide(self.case.subject, self.case.day, self.facts)

    def believe(self, earlier: Turn) -> None:
        """Take over what the rules made of the same facts a moment ago, where they are the same."""
        if (self.case.sha, self.facts) == (earlier.case.sha, earlier.facts):
            self.__dict__["ruling"] = earlier.ruling

    @cached_property
    def start(self) -> Ruling:
        """What the rules make of it before any answer."""
        return self.engine.decide(self.case.subject, self.case.day, self.case.facts)

    @cached_property
    def question(self) -> Column | None:
        """The fact to ask next; None where the case is settled or no question settles it."""
        place = self.engine.question(self.ruling)
        return None if place is None else self.ruling.table.columns[place]

    @cached_property
    def suggestion(self) -> Supplied | None:
        """What a signal suggests for the question."""
        if self.question is None:
            return None
        known = self.ruling.facts.get(self.question.name)
        return known if known is not None and not known.relied_on else None

    def column(self, fact: str) -> Column | None:
        """The column of a fact by its name in JSON; None where the rules do not know it."""
        table = self.engine.table(self.case.subject, self.case.day)
        place = table.places.get(fact)
        return None if place is None else table.columns[place]
