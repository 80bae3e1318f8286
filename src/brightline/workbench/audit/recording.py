"""Adding events to the log, inside the transaction of the act they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.dispatch import Signal
from django.utils import timezone

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import ChainHead, Event
from brightline.workbench.ready import Ready, ReadyInsert, ReadyUpdate

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from brightline.workbench.accounts.models import User

_FEW = 3
_HEAD = Ready(lambda _hole: ChainHead.objects.select_for_update().filter(pk=1))
_EVENT = ReadyInsert(Event)
_MOVED = ReadyUpdate(
    lambda _hole: ChainHead.objects.filter(pk=1),
    lambda hole: {"seq": hole("seq"), "hash": hole("hash")},
    seq=int,
    hash=str,
)

recorded = Signal()
"""Sent with `event`, in the transaction, after an event was added."""


def record(
    kind: EventKind,
    actor: User | AnonymousUser | None,
    on: tuple[str, object],
    *,
    case_id: int | None = None,
    before: Any = None,
    after: Any = None,
    why: str = "",
    rulebook: str = "",
) -> Event:
    """Add an event. `on` is the thing acted on: `("task", 12)`.

    Call it last in the transaction of the act: it holds the end of the chain until the commit.
    Raises `RuntimeError` outside a transaction, since an act and its event stand or fall together.
    """
    told = Told(kind, on, case_id, before, after, why, rulebook)
    return record_many([told], actor)[0]


@dataclass(frozen=True, slots=True)
class Told:
    """What an event says; see `record`."""

    kind: EventKind
    on: tuple[str, object]
    case_id: int | None = None
    before: Any = None
    after: Any = None
    why: str = ""
    rulebook: str = ""
    of_workbench: bool = False
    """The workbench itself did it, whoever the actor of the rest is."""


def record_many(told: Sequence[Told], actor: User | AnonymousUser | None) -> list[Event]:
    """Add several events in order, in one go; the chain is as if each had been added by `record`.

    Call it last in the transaction of the act. Raises `RuntimeError` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    if not told:
        return []
    head = _HEAD.rows()[0]
    seq, previous, at = head.seq, head.hash, timezone.now()
    who = None if actor is None else actor.pk
    events: list[Event] = []
    for one in told:
        seq += 1
        event = Event(
            seq=seq,
            at=at,
            kind=one.kind.value,
            actor_id=None if one.of_workbench else who,
            on_type=one.on[0],
            on_id=str(one.on[1]),
            case_id=one.case_id,
            before=_plain(one.before),
            after=_plain(one.after),
            why=one.why,
            rulebook=one.rulebook,
            previous=previous,
        )
        event.hash = previous = hash_of(event)
        events.append(event)
    if len(events) <= _FEW:
        for event in events:
            _EVENT.add(event)
    else:
        Event.objects.bulk_create(events, batch_size=500)
    _MOVED.run(seq=seq, hash=previous)
    for event in events:
        recorded.send(Event, event=event)
    return events


def _plain(value: Any) -> Any:
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def hash_of(event: Event) -> str:
    """SHA-256 over everything an event says, the hash before it included."""
    at: datetime = event.at.astimezone(UTC)
    said = [
        event.previous,
        event.seq,
        at.isoformat(timespec="microseconds"),
        event.kind,
        event.actor_id,
        event.on_type,
        event.on_id,
        event.case_id,
        event.before,
        event.after,
        event.why,
        event.rulebook,
    ]
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
