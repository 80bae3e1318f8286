"""What a decision means beside an earlier one: does it restrict, is it the same, is it milder."""

from __future__ import annotations

from brightline.workbench.cases.models import Decision
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.sellers.models import Outcome


def waits(decision: Decision) -> bool:
    """Whether it only hands the case to a person: nothing is decided yet."""
    return engine_of(decision.sha).rulebook.actions[decision.action].person


def restricts(decision: Decision) -> bool:
    """Whether it holds anything against the seller: any action but the least one."""
    return decision.action != engine_of(decision.sha).rulebook.default_action


def same(one: Decision, other: Decision) -> bool:
    """Whether two decisions come to the same for the seller."""
    return (one.action, one.clause_ids, one.points) == (
        other.action,
        other.clause_ids,
        other.points,
    )


def weight(decision: Decision) -> tuple[int, int]:
    """How hard it is on the seller: the action's severity, then the points."""
    actions = engine_of(decision.sha).rulebook.actions
    return actions[decision.action].severity, decision.points


def outcome_of(before: Decision, after: Decision) -> Outcome:
    """What an appeal against `before` came to."""
    if not restricts(after):
        return Outcome.OVERTURNED
    return Outcome.PARTLY if weight(after) < weight(before) else Outcome.UPHELD
