"""What a person of the demonstration answers: mostly the truth, now and then a slip."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.telling_words import MODERATOR
from brightline.workbench.cases.working import Turn
from brightline.workbench.rulebooks.engine import Engine, stored
from brightline.workbench.sample.stock import Golden
from brightline.workbench.sample.team import Member

CANNOT_TELL = "cannot_tell"
INNOCENT = ("no", "none", "other")
_CANNOT = 0.015
_MEDIAN, _SPREAD = 1.1, 0.55
"""Time of an answer: lognormal around the question's own usual time; see `seconds_for`."""


class Truth:
    """What is true of a golden case: its facts as its author has them."""

    def __init__(self, engine: Engine, golden: Golden, day: date) -> None:
        decision = engine.arrive(golden.whole, day)
        self.facts = stored(decision.facts)
        self.action = decision.verdict.action if decision.verdict.determined else golden.action

    def value(self, turn: Turn, column: Column) -> Any:
        """The answer of someone who knows: as written, else the first that keeps the way to the
        expected action open; innocence first."""
        if column.name in self.facts:
            return self.facts[column.name]["value"]
        decision, facts = turn.ruling, dict(turn.ruling.facts)
        choices: list[Any] = sorted(column.options, key=lambda o: o not in INNOCENT)
        if column.numeric:
            choices = _atoms(column)
        for value in choices:
            facts[column.name] = Supplied(value, MODERATOR)
            left = decision.decider.decide(facts).verdict
            if left.action == self.action or self.action in left.possible_actions:
                return value
        return choices[0]


def the_answer(truth: Truth, turn: Turn, column: Column, who: Member, random: Random) -> Any:
    """What this person answers to a question."""
    if random.random() < _CANNOT:
        return CANNOT_TELL
    right = truth.value(turn, column)
    if random.random() >= who.slips:
        return right
    if column.numeric:
        wrong = [value for value in _atoms(column) if column.code(value) != column.code(right)]
    else:
        wrong = [option for option in column.options if option != right]
    return random.choice(wrong) if wrong else right


def _atoms(column: Column) -> list[Any]:
    """A number of each interval that the rules tell apart."""
    return [column.sample(atom) for atom in range(column.atoms)]


def seconds_for(column: Column, who: Member, random: Random) -> float:
    """How long an answer takes: lognormal, as handling times are, in seconds."""
    usual = float(column.fact.cost or 8) * _MEDIAN * who.pace
    return min(600.0, usual * random.lognormvariate(0.0, _SPREAD))
