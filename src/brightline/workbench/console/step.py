"""What the right-hand side shows now: a question, a verdict, or that there is no way on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.model import CANNOT_TELL
from brightline.rulebook.telling import Explanation, explain
from brightline.rulebook.telling_numbers import number_in_words
from brightline.rulebook.telling_words import Words
from brightline.workbench.cases.models import Answer
from brightline.workbench.cases.working import Turn
from brightline.workbench.console.choices import Choice, choices, to_filter
from brightline.workbench.console.holding import BLIND
from brightline.workbench.console.notices import Notice, notices
from brightline.workbench.escalations.models import Precedent
from brightline.workbench.escalations.precedents import precedents_for

SHORT_GUIDANCE = 320
"""Guidance up to so many characters lies open from the start."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that is known: what, and who told it. `ask` where it may be answered again."""

    fact: str
    words: str
    source: str
    mine: bool
    sure: bool
    ask: bool


@dataclass
class Step:
    """One state of a turn as the page shows it; `again` asks a fact that is known already."""

    turn: Turn
    again: str = ""

    @cached_property
    def words(self) -> Words:
        """The rulebook's words."""
        return Words(self.turn.engine.rulebook, self.turn.ruling.table.subject)

    @property
    def token(self) -> str:
        """The name of this state: the same answers have the same."""
        return token(self.turn, self.turn.answers, self.again)

    @property
    def before(self) -> str:
        """The name of the state that an undo leads to."""
        return token(self.turn, self.turn.answers[:-1])

    @cached_property
    def column(self) -> Column | None:
        """The fact that is asked; None where none is."""
        return self.turn.column(self.again) if self.again else self.turn.question

    @property
    def state(self) -> str:
        """`question`, `verdict`, or `stuck` where no question is left and nothing is settled."""
        if self.column is not None:
            return "question"
        return "verdict" if self.turn.ruling.verdict.determined else "stuck"

    @cached_property
    def suggestion(self) -> Supplied | None:
        """What a signal suggests for the question."""
        return None if self.again else self.turn.suggestion

    @property
    def suggested(self) -> str:
        """The suggested value in words; empty without one."""
        if self.suggestion is None or self.column is None:
            return ""
        return self.words.value(self.column, self.suggestion.value)

    @property
    def suggested_by(self) -> str:
        """Who suggests it, with the words it rests on."""
        return "" if self.suggestion is None else self.words.source(self.suggestion)

    @property
    def ask(self) -> str:
        """The question."""
        column = self.column
        return "" if column is None else self.words.text(column.fact.ask, self.words.fact(column))

    @property
    def guidance(self) -> str:
        """How to tell, in the rulebook's markdown."""
        return "" if self.column is None else self.words.text(self.column.fact.guidance)

    @property
    def guided(self) -> bool:
        """Whether the guidance is short enough to lie open."""
        return len(self.guidance) <= SHORT_GUIDANCE

    @property
    def sop(self) -> str:
        """The SOP that asks; empty for a fact that all share."""
        place = None if self.column is None else self.column.key[0]
        return self.words.sop(place) if place else ""

    @cached_property
    def offered(self) -> list[Choice]:
        """The answers to choose from."""
        return [] if self.column is None else choices(self.column, self.words, self.suggestion)

    @property
    def to_filter(self) -> bool:
        """Whether one types to find the answer."""
        return to_filter(self.offered)

    @property
    def unit(self) -> str:
        """The unit of a number that is asked, as it is written after one."""
        column = self.column
        if column is None or not column.numeric:
            return ""
        return number_in_words(0, column.fact.unit).lstrip("0").strip()

    @cached_property
    def explanation(self) -> Explanation:
        """The verdict in sentences."""
        return explain(self.turn.ruling)

    @property
    def tone(self) -> str:
        """How the verdict looks: `bad` for a violation, `warn` where a person goes on, `good`."""
        action = self.turn.engine.rulebook.actions.get(self.turn.ruling.verdict.action)
        if action is None or action.person:
            return "warn"
        return "bad" if action.violation else "good"

    @cached_property
    def notices(self) -> list[Notice]:
        """What the seller would be told, in each language."""
        return notices(self.turn.ruling)

    @cached_property
    def known(self) -> list[Known]:
        """What is worth a look: the moderator's own answers, the last first, then what signals
        only suggest or saw in the words of the case."""
        told = [answer.fact for answer in reversed(self.turn.answers)]
        own = list(dict.fromkeys(told))
        facts = self.turn.ruling.facts
        seen = [
            name
            for name, fact in facts.items()
            if name not in own and (not fact.relied_on or self._saw(fact))
        ]
        return self._rows([*own, *seen])

    @cached_property
    def unremarkable(self) -> int:
        """How many more facts are known: from attributes, or from signals that found nothing."""
        return len(self.turn.ruling.facts) - len(self.known)

    def all_the_rest(self) -> list[Known]:
        """The facts that `known` leaves out."""
        shown = {row.fact for row in self.known}
        return self._rows([name for name in self.turn.ruling.facts if name not in shown])

    def _rows(self, names: list[str]) -> list[Known]:
        found, told = [], {answer.fact for answer in self.turn.answers}
        for name in names:
            fact, column = self.turn.ruling.facts.get(name), self.turn.column(name)
            if fact is not None and column is not None:
                found.append(Known(
                    name, self.words.statement(column, fact.value), self.words.source(fact),
                    name in told, fact.relied_on, column.fact.ask is not None,
                ))  # fmt: skip
        return found

    def _saw(self, fact: Supplied) -> bool:
        return bool(fact.detail.get("evidence")) and not fact.source.startswith("attribute:")

    @cached_property
    def precedents(self) -> list[Precedent]:
        """Earlier answers that help here. A blind turn gets none that came of its own case."""
        found = precedents_for(self.turn)
        if self.turn.task.kind in BLIND:
            found = [one for one in found if one.case_id != self.turn.case.pk]
        return found

    @property
    def open_facts(self) -> list[str]:
        """What the decision may still hang on and can be asked, in words."""
        table = self.turn.ruling.table
        columns = [table.columns[place] for place in self.turn.ruling.verdict.open_facts]
        return [self.words.fact(column) for column in columns if column.fact.ask is not None]

    def values(self) -> list[str | float]:
        """The answers worth looking ahead for: at most nine, and that it cannot be told."""
        if self.column is None or self.to_filter or self.column.numeric:
            accepted = [self.suggestion.value] if self.suggestion is not None else []
            return [v for v in accepted if isinstance(v, (str, float))] + [CANNOT_TELL]
        return [*(choice.value for choice in self.offered), CANNOT_TELL]


def token(turn: Turn, answers: list[Answer], again: str = "") -> str:
    """The name of a state: the task, the rulebook, the facts answered in order."""
    told = [[answer.fact, answer.value] for answer in answers]
    text = json.dumps([turn.task.pk, turn.case.sha, told, again], ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def supposed(turn: Turn, fact: str, value: Any) -> Turn:
    """The turn as it would stand with one more answer; nothing is written."""
    ahead = Turn(turn.task)
    ahead.answers = [*turn.answers, Answer(task=turn.task, fact=fact, value=value)]
    return ahead
