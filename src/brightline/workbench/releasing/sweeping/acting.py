"""One case acted on under a release: decided by the rules, given to a person, or left.

Each in a transaction of its own. What became of a case is written with the act, so that a job that
dies, or two at once, never act twice.
"""

from __future__ import annotations

import random

from django.db import transaction
from django.utils import timezone

from brightline.rulebook.deciding import Decision as Ruling
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record, together
from brightline.workbench.cases.actions.conclude import write_decision
from brightline.workbench.cases.actions.receive import open_task
from brightline.workbench.cases.actions.receive_many import acts_alone
from brightline.workbench.cases.actions.reread import read_again, today
from brightline.workbench.cases.actions.take_back import take_back
from brightline.workbench.cases.models import Case, Decision, How, Market, Task, TaskKind
from brightline.workbench.cases.routing import Route, route
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.releasing.sweeping.looking import UNFINISHED, asks_person
from brightline.workbench.rulebooks.engine import Engine, stored
from brightline.workbench.rulebooks.in_force import engine_of

State = SweptCase.State


def act_on(swept_id: int, sweep: Sweep) -> str:
    """Act on one case of a sweep; what became of it. Once acted on, it stays as it is."""
    with transaction.atomic(), together():
        swept = SweptCase.objects.select_for_update().get(pk=swept_id)
        if swept.state != State.FOUND:
            return swept.state
        case = Case.objects.select_for_update().get(pk=swept.case_id)
        if sweep.kind == Sweep.Kind.LIVE:
            _live(sweep, swept, case)
        else:
            _waiting(sweep, swept, case)
        swept.save(update_fields=["state", "made", "task"])
        return swept.state


def why_of(sweep: Sweep) -> str:
    """The reason that decisions and events carry: the release, and what was said of it."""
    said = f"release {sweep.release.number}"
    return f"{said}: {sweep.why}" if sweep.why else said


def _live(sweep: Sweep, swept: SweptCase, case: Case) -> None:
    engine = engine_of(sweep.release.sha)
    standing = case.decisions.filter(in_force=True).order_by("-at", "-pk").first()
    busy = case.tasks.filter(status__in=UNFINISHED).exists()
    ruling = None
    if standing is not None and standing.pk == swept.decision_id and not busy:
        ruling = read_again(case, engine, today(), standing)
    if ruling is None:
        swept.state = State.GONE
        return
    if ruling.verdict.determined and ruling.verdict.action == case.action:
        swept.state = State.GONE
        return
    if _alone(sweep, case, engine, ruling):
        swept.made = _decided(sweep, case, engine, ruling)
        swept.state = State.ACTED
    elif sweep.tasks:
        way = route(ruling, engine.assumed(ruling), case.source, timezone.now())
        swept.task = open_task(case, TaskKind.AGAIN, way)
        swept.state = State.TASK
        record(
            EventKind.CASE_REQUEUED, sweep.by, ("task", swept.task.pk), case_id=case.pk,
            after={"kind": TaskKind.AGAIN.value, "queue": way.queue}, why=why_of(sweep),
            rulebook=engine.sha,
        )  # fmt: skip
    else:
        swept.state = State.LEFT


def _waiting(sweep: Sweep, swept: SweptCase, case: Case) -> None:
    engine = engine_of(sweep.release.sha)
    tasks = list(case.tasks.select_for_update().filter(status__in=UNFINISHED))  # no claim meanwhile
    if case.action or not tasks:
        swept.state = State.GONE
        return
    held = [task for task in tasks if task.status == Task.Status.CLAIMED]
    if held and not sweep.take_back:
        swept.state = State.LEFT
        return
    ruling = read_again(case, engine, case.day)
    if ruling is None:
        swept.state = State.GONE
        return
    for task in held:
        take_back(task, sweep.by, why_of(sweep))
    if _alone(sweep, case, engine, ruling):
        case.tasks.filter(status__in=UNFINISHED).update(
            status=Task.Status.CANCELLED, done_at=timezone.now()
        )
        swept.made = _decided(sweep, case, engine, ruling)
        swept.state = State.ACTED
        return
    _kept(case, engine, ruling)
    _rerouted(sweep, case, engine, route(ruling, engine.assumed(ruling), case.source,
                                         case.received_at))  # fmt: skip
    swept.state = State.ROUTED


def _rerouted(sweep: Sweep, case: Case, engine: Engine, way: Route) -> None:
    """The open turns move to where they belong; none becomes due later than it was."""
    for task in case.tasks.filter(status=Task.Status.OPEN):
        was = {"queue": task.queue, "urgency": task.urgency}
        now = {"queue": way.queue, "urgency": way.urgency}
        if was == now:
            continue
        task.queue, task.urgency, task.due_at = way.queue, way.urgency, min(task.due_at, way.due_at)
        task.save(update_fields=["queue", "urgency", "due_at"])
        record(
            EventKind.CASE_REQUEUED, sweep.by, ("task", task.pk), case_id=case.pk,
            before=was, after={"kind": task.kind, **now}, why=why_of(sweep), rulebook=engine.sha,
        )  # fmt: skip


def _alone(sweep: Sweep, case: Case, engine: Engine, ruling: Ruling) -> bool:
    """Whether the rules act by themselves: as on arrival, and only where that was asked for."""
    market = Market.objects.filter(pk=case.market).first() or Market(code=case.market)
    return (
        sweep.automatic
        and market.automatic
        and acts_alone(engine, ruling)
        and not asks_person(case)
    )


def _decided(sweep: Sweep, case: Case, engine: Engine, ruling: Ruling) -> Decision:
    _kept(case, engine, ruling)
    decision = write_decision(
        case, engine, ruling, How.AUTOMATIC, None, None, why=why_of(sweep), note=""
    )
    share = Market.objects.get_or_create(code=case.market)[0].audit_share
    if random.random() < share:
        way = route(ruling, engine.assumed(ruling), case.source, timezone.now())
        open_task(case, TaskKind.AUDIT, way, share)
    return decision


def _kept(case: Case, engine: Engine, ruling: Ruling) -> None:
    """Write what the case is read as now; what is live is held to the rules of today."""
    case.facts, case.sha = stored(ruling.facts), engine.sha
    if case.action:
        case.day = today()
    case.save(update_fields=["facts", "sha", "day"])
