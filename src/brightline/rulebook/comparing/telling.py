"""A comparison in sentences a trainer would say: Before … Now … For example …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brightline.i18n import _
from brightline.rulebook.comparing.comparison import Comparison, SopComparison
from brightline.rulebook.comparing.questions import QuestionChange
from brightline.rulebook.comparing.regions import MOST_BOXES, Change, Flow, Kind, SopDifference
from brightline.rulebook.comparing.side import NOTHING, Side
from brightline.rulebook.proving.space import World
from brightline.rulebook.telling_boxes import Where, told_boxes
from brightline.rulebook.telling_words import Words, conditions, points_in_words


@dataclass(frozen=True)
class ToldFlow:
    """What some cases came to, what they come to now, and the smallest of them.

    `case` holds the facts of the example that are out of the ordinary, by their names in JSON.
    """

    before: str
    now: str
    example: str
    case: Mapping[str, str]


@dataclass(frozen=True)
class ToldChange:
    """One change: a heading, the cases it concerns (none: all), and what becomes of them.

    `more` tells where boxes or outcomes were left out because there are too many to read.
    """

    heading: str
    where: Where
    flows: tuple[ToldFlow, ...]
    more: bool


@dataclass(frozen=True)
class ToldQuestion:
    """A fact that more or fewer cases need, and which."""

    heading: str
    question: str
    where: Where
    example: str
    more: bool


class Teller:
    """Puts the comparison of one SOP into words, in the language in force."""

    def __init__(self, comparison: Comparison, sop: SopComparison) -> None:
        self.sop = sop
        self.new = Words(comparison.new, sop.subject)
        self.old = Words(comparison.old, sop.subject)

    def title(self) -> str:
        """The SOP's title as it is now, else as it was."""
        if self.sop.new is not None:
            return self.new.text(self.sop.new.title, self.sop.name)
        assert self.sop.old is not None
        return self.old.text(self.sop.old.title, self.sop.name)

    def changes(self) -> list[ToldChange]:
        """Every change, in the order of the clauses."""
        difference = self.sop.difference
        return [] if difference is None else [self._change(difference, c) for c in self.sop.changes]

    def questions(self) -> list[ToldQuestion]:
        """Every fact that more or fewer cases need."""
        difference = self.sop.difference
        if difference is None:
            return []
        return [self._question(difference, change) for change in self.sop.questions]

    def _change(self, difference: SopDifference, change: Change) -> ToldChange:
        side = difference.old if change.kind in _BY_OLD else difference.new
        name = self._clause(side, change.clause)
        twin = difference.twin(change)
        if change.kind is Kind.NO_LONGER and twin is None:
            heading = _("{clause} is gone").format(clause=name)
        elif change.kind is Kind.NEWLY and twin is None:
            heading = _("{clause} is new").format(clause=name)
        elif change.kind is Kind.NEWLY and change.clause == NOTHING:
            heading = _("These cases meet no clause any more:")
        elif change.kind is Kind.NO_LONGER and change.clause == NOTHING:
            heading = _("These cases met no clause before:")
        else:
            heading = _HEADINGS[change.kind]().format(clause=name)
        return ToldChange(
            heading,
            told_boxes(self.new, difference.columns, change.boxes),
            tuple(self._flow(difference, change, flow) for flow in change.flows),
            not change.whole or len(change.boxes) >= MOST_BOXES,
        )

    def _flow(self, difference: SopDifference, change: Change, flow: Flow) -> ToldFlow:
        world, unusual = difference.smallest(change, flow)
        return ToldFlow(
            self._outcome(self.old, difference.old, flow.old),
            self._outcome(self.new, difference.new, flow.new),
            self._example(difference, world, unusual),
            self._case(difference, world, unusual),
        )

    def _clause(self, side: Side, clause: int) -> str:
        """`EC-3 “Shisha, cigarettes”`."""
        if clause == NOTHING:
            return _("no clause")
        of = side.table.clauses[clause].clause
        words = self.old if side.table.rulebook is self.old.rulebook else self.new
        return _("{id} “{title}”").format(id=of.id, title=words.text(of.title, of.id))

    def _outcome(self, words: Words, side: Side, clause: int) -> str:
        """`EC-3, Remove the listing, 6 points`."""
        if clause == NOTHING:
            return _("no clause of this SOP applies")
        of = side.table.clauses[clause].clause
        parts = [of.id, words.action(of.action)]
        if of.points:
            parts.append(points_in_words(of.points))
        return ", ".join(parts)

    def _example(self, difference: SopDifference, world: World, unusual: Sequence[int]) -> str:
        told = [self.new.test(difference.columns[place], world[place]) for place in unusual]
        return conditions(told) if told else _("an ordinary case")

    def _case(
        self, difference: SopDifference, world: World, unusual: Sequence[int]
    ) -> dict[str, str]:
        """The facts out of the ordinary, by their names in JSON."""
        from brightline.rulebook.telling_tests import test_text

        columns = difference.columns
        return {columns[at].name: test_text(columns[at], world[at]) for at in unusual}

    def _question(self, difference: SopDifference, change: QuestionChange) -> ToldQuestion:
        column = difference.columns[change.fact]
        fact = self.new.fact(column)
        if change.at_all:
            heading = (
                _("“{fact}” must now be known of some cases; before, of none.")
                if change.now
                else _("“{fact}” need not be known of any case now.")
            )
            ask = self.new.text(column.fact.ask)
            return ToldQuestion(heading.format(fact=fact), ask, Where(""), "", more=False)
        heading = (
            _("“{fact}” must now be known of these cases:")
            if change.now
            else _("“{fact}” need not be known of these cases any more:")
        )
        return ToldQuestion(
            heading.format(fact=fact),
            self.new.text(column.fact.ask),
            told_boxes(self.new, difference.columns, change.boxes),
            self._example(difference, change.example, change.unusual),
            not change.whole,
        )


_BY_OLD = (Kind.NO_LONGER, Kind.SAME_CLAUSE)
_HEADINGS = {
    Kind.NO_LONGER: lambda: _("{clause} no longer applies to these cases:"),
    Kind.NEWLY: lambda: _("{clause} now applies to these cases:"),
    Kind.OVERTAKES: lambda: _("{clause} now goes before the clause that decided"),
    Kind.SAME_CLAUSE: lambda: _("{clause} decides the same cases, but comes to something else"),
}
