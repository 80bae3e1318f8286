"""Which question to put to the moderator next.

Only a fact that can still change the decision is asked: there are two allowed ways of filling in
what is unknown that differ in that fact alone and are decided differently. Of those, the one is
asked that leads to the least expected time (`cost`): exactly, where so little is open that every
course of questions can be looked at, and by the certificates of random completions before that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import accumulate

import numpy as np

from brightline.rulebook.asking import plan
from brightline.rulebook.asking.chances import Chances, History
from brightline.rulebook.asking.grid import changing, changing_together, folded
from brightline.rulebook.asking.guess import certificates, worth
from brightline.rulebook.asking.layout import Layout, Numbers, Whole, Words
from brightline.rulebook.asking.proof import Twins
from brightline.rulebook.asking.space import NEVER, Space
from brightline.rulebook.settling import Settler
from brightline.rulebook.table import Table

MOST_COMPLETIONS = 16_384
"""Up to so many completions, every one is decided."""
MOST_STATES = 20_000
"""Up to so many states of knowledge, the order of questions is planned to the end."""
SAMPLES = 64


class Asker:
    """Chooses questions about cases of one table. The same standing gets the same question."""

    def __init__(self, table: Table, history: History | None = None) -> None:
        self.table = table
        self._layout = Layout(table)
        self._chances = Chances(table, history)
        self._draws = np.random.default_rng(20_261_123).random((SAMPLES, len(table.columns)))

    def next_question(
        self,
        standing: int,
        suggested: Mapping[int, int] | None = None,
        cannot: Collection[int] = (),
    ) -> int | None:
        """The column of the fact to ask next; None when no answer can change the decision.

        `suggested` maps columns to the codes that signals suggest, `cannot` holds columns that are
        not to be asked besides those without an `ask` text. Such facts stay unknown. None also
        where the known facts contradict one another: then no answer puts it right.
        """
        if standing >> self.table.width & self.table.every >> self.table.rule_rows << (
            self.table.rule_rows
        ):
            return None
        inquiry = Inquiry(self, standing, suggested or {}, cannot)
        return inquiry.question()


class Inquiry:
    """The choice of one question."""

    def __init__(
        self, asker: Asker, standing: int, suggested: Mapping[int, int], cannot: Collection[int]
    ) -> None:
        self._standing, self._draws = standing, asker._draws
        self.space = space = Space(asker._layout, standing)
        columns = space.table.columns
        self.places = [fact.place for fact in space.facts]
        self.costs: Numbers = np.array([columns[place].fact.cost for place in self.places])
        self.asked = [
            index
            for index, place in enumerate(self.places)
            if columns[place].fact.ask and place not in cannot
        ]
        """The open facts that a person can be asked, as indexes into `space.facts`."""
        self.chances = asker._chances.of_answers(space, suggested) if self.asked else []

    def question(self) -> int | None:
        """The column to ask, if any."""
        if not self.asked or not self.space.sops:
            return None
        worlds = 1 if self.space.worlds is None else len(self.space.worlds)
        if self.space.completions * worlds <= MOST_COMPLETIONS:
            best = self._looked_through()
        else:
            best = self._sampled()
        return None if best is None else self.places[best]

    def _looked_through(self) -> int | None:
        """The best fact, where every completion can be decided."""
        decisions = self.space.decisions(self.space.left_by_all())
        allowed = decisions[decisions != NEVER]
        if not allowed.size or allowed.min() == allowed.max():
            return None
        useful = [index for index in changing(decisions) if index in self.asked]
        useful = useful or changing_together(decisions, self.asked)
        if len(useful) < 2:
            return useful[0] if useful else None
        if plan.states([self.space.sizes[index] for index in self.asked]) > MOST_STATES:
            return self._by_worth(useful)[0]
        expected = plan.expected_costs(
            folded(decisions, self.asked),
            [self.chances[index] for index in self.asked],
            self.costs[self.asked].tolist(),
        )
        cost_of = dict(zip(self.asked, expected.tolist(), strict=True))
        return min(useful, key=lambda i: (round(cost_of[i], 6), self.costs[i], self.places[i]))

    def _sampled(self) -> int | None:
        """The best fact, where there are too many completions to look at each."""
        order = self._by_worth(self.asked)
        for index in order:
            if self._seen_to_change(index) or self._proof.can_change(self.places[index]):
                return index
        together = self._proof.change_together([self.places[index] for index in order])
        return next((index for index in order if self.places[index] in together), None)

    @cached_property
    def _completions(self) -> tuple[Whole, Words]:
        """Random completions by the chances of the answers, with the rows that each leaves."""
        most = max(self.space.sizes) - 1
        steps = np.full((len(self.places), most), np.inf)
        for line, chances in zip(steps, self.chances, strict=True):
            line[: len(chances) - 1] = list(accumulate(chances[:-1]))
        answers = (self._draws[:, self.places, None] >= steps).sum(axis=2)
        left = self.space.left_by(answers)
        forbidden = (left[:, self.space.rule_words :] != 0).any(axis=1)
        if self.space.worlds is None and 8 <= len(left) - forbidden.sum() < len(left):
            answers, left = answers[~forbidden], left[~forbidden]
        return answers, left

    def _by_worth(self, indexes: Iterable[int]) -> list[int]:
        """The facts, the best to ask first."""
        found = certificates(self.space, *self._completions, self.costs)
        value = worth(found.mean(axis=0), self.costs)
        return sorted(
            indexes, key=lambda i: (-round(float(value[i]), 9), self.costs[i], self.places[i])
        )

    def _seen_to_change(self, index: int) -> bool:
        """Whether changing the fact in one of the random completions changes the decision."""
        space, (answers, _left) = self.space, self._completions
        first, size = space.firsts[index], space.sizes[index]
        lines = np.delete(answers + space.firsts[:-1], index, axis=1)
        others = np.bitwise_and.reduce(space.masks[lines], axis=1) & space.start
        left = others[:, None, :] & space.masks[first : first + size]
        return 1 in changing(space.decisions(left))

    @cached_property
    def _proof(self) -> Twins:
        return Twins(Settler(self.space.table, self._standing))
