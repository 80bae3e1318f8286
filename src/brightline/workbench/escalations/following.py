"""After a decision: the question it settles is closed; one that hands the case on opens another.

A rule that says `escalate` never decides by itself what happens then. Its case climbs: to whom the
clause's follow-up or the SOP's owner names, then, where the rules still say so after that role has
looked, one step up (`desks.DECIDING`). At the top only facts or a named person's exception end it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from brightline.rulebook.model import Clause, Rulebook, Sop
from brightline.workbench.accounts.roles import Role
from brightline.workbench.cases.actions.decide import NotDetermined
from brightline.workbench.cases.models import Decision, Task, TaskKind
from brightline.workbench.cases.routing import FALLBACK_SECONDS
from brightline.workbench.escalations.about import About, parts
from brightline.workbench.escalations.actions.opening import opened
from brightline.workbench.escalations.closing import close
from brightline.workbench.escalations.desks import DECIDING, above, wanted
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.escalations.on_case import question_of
from brightline.workbench.rulebooks.in_force import engine_of


class AtTheTop(NotDetermined):
    """The rules hand the case on, and nobody stands above: answer the facts otherwise, or settle it
    with a reason (`actions.settle_outside`)."""


def on_decided(sender: object, decision: Decision, before: str, **_more: Any) -> None:
    """Close the question that a decision in force settles; open one where it hands the case on.

    Raises `AtTheTop`, which undoes the decision.
    """
    task = decision.task
    if task is None:
        return  # the rules alone: they never hand a case on without a person
    handled = question_of(task)
    book = engine_of(decision.sha).rulebook
    if book.actions[decision.action].person:
        if handled is not None:
            handled.decision = decision
            handled.save(update_fields=["decision"])
        _hand_on(decision, task, handled, book)
    elif handled is not None:
        close(handled, decision.by, decision.at, decision=decision)


def on_measured(sender: object, decision: Decision, **_more: Any) -> None:
    """Close the question of a blind turn: who answers it has judged the case, as blindly."""
    handled = None if decision.task is None else question_of(decision.task)
    if handled is not None:
        close(handled, decision.by, decision.at, decision=decision)


def _hand_on(decision: Decision, task: Task, handled: Escalation | None, book: Rulebook) -> None:
    what, sop, clause = handing_clause(decision, book)
    role, desk = next_desk(sop, clause, task, handled)
    if role is None:
        raise AtTheTop(task.pk)
    opened(
        task, decision.by, decision.note, role, what, decision.at,
        desk=desk, by_rule=True, due_at=_due(decision.at, sop, clause, task, book),
    )  # fmt: skip


def handing_clause(decision: Decision, book: Rulebook) -> tuple[About, Sop | None, Clause | None]:
    """The clause that hands the case on: the first with a follow-up step, else the first."""
    handing = [one for one in decision.clauses if one["action"] == decision.action]
    found = []
    for one in handing:
        sop, clause = parts(book, About(one["sop"], clause=one["clause"]))
        what = About(one["sop"], clause=one["clause"] if clause else "")
        found.append((what, sop, clause))
    with_step = [one for one in found if one[2] is not None and one[2].then]
    return next(iter(with_step or found), (About(), None, None))


def next_desk(
    sop: Sop | None, clause: Clause | None, task: Task, handled: Escalation | None
) -> tuple[Role | None, str]:
    """The role that a case goes to, and the rulebook's name for it; None where there is none.

    Whom the rule names, if that is higher than the role that has just looked; else the next up.
    """
    role, desk = wanted(sop, clause)
    looked = handled.to_role if handled is not None else ""
    if not looked and task.kind == TaskKind.ADJUDICATE:
        looked = Role.SENIOR
    if looked and not (looked == Role.SENIOR and role == DECIDING[-1]):
        return above(looked), ""
    return role, desk


def _due(
    at: datetime, sop: Sop | None, clause: Clause | None, task: Task, book: Rulebook
) -> datetime:
    """By when: the follow-up's own time, else that of the SOP's queue, both from the decision.

    An authority's request (urgency 0) keeps the time it has.
    """
    if task.urgency == 0:
        return task.due_at
    within = clause.then[0].within if clause is not None and clause.then else None
    queue = book.queues.get(sop.queue) if sop is not None and sop.queue else None
    return at + timedelta(seconds=within or (queue.sla if queue else FALLBACK_SECONDS))
