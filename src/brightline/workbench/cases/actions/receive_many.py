"""Take many cases in at once, each as if it had come alone: one transaction for all of them.

What costs when cases come one by one costs once here: signals search all texts in one pass, rows
are inserted together, and the audit log's chain grows by all their events in one go.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import Decision as Ruling
from brightline.screening.days import TIME_ATTRIBUTE, day_of
from brightline.screening.one import CaseError
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import Told, record_many, together
from brightline.workbench.cases.actions.conclude import decided, drafted, told_of
from brightline.workbench.cases.actions.receive import VIETNAM, Incoming, Received, turn_at
from brightline.workbench.cases.arms import Arm, arm_of, keep_arms
from brightline.workbench.cases.models import (
    Case,
    Decision,
    How,
    Market,
    Source,
    Task,
    TaskKind,
)
from brightline.workbench.cases.pictures import keep_pictures
from brightline.workbench.cases.routing import Route, route
from brightline.workbench.cases.searching import fingerprint, search_text
from brightline.workbench.cases.under_clauses import keep
from brightline.workbench.rulebooks.engine import Engine, stored
from brightline.workbench.rulebooks.in_force import engine_of, release_now

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User

SELLER_ATTRIBUTES = ("seller_id", "shop_id", "creator_id", "reviewer_id")
AT_ONCE = 200
"""Cases a transaction. The end of the audit log's chain is held for as long as one takes."""
_TRIES = 4

Refused = CaseError | FactError


def receive_many(
    market: str, coming: Sequence[Incoming], by: User | None, at: datetime | None = None
) -> list[Received | Refused]:
    """Take cases in, in order; for each what became of it, or why it cannot be taken.

    Of several with one ref the first counts. A ref that is known gives back what stands,
    unchanged. A case that is refused writes nothing and stops no other. So many as `AT_ONCE`
    stand or fall together. Raises `NoRulebook`.
    """
    at = at or timezone.now()
    engine = engine_of(release_now(market).sha)
    found: list[Received | Refused] = []
    for first in range(0, len(coming), AT_ONCE):
        found += _chunk(market, coming[first : first + AT_ONCE], by, at, engine)
    return found


@dataclass(slots=True)
class _New:
    """A case on its way in: what the rules say of it, and what is to be written."""

    coming: Incoming
    ruling: Ruling
    way: Route
    case: Case
    engine: Engine
    arm: Arm | None = None
    automatic: bool = False
    tasks: tuple[Task, ...] = ()
    decision: Decision | None = None


def _chunk(
    market: str, coming: Sequence[Incoming], by: User | None, at: datetime, engine: Engine
) -> list[Received | Refused]:
    refs = [one.ref for one in coming]
    known = _known(market, refs)
    judged = _judged(market, [one for one in coming if one.ref not in known], at, engine)
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                _write(market, [n for n in judged.values() if isinstance(n, _New)], by, at)
            break
        except IntegrityError:  # another brought the same ref in meanwhile
            now_known = _known(market, refs)
            if not left or now_known.keys() == known.keys():
                raise
            known = now_known
            judged = {ref: _afresh(one) for ref, one in judged.items() if ref not in known}
        except OperationalError:  # two batches waited for one another, and this one was let go
            if not left or connection.vendor == "sqlite":
                raise
            judged = {ref: _afresh(one) for ref, one in judged.items()}
    return [_told(one.ref, known, judged) for one in coming]


def _known(market: str, refs: Sequence[str]) -> dict[str, Received]:
    cases = Case.objects.filter(market=market, ref__in=refs).prefetch_related("tasks")
    return {
        case.ref: Received(case, False, min(case.tasks.all(), key=lambda t: t.pk, default=None))
        for case in cases
    }


def _told(
    ref: str, known: dict[str, Received], judged: Mapping[str, _New | Refused]
) -> Received | Refused:
    if ref in known:
        return known[ref]
    one = judged[ref]
    if not isinstance(one, _New):
        return one
    new = one.tasks[0] if one.tasks else None
    received = Received(one.case, True, new)
    known[ref] = Received(one.case, False, new)  # where the same ref comes again in this batch
    return received


def _judged(
    market: str, coming: Sequence[Incoming], at: datetime, engine: Engine
) -> dict[str, _New | Refused]:
    """By ref, in order: the case as it will be written, or why it cannot be taken."""
    judged: dict[str, _New | Refused] = {}
    able: list[tuple[Incoming, date]] = []
    seen: set[str] = set()
    for one in coming:
        if one.ref in seen:
            continue
        seen.add(one.ref)
        try:
            able.append((one, _day(one.attributes, at)))
        except CaseError as error:
            judged[one.ref] = error
    rulings = engine.arrive_many(
        [
            ({"subject": c.subject, "attributes": c.attributes, "facts": c.facts}, day)
            for c, day in able
        ]
    )
    for (one, day), ruling in zip(able, rulings, strict=True):
        if not isinstance(ruling, Ruling):
            judged[one.ref] = ruling
            continue
        way = route(ruling, engine.assumed(ruling), one.source, at)
        arm, judge = arm_of(market, one.ref, way.queue), engine
        if arm is not None and arm.sha:
            judge, ruling = _by_draft(arm.sha, one, day, engine, ruling)
        case = _case(market, one, at, day, judge.sha, ruling, way)
        judged[one.ref] = _New(one, ruling, way, case, judge, arm)
    return judged


def _by_draft(
    sha: str, one: Incoming, day: date, engine: Engine, ruling: Ruling
) -> tuple[Engine, Ruling]:
    """A case drawn for a trial, judged by its draft; one that the draft does not know stays."""
    draft = engine_of(sha)
    raw = {"subject": one.subject, "attributes": one.attributes, "facts": one.facts}
    (found,) = draft.arrive_many([(raw, day)])
    return (draft, found) if isinstance(found, Ruling) else (engine, ruling)


def _afresh(one: _New | Refused) -> _New | Refused:
    """As it was before a transaction that was rolled back."""
    if isinstance(one, _New):
        one.case.pk, one.case.action, one.case.decided_at = None, "", None
        one.case._state.adding = True
        return _New(one.coming, one.ruling, one.way, one.case, one.engine, one.arm)
    return one


def _case(
    market: str, coming: Incoming, at: datetime, day: date, sha: str, ruling: Ruling, way: Route
) -> Case:
    return Case(
        market=market,
        ref=coming.ref,
        subject=ruling.table.subject,
        language=coming.language,
        source=coming.source,
        attributes=dict(coming.attributes),
        given=dict(coming.facts),
        facts=stored(ruling.facts),
        sha=sha,
        day=day,
        seller=coming.seller or _seller(coming.attributes),
        risk=coming.risk,
        received_at=at,
        due_at=way.due_at,
        search_text=search_text(coming.ref, coming.attributes),
        fingerprint=fingerprint(coming.attributes),
        sample=coming.sample,
    )


def _write(market: str, new: Sequence[_New], by: User | None, at: datetime) -> None:
    if not new:
        return
    settings = Market.objects.get_or_create(code=market)[0]
    for one in new:
        one.automatic = (
            settings.automatic
            and acts_alone(one.engine, one.ruling)
            and not _asks_person(one.coming)
        )
        if one.automatic:
            one.decision = drafted(one.case, one.engine, one.ruling, How.AUTOMATIC, at=at)
            one.case.action, one.case.decided_at = one.decision.action, at
    # By ref, so that two batches with the same refs wait for one another and never both.
    Case.objects.bulk_create(sorted((one.case for one in new), key=lambda case: case.ref))
    keep_arms([(one.case, one.arm) for one in new if one.arm is not None])
    for one in new:
        one.tasks = _tasks(one, settings)
    Task.objects.bulk_create([task for one in new for task in one.tasks])
    decisions = [one.decision for one in new if one.decision is not None]
    for decision in decisions:
        decision.case = decision.case  # its key is known now; by itself it would be forgotten
    Decision.objects.bulk_create(decisions)
    keep(decisions, first=True)
    for one in new:
        keep_pictures(one.case, one.coming.pictures)
    told: list[Told] = []
    for one in new:
        told.append(_arrival(one))
        if one.decision is not None:
            told.append(told_of(one.decision, ""))
    with together():
        record_many(told, by)
        for decision in decisions:
            decided.send(Decision, decision=decision, before="", fresh=True)


def _tasks(one: _New, settings: Market) -> tuple[Task, ...]:
    """The turns that a case gets: its review, and those drawn by lot."""
    role = one.arm.role if one.arm is not None else ""
    if one.automatic:
        if random.random() < settings.audit_share:
            return (turn_at(one.case, TaskKind.AUDIT, one.way, settings.audit_share, role),)
        return ()
    review = turn_at(one.case, TaskKind.REVIEW, one.way, role=role)
    if random.random() < settings.second_share:
        return review, turn_at(one.case, TaskKind.SECOND, one.way, settings.second_share, role)
    return (review,)


def _arrival(one: _New) -> Told:
    case = one.case
    return Told(
        EventKind.CASE_RECEIVED,
        ("case", case.pk),
        case.pk,
        after={
            "ref": case.ref,
            "subject": case.subject,
            "source": case.source,
            "queue": None if one.automatic else one.way.queue,
        },
        rulebook=case.sha,
    )


def acts_alone(engine: Engine, ruling: Ruling) -> bool:
    """Whether a decision may be acted on without a person: determined, and no escalation."""
    if not ruling.verdict.determined:
        return False
    return not engine.rulebook.actions[ruling.verdict.action].person


def _asks_person(coming: Incoming) -> bool:
    """An authority's request and an appeal always get a person."""
    return coming.source in (Source.AUTHORITY, Source.APPEAL)


def _seller(attributes: Mapping[str, Any]) -> str:
    for name in SELLER_ATTRIBUTES:
        if attributes.get(name):
            return str(attributes[name])[:120]
    return ""


def _day(attributes: Mapping[str, Any], at: datetime) -> date:
    """The day whose rules hold: `created_at` of the case, else the day it came in, in Vietnam."""
    raw = attributes.get(TIME_ATTRIBUTE)
    if raw in (None, ""):
        return at.astimezone(VIETNAM).date()
    try:
        return day_of(raw)
    except ValueError:
        raise CaseError(f"{TIME_ATTRIBUTE}: {str(raw)[:60]}") from None
