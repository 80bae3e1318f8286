"""Take a case in: signals read it, the rules decide it; acted on, or put into a queue."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from brightline.rulebook.deciding import Decision as Ruling
from brightline.screening.one import CaseError
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.conclude import write_decision
from brightline.workbench.cases.models import Case, How, Market, Source, Task, TaskKind
from brightline.workbench.cases.routing import Route, route
from brightline.workbench.cases.searching import fingerprint, search_text
from brightline.workbench.rulebooks.engine import Engine, stored
from brightline.workbench.rulebooks.in_force import engine_of, release_now

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SELLER_ATTRIBUTES = ("seller_id", "shop_id", "creator_id", "reviewer_id")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A case as it comes in. `ref` is the platform's own name for it, unique in a market."""

    ref: str
    subject: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    language: str = "vi"
    source: str = Source.PROACTIVE
    seller: str = ""
    risk: float = 0.0
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a case: `new` is false where the ref was known already."""

    case: Case
    new: bool
    task: Task | None


def receive(market: str, coming: Incoming, by: User | None, at: datetime | None = None) -> Received:
    """Take one case in. A ref that is known gives back what stands, unchanged.

    Raises `NoRulebook`, `CaseError` or `FactError`; nothing is written then.
    """
    at = at or timezone.now()
    known = Case.objects.filter(market=market, ref=coming.ref).first()
    if known is not None:
        return Received(known, False, known.tasks.first())
    engine = engine_of(release_now(market).sha)
    day = _day(coming.attributes, at)
    raw = {"subject": coming.subject, "attributes": coming.attributes, "facts": coming.facts}
    ruling = engine.arrive(raw, day)
    way = route(ruling, engine.assumed(ruling), coming.source, at)
    try:
        with transaction.atomic():
            return _written(market, coming, by, at, day, engine, ruling, way)
    except IntegrityError:  # the same ref came twice at once
        known = Case.objects.filter(market=market, ref=coming.ref).first()
        if known is None:
            raise
        return Received(known, False, known.tasks.first())


def _written(
    market: str,
    coming: Incoming,
    by: User | None,
    at: datetime,
    day: date,
    engine: Engine,
    ruling: Ruling,
    way: Route,
) -> Received:
    case = Case.objects.create(
        market=market,
        ref=coming.ref,
        subject=ruling.table.subject,
        language=coming.language,
        source=coming.source,
        attributes=dict(coming.attributes),
        given=dict(coming.facts),
        facts=stored(ruling.facts),
        sha=engine.sha,
        day=day,
        seller=coming.seller or _seller(coming.attributes),
        risk=coming.risk,
        received_at=at,
        due_at=way.due_at,
        search_text=search_text(coming.ref, coming.attributes),
        fingerprint=fingerprint(coming.attributes),
        sample=coming.sample,
    )
    settings = Market.objects.get_or_create(code=market)[0]
    automatic = settings.automatic and acts_alone(engine, ruling) and not _asks_person(coming)
    task: Task | None = None
    record(
        EventKind.CASE_RECEIVED, by, ("case", case.pk), case_id=case.pk,
        after={"ref": case.ref, "subject": case.subject, "source": case.source,
               "queue": None if automatic else way.queue},
        rulebook=engine.sha,
    )  # fmt: skip
    if automatic:
        write_decision(case, engine, ruling, How.AUTOMATIC, None, None, at=at)
        if random.random() < settings.audit_share:
            task = open_task(case, TaskKind.AUDIT, way, settings.audit_share)
    else:
        task = open_task(case, TaskKind.REVIEW, way)
        if random.random() < settings.second_share:
            open_task(case, TaskKind.SECOND, way, settings.second_share)
    return Received(case, True, task)


def acts_alone(engine: Engine, ruling: Ruling) -> bool:
    """Whether a decision may be acted on without a person: determined, and no escalation."""
    if not ruling.verdict.determined:
        return False
    return not engine.rulebook.actions[ruling.verdict.action].person


def _asks_person(coming: Incoming) -> bool:
    """An authority's request and an appeal always get a person."""
    return coming.source in (Source.AUTHORITY, Source.APPEAL)


def open_task(
    case: Case, kind: TaskKind, way: Route, inclusion: float = 1.0, role: str = ""
) -> Task:
    """Put a turn at a case into a queue; with `role`, for people of that role only."""
    return Task.objects.create(
        case=case,
        kind=kind,
        market=case.market,
        queue=way.queue,
        language=case.language,
        urgency=way.urgency,
        due_at=way.due_at,
        senior=kind in (TaskKind.ADJUDICATE, TaskKind.ESCALATION, TaskKind.APPEAL),
        role=role,
        inclusion=inclusion,
    )


def _seller(attributes: Mapping[str, Any]) -> str:
    for name in SELLER_ATTRIBUTES:
        if attributes.get(name):
            return str(attributes[name])[:120]
    return ""


def _day(attributes: Mapping[str, Any], at: datetime) -> date:
    """The day whose rules hold: `created_at` of the case, else the day it came in, in Vietnam."""
    from brightline.screening.days import TIME_ATTRIBUTE, day_of

    raw = attributes.get(TIME_ATTRIBUTE)
    if raw in (None, ""):
        return at.astimezone(VIETNAM).date()
    try:
        return day_of(raw)
    except ValueError:
        raise CaseError(f"{TIME_ATTRIBUTE}: {str(raw)[:60]}") from None
