"""Decisions beside what was expected of them: precision, recall, leakage, wrongful action.

Every figure keeps its numerator and denominator. Only a determined decision counts as automatic;
one whose action hands the case to a person counts as sent to a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brightline.i18n import _, format_number
from brightline.rulebook.model import Action


@dataclass(frozen=True)
class Share:
    """A part of a whole: `count` of `of`."""

    count: int
    of: int

    def __str__(self) -> str:
        """`35/40 (87.5%)`; without a whole there is no share."""
        pair = f"{format_number(self.count)}/{format_number(self.of)}"
        if not self.of:
            return f"{pair} (–)"
        return f"{pair} ({format_number(100 * self.count / self.of, 1)}%)"

    def as_dict(self) -> dict[str, float | int | None]:
        """The share as JSON gives it."""
        share = round(self.count / self.of, 4) if self.of else None
        return {"count": self.count, "of": self.of, "share": share}


@dataclass(frozen=True)
class Outcome:
    """What was expected of one case, and what came. A clause is named `sop/clause`."""

    expected: str
    clause: str | None
    action: str
    determined: bool
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActionScore:
    """One action, over automatic decisions: precision and recall."""

    action: str
    precision: Share
    recall: Share


@dataclass(frozen=True)
class Scores:
    """All figures of a set of cases; `groups` → label → share, in the order to show them."""

    cases: int
    actions: tuple[ActionScore, ...]
    violations: Mapping[str, Share]
    innocents: Mapping[str, Share]
    for_a_person: Mapping[str, Share]
    clauses: Share

    def as_dict(self) -> dict[str, object]:
        """The figures as JSON gives them."""
        groups = {
            "violations": self.violations,
            "innocents": self.innocents,
            "for_a_person": self.for_a_person,
        }
        return {
            "cases": self.cases,
            "actions": {
                one.action: {
                    "precision": one.precision.as_dict(),
                    "recall": one.recall.as_dict(),
                }
                for one in self.actions
            },
            **{
                name: {key: share.as_dict() for key, share in group.items()}
                for name, group in groups.items()
            },
            "right_clause": self.clauses.as_dict(),
        }


def score(outcomes: Iterable[Outcome], actions: Mapping[str, Action]) -> Scores:
    """The figures of a set of cases under a rulebook's actions."""
    every = list(outcomes)
    innocents = [one for one in every if _harmless(one.expected, actions)]
    violations = [one for one in every if actions[one.expected].violation]
    handed = [
        one
        for one in every
        if actions[one.expected].person and not actions[one.expected].violation
    ]
    right = [one for one in violations if _place(one, actions) == "right"]
    named = [one for one in right if one.clause]
    return Scores(
        cases=len(every),
        actions=tuple(
            _of_action(name, every) for name in actions if any(o.expected == name for o in every)
        ),
        violations=_shares(violations, actions, ("right", "person", "other", "allowed")),
        innocents=_shares(innocents, actions, ("right", "person", "acted")),
        for_a_person=_shares(handed, actions, ("person", "allowed", "acted")),
        clauses=Share(sum(one.clause in one.clauses for one in named), len(named)),
    )


def _of_action(name: str, every: list[Outcome]) -> ActionScore:
    decided = [one for one in every if one.determined and one.action == name]
    expected = [one for one in every if one.expected == name]
    hits = sum(one.expected == name for one in decided)
    return ActionScore(name, Share(hits, len(decided)), Share(hits, len(expected)))


def _shares(
    of: list[Outcome], actions: Mapping[str, Action], places: tuple[str, ...]
) -> dict[str, Share]:
    found = Counter(_place(one, actions) for one in of)
    return {place: Share(found[place], len(of)) for place in places}


def _place(one: Outcome, actions: Mapping[str, Action]) -> str:
    """Where a case went: `person`, `right`, `allowed`, `acted` or `other` (a wrong action)."""
    if not one.determined or actions[one.action].person:
        return "person"
    if one.action == one.expected:
        return "right"
    if not actions[one.action].violation:
        return "right" if _harmless(one.expected, actions) else "allowed"
    return "other" if actions[one.expected].violation else "acted"


def _harmless(name: str, actions: Mapping[str, Action]) -> bool:
    return not actions[name].violation and not actions[name].person


def told(scores: Scores) -> Iterable[tuple[str, list[tuple[str, Share]]]]:
    """Headings with their lines, in words of the language in force."""
    yield (
        _("Cases that should be acted on"),
        [
            (_("decided automatically, rightly"), scores.violations["right"]),
            (_("sent to a person"), scores.violations["person"]),
            (_("decided automatically, with another action"), scores.violations["other"]),
            (_("wrongly allowed (leakage)"), scores.violations["allowed"]),
        ],
    )
    yield (
        _("Innocent cases"),
        [
            (_("allowed automatically"), scores.innocents["right"]),
            (_("sent to a person"), scores.innocents["person"]),
            (_("wrongly acted on"), scores.innocents["acted"]),
        ],
    )
    if any(share.of for share in scores.for_a_person.values()):
        yield (
            _("Cases that a person should see"),
            [
                (_("sent to a person"), scores.for_a_person["person"]),
                (_("wrongly allowed"), scores.for_a_person["allowed"]),
                (_("wrongly acted on"), scores.for_a_person["acted"]),
            ],
        )
