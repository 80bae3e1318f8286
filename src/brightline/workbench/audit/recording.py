"""Adding events to the log, inside the transaction of the act they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
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
    with together() as end:
        events = [end.added(one, actor) for one in told]
    for event in events:
        recorded.send(Event, event=event)
    return events


@dataclass(slots=True)
class _End:
    """The end of the chain, held by this transaction from its first event on, and the events that
    are not written yet."""

    seq: int = -1
    hash: str = ""
    waiting: list[Event] = field(default_factory=list)

    def added(self, one: Told, actor: User | AnonymousUser | None) -> Event:
        """The next event of the chain."""
        if self.seq < 0:
            head = _HEAD.rows()[0]
            self.seq, self.hash = head.seq, head.hash
        self.seq += 1
        event = Event(
            seq=self.seq,
            at=timezone.now(),
            kind=one.kind.value,
            actor_id=None if actor is None or one.of_workbench else actor.pk,
            on_type=one.on[0],
            on_id=str(one.on[1]),
            case_id=one.case_id,
            before=_plain(one.before),
            after=_plain(one.after),
            why=one.why,
            rulebook=one.rulebook,
            previous=self.hash,
        )
        event.hash = self.hash = hash_of(event)
        self.waiting.append(event)
        return event

    def write(self) -> None:
        """Write what waits, and move the end."""
        if not self.waiting:
            return
        if len(self.waiting) <= _FEW:
            for event in self.waiting:
                _EVENT.add(event)
        else:
            Event.objects.bulk_create(self.waiting, batch_size=500)
        _MOVED.run(seq=self.seq, hash=self.hash)


_end: ContextVar[_End | None] = ContextVar("end of the chain", default=None)


@contextmanager
def together() -> Iterator[_End]:
    """Write the events of a transaction in one go when the block ends.

    Only around acts that stand or fall together: nothing inside may be rolled back alone.
    """
    held = _end.get()
    if held is not None:
        yield held
        return
    end = _End()
    token = _end.set(end)
    try:
        yield end
        end.write()
    finally:
        _end.reset(token)


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
