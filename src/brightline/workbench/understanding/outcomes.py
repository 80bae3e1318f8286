"""What a case comes to under one SOP, as the compiled table says it, and how that is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from brightline.i18n import _
from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import OPEN, Decision
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD
from brightline.rulebook.telling_words import Words, points_in_words
from brightline.workbench.rulebooks.engine import Engine, Facts

NONE, UNKNOWN, LEFT = "", "?", "cannot_tell"
"""In place of a clause: none holds; not settled by what is known; it cannot be told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The clause that decides under an SOP, its action (empty: none) and points."""

    clause: str
    action: str = ""
    points: int = 0

    @property
    def settled(self) -> bool:
        """Whether what is known settles it."""
        return self.clause != UNKNOWN

    @property
    def effect(self) -> tuple[str, int]:
        """What is done, whichever clause says so."""
        return self.action, self.points


def decided(engine: Engine, subject: str, day: date, facts: Mapping[str, Any]) -> Decision:
    """The decision on facts (name → value), all taken as told by a moderator."""
    told: Facts = {n: {"value": v, "source": "given"} for n, v in facts.items()}
    return engine.decide(subject, day, told)


def outcome_under(decision: Decision, sop: str) -> Outcome:
    """What a decision comes to under one SOP; no clause where the SOP is not in force."""
    table = decision.table
    for segment, found in zip(table.segments, decision.verdict.outcomes, strict=True):
        if segment.sop.sop != sop:
            continue
        if found == OPEN:
            return Outcome(UNKNOWN)
        if found == UNTOLD:
            return Outcome(LEFT, segment.sop.cannot_tell)
        if found == NO_CLAUSE:
            return Outcome(NONE)
        clause = table.clauses[found].clause
        return Outcome(clause.id, clause.action, clause.points)
    return Outcome(NONE)


def outcome(engine: Engine, subject: str, day: date, sop: str, facts: Mapping[str, Any]) -> Outcome:
    """What a case comes to under an SOP."""
    return outcome_under(decided(engine, subject, day, facts), sop)


def effect_in_words(engine: Engine, subject: str, effect: tuple[str, int]) -> str:
    """`Remove the listing, 6 points`."""
    action, points = effect
    if not action:
        return _("nothing: this SOP does not concern it")
    said = Words(engine.rulebook, subject).action(action)
    if not points:
        return said
    return _("{action}, {points}").format(action=said, points=points_in_words(points))


def clause_in_words(engine: Engine, subject: str, sop: str, clause: str) -> str:
    """`EC-3 “Shisha, cigarettes”`."""
    if clause == NONE:
        return _("no clause of this SOP")
    if clause == LEFT:
        return _("it cannot be told")
    known = next((s for s in engine.rulebook.sops if s.sop == sop), None)
    of = next((c for c in known.clauses if c.id == clause), None) if known else None
    if of is None:
        return clause
    title = Words(engine.rulebook, subject).text(of.title, clause)
    return _("{id} “{title}”").format(id=clause, title=title)


def column_of(engine: Engine, subject: str, day: date, name: str) -> Column | None:
    """The column of a fact by its name in JSON; None where the rulebook does not know it."""
    if subject not in engine.rulebook.subjects:
        return None
    table = engine.table(subject, day)
    place = table.places.get(name)
    return None if place is None else table.columns[place]
