"""Decisions beside what was expected of them: precision, recall, leakage, wrongful action.

Every figure keeps its numerator and denominator. Only a determined decision whose action does not
hand the case over counts as automatic; what went to a person is neither right nor wrong, and is
counted by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brightline.i18n import format_number
from brightline.rulebook.model import MANUAL_REVIEW, Action


@dataclass(frozen=True)
class Share:
    """A part of a whole: `count` of `of`."""

    count: int
    of: int

    @property
    def pair(self) -> str:
        """`35/40`."""
        return f"{format_number(self.count)}/{format_number(self.of)}"

    @property
    def percent(self) -> str:
        """`87.5%`; without a whole there is no share."""
        return f"{format_number(100 * self.count / self.of, 1)}%" if self.of else "–"


@dataclass(frozen=True)
class Outcome:
    """What was expected of one case, and what came. Clauses are named `sop/clause`."""

    expected: str
    action: str
    determined: bool
    expected_clauses: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def as_expected(self) -> bool:
        """Decided, and with the action that was expected."""
        return self.determined and self.action == self.expected


@dataclass(frozen=True)
class ActionScore:
    """One action. `recall`, `person` and `otherwise` share out the cases that expect it."""

    action: str
    precision: Share
    recall: Share
    person: Share
    otherwise: Share


@dataclass(frozen=True)
class Scores:
    """All figures of a set of cases. Each group maps where its cases went to their share.

    Places: `right` (the action expected), `person`, `other` (another action of the same sort),
    `allowed` (a fault that was let pass), `acted` (no fault, but acted on).
    """

    cases: int
    actions: tuple[ActionScore, ...]
    violations: Mapping[str, Share]
    innocents: Mapping[str, Share]
    for_a_person: Mapping[str, Share]
    clauses: Share
    """Of the faults rightly decided whose clause was expected too: those that report it."""


def score(outcomes: Iterable[Outcome], actions: Mapping[str, Action]) -> Scores:
    """The figures of a set of cases under a rulebook's actions."""
    every = list(outcomes)
    sorts: dict[str, list[Outcome]] = {"violations": [], "innocents": [], "for_a_person": []}
    for one in every:
        sorts[_sort(one.expected, actions)].append(one)
    faults = [one for one in sorts["violations"] if one.as_expected and one.expected_clauses]
    named = sum(set(one.expected_clauses) <= set(one.clauses) for one in faults)
    expected = {one.expected for one in every}
    return Scores(
        cases=len(every),
        actions=tuple(_of_action(name, every, actions) for name in actions if name in expected),
        violations=_shares(sorts["violations"], actions, ("right", "person", "other", "allowed")),
        innocents=_shares(sorts["innocents"], actions, ("right", "person", "other", "acted")),
        for_a_person=_shares(sorts["for_a_person"], actions, ("person", "allowed", "acted")),
        clauses=Share(named, len(faults)),
    )


def _sort(expected: str, actions: Mapping[str, Action]) -> str:
    """What kind of case it is, by the action expected."""
    if expected == MANUAL_REVIEW:
        return "for_a_person"
    if actions[expected].violation:
        return "violations"
    return "for_a_person" if actions[expected].person else "innocents"


def _of_action(name: str, every: list[Outcome], actions: Mapping[str, Action]) -> ActionScore:
    decided = sum(one.determined and one.action == name for one in every)
    expected = [one for one in every if one.expected == name]
    right = sum(one.as_expected for one in expected)
    person = sum(_by_a_person(one, actions) and not one.as_expected for one in expected)
    return ActionScore(
        name,
        precision=Share(right, decided),
        recall=Share(right, len(expected)),
        person=Share(person, len(expected)),
        otherwise=Share(len(expected) - right - person, len(expected)),
    )


def _by_a_person(one: Outcome, actions: Mapping[str, Action]) -> bool:
    return not one.determined or actions[one.action].person


def _shares(
    of: list[Outcome], actions: Mapping[str, Action], places: tuple[str, ...]
) -> dict[str, Share]:
    found = Counter(_place(one, actions) for one in of)
    return {place: Share(found[place], len(of)) for place in places}


def _place(one: Outcome, actions: Mapping[str, Action]) -> str:
    """Where a case went; see `Scores`."""
    if _by_a_person(one, actions):
        return "person"
    if one.action == one.expected:
        return "right"
    fault = actions[one.action].violation
    match _sort(one.expected, actions):
        case "violations":
            return "other" if fault else "allowed"
        case "innocents":
            return "acted" if fault else "other"
        case _:
            return "acted" if fault else "allowed"
