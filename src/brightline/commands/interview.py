"""A case asked step by step: what is known, what was answered, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field

from brightline.rulebook.asking import Asker
from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.deciding import Decision, Supplied
from brightline.rulebook.telling_words import MODERATOR


@dataclass
class Interview:
    """One case on its way to a verdict. `start` is the decision before the first answer."""

    start: Decision
    answers: list[tuple[int, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._asker = Asker(self.start.table)

    @property
    def decision(self) -> Decision:
        """The decision on what is known by now."""
        columns = self.start.table.columns
        told = {columns[place].name: Supplied(value, MODERATOR) for place, value in self.answers}
        return self.start.decider.decide({**self.start.facts, **told})

    def next_question(self) -> int | None:
        """The column to ask next; None where nothing is left that could change the decision."""
        decision = self.decision
        suggested = {
            place: column.code(supplied.value)
            for place, column in enumerate(self.start.table.columns)
            if (supplied := decision.facts.get(column.name)) and not supplied.relied_on
        }
        return self._asker.next_question(decision.standing, suggested)

    def suggestion(self, place: int) -> Supplied | None:
        """What a signal suggests for a fact."""
        supplied = self.start.facts.get(self.start.table.columns[place].name)
        return supplied if supplied is not None and not supplied.relied_on else None

    def answer(self, place: int, value: object) -> None:
        """Take an answer. Raises `FactError` on a value that the fact cannot have."""
        column = self.start.table.columns[place]
        if column.code(value) != UNKNOWN:
            self.answers.append((place, column.clean(value)))

    def undo(self) -> bool:
        """Take the last answer back; False where there is none."""
        if not self.answers:
            return False
        self.answers.pop()
        return True

    @property
    def seconds(self) -> float:
        """How long a moderator usually takes for the questions answered so far."""
        columns = self.start.table.columns
        return sum(columns[place].fact.cost for place, _value in self.answers)
