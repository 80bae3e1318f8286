"""Write a decision down: the facts and clauses, the case's outcome, the event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.dispatch import Signal
from django.utils import timezone

from brightline.rulebook.deciding import Decision as Ruling
from brightline.screening.decision_json import reported_json
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import Told, record_many, together
from brightline.workbench.cases.models import Case, Decision, How, Task
from brightline.workbench.cases.under_clauses import keep
from brightline.workbench.ready import ReadyInsert, ReadyUpdate
from brightline.workbench.rulebooks.engine import Engine, stored

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User

_DECISION = ReadyInsert(Decision)
_OUTCOME = ReadyUpdate(
    lambda hole: Case.objects.filter(pk=hole("case")),
    lambda hole: {"action": hole("action"), "decided_at": hole("at")},
    case=int,
    action=str,
    at=datetime,
)

decided = Signal()
"""Sent with `decision` and `before` (the action in force until now, or empty), in the transaction,
after a decision came into force. Notices to sellers, points and webhooks hang on it. `fresh` says
that the case has just come in: nothing else stands on it yet."""

measured = Signal()
"""Sent with `decision`, in the transaction, after one that is held against another and is not in
force. Nothing follows from it for a seller."""


def write_decision(
    case: Case,
    engine: Engine,
    ruling: Ruling,
    how: How,
    task: Task | None,
    by: User | None,
    *,
    at: datetime | None = None,
    in_force: bool = True,
    note: str = "",
    seconds: float = 0.0,
    why: str = "",
    outside: str = "",
) -> Decision:
    """Write a decision. Call it in the transaction of the act; the ruling must be determined.

    `outside` is the action that a person chose where the rules hand the case to people: the
    decision is marked as an exception, and rests on no clause. Raises `ValueError` on a ruling
    that is not determined, and on `outside` where the rules decide by themselves.
    """
    decision = drafted(
        case, engine, ruling, how, task, by,
        at=at, in_force=in_force, note=note, seconds=seconds, outside=outside,
    )  # fmt: skip
    _DECISION.add(decision)
    before = case.action
    if in_force:
        case.action, case.decided_at = decision.action, decision.at
        _OUTCOME.run(case=case.pk, action=case.action, at=case.decided_at)
        keep([decision], first=not before)
    rules = ruling.verdict.action if outside else ""
    with together():  # what follows locks the seller: not while the end of the log is held
        record_many([told_of(decision, before, why, rules)], by)
        if in_force:
            decided.send(Decision, decision=decision, before=before)
        else:
            measured.send(Decision, decision=decision)
    return decision


def drafted(
    case: Case,
    engine: Engine,
    ruling: Ruling,
    how: How,
    task: Task | None = None,
    by: User | None = None,
    *,
    at: datetime | None = None,
    in_force: bool = True,
    note: str = "",
    seconds: float = 0.0,
    outside: str = "",
) -> Decision:
    """The decision as it will be written; see `write_decision`. Nothing is written yet.

    Raises `ValueError` where `write_decision` does.
    """
    verdict, actions = ruling.verdict, engine.rulebook.actions
    if not verdict.determined:
        raise ValueError("only a determined case is decided")
    if outside and (actions[outside].person or not actions[verdict.action].person):
        raise ValueError("only a case that the rules hand to people is decided outside them")
    action = outside or verdict.action
    return Decision(
        case=case,
        task=task,
        how=how,
        by=by,
        sha=engine.sha,
        day=case.day,
        action=action,
        clauses=[reported_json(clause) for clause in verdict.reported],
        facts=stored(ruling.facts),
        points=0 if outside else verdict.points,
        violation=actions[action].violation,
        exception=bool(outside),
        in_force=in_force,
        note=note,
        seconds=seconds,
        at=at or timezone.now(),
    )


def told_of(decision: Decision, before: str, why: str = "", rules: str = "") -> Told:
    """The event of a decision that was saved; `before` is the action in force until now.

    `rules` is what the rules came to, where a person decided outside them.
    """
    return Told(
        EventKind.CASE_AUTOMATIC if decision.how == How.AUTOMATIC else EventKind.CASE_DECIDED,
        ("decision", decision.pk),
        decision.case_id,
        before={"action": before},
        after={
            "action": decision.action,
            "how": decision.how,
            "clauses": decision.clauses,
            "points": decision.points,
            "in_force": decision.in_force,
            **({"exception": True, "rules": rules} if decision.exception else {}),
        },
        why=why or decision.note,
        rulebook=decision.sha,
        of_workbench=decision.by_id is None,
    )
