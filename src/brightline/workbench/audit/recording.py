"""Adding events to the log, inside the transaction of the act they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
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
"""Sent with `event`, in the transaction, when an act was told: what follows from it is done now.
The event has no place in the chain yet; events of what follows come after it."""

sealed = Signal()
"""Sent with `event`, in the transaction, after an event took its place in the chain. The end of the
chain is held: only what needs the place belongs here, and it must wait for nobody."""


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
    Inside `together` it waits for the end of that block, and has no `seq` before.
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
    with together() as waiting:
        events = [_unsealed(one, actor) for one in told]
        waiting.extend(events)
        for event in events:
            recorded.send(Event, event=event)
    return events


_waiting: ContextVar[list[Event] | None] = ContextVar("events that wait", default=None)
"""The events of the block `together` that is open, if any."""


@contextmanager
def together() -> Iterator[list[Event]]:
    """Let the events of a transaction wait until the block ends; then seal them in one go.

    Until then nobody else waits for the end of the chain. An act that locks other rows after its
    first event is done within such a block, the last thing of its transaction: who holds the end
    waits for nobody. What may be rolled back alone inside it is done `apart`.
    """
    held = _waiting.get()
    if held is not None:
        yield held
        return
    events: list[Event] = []
    token = _waiting.set(events)
    try:
        yield events
    finally:
        _waiting.reset(token)
    _seal(events)


@contextmanager
def apart() -> Iterator[None]:
    """A savepoint within an act, or its transaction: rolled back, its events are gone with it."""
    waiting = _waiting.get()
    before = 0 if waiting is None else len(waiting)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if waiting is not None:
            del waiting[before:]
        raise


def _unsealed(one: Told, actor: User | AnonymousUser | None) -> Event:
    return Event(
        kind=one.kind.value,
        actor_id=None if actor is None or one.of_workbench else actor.pk,
        on_type=one.on[0],
        on_id=str(one.on[1]),
        case_id=one.case_id,
        before=_plain(one.before),
        after=_plain(one.after),
        why=one.why,
        rulebook=one.rulebook,
    )


def _seal(events: Sequence[Event]) -> None:
    """Chain events to the last one, write them, and tell of them; the end is held from here on."""
    if not events:
        return
    head = _HEAD.rows()[0]
    seq, last = head.seq, head.hash
    for event in events:
        seq += 1
        event.seq, event.at, event.previous = seq, timezone.now(), last
        event.hash = last = hash_of(event)
    if len(events) <= _FEW:
        for event in events:
            _EVENT.add(event)
    else:
        Event.objects.bulk_create(events, batch_size=500)
    _MOVED.run(seq=seq, hash=last)
    for event in events:
        sealed.send(Event, event=event)


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
