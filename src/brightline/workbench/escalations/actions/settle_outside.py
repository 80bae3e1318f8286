"""Settle a case that the rules leave to people: a named person's exception, with a reason."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.conclude import write_decision
from brightline.workbench.cases.actions.decide import NotDetermined, ended
from brightline.workbench.cases.models import Decision, How, Task, TaskKind
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.actions.escalate import MOST


class RulesDecide(Exception):
    """On these facts the rules come to an action by themselves: no person chooses another."""


def settle_outside(task_id: int, person: User, action: str, reason: str) -> Decision:
    """Decide the escalated case in hand by an action of the rulebook that no rule came to.

    Only where the rules, on the facts answered, hand the case to people. The decision keeps those
    facts and what the rules came to, has no points, and is marked as an exception. Sent twice it
    is one. Raises `NotYours`, `PermissionDenied`, `NotDetermined`, `RulesDecide`, and `ValueError`
    without a reason or for an action that settles nothing.
    """
    reason = reason.strip()[:MOST]
    if not reason:
        raise ValueError("an exception has a reason")
    done = Decision.objects.filter(task_id=task_id, by=person, exception=True).first()
    if done is not None:
        return done
    with transaction.atomic():
        now = timezone.now()
        task = ended(task_id, person, Task.Status.DONE, now)
        if task.kind != TaskKind.ESCALATION or not may(
            person, Permission.ESCALATIONS_CASE_SETTLE, task.market, task.queue
        ):
            raise PermissionDenied(Permission.ESCALATIONS_CASE_SETTLE)
        turn = Turn(task)
        actions = turn.engine.rulebook.actions
        if not turn.ruling.verdict.determined:
            raise NotDetermined(task_id)
        if not actions[turn.ruling.verdict.action].person:
            raise RulesDecide(task_id)
        if action not in choices(turn):
            raise ValueError(f"{action} settles nothing")
        return write_decision(
            task.case, turn.engine, turn.ruling, How.ESCALATION, task, person, at=now,
            note=reason, outside=action,
            seconds=(now - task.claimed_at).total_seconds() if task.claimed_at else 0.0,
        )  # fmt: skip


def choices(turn: Turn) -> list[str]:
    """The actions a person may choose from: those of the case's subject, the mildest first."""
    table = turn.ruling.table
    used = {one.clause.action for one in table.clauses} | {turn.engine.rulebook.default_action}
    actions = turn.engine.rulebook.actions
    return [name for name in table.actions if name in used and not actions[name].person]
