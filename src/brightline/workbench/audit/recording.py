"""Adding events to the log, inside the transaction of the act they tell of."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.dispatch import Signal
from django.utils import timezone

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import ChainHead, Event

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from brightline.workbench.accounts.models import User

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
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    head = ChainHead.objects.select_for_update().get(pk=1)
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        kind=kind.value,
        actor_id=None if actor is None else actor.pk,
        on_type=on[0],
        on_id=str(on[1]),
        case_id=case_id,
        before=_plain(before),
        after=_plain(after),
        why=why,
        rulebook=rulebook,
        previous=head.hash,
    )
    event.hash = hash_of(event)
    event.save()
    ChainHead.objects.filter(pk=1).update(seq=event.seq, hash=event.hash)
    recorded.send(Event, event=event)
    return event


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
