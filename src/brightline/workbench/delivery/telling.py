"""Events into the outbox of each hook that wants them, in the transaction of the event."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import sealed
from brightline.workbench.cases.models import Case
from brightline.workbench.delivery.models import Delivery, Hook

THINGS = (
    "account",
    "appeal",
    "case",
    "escalation",
    "notice",
    "pilot",
    "points",
    "queue",
    "release",
    "statement",
)
"""What hooks may be told of; people, grants, keys and hooks are nobody else's business."""
_FRESH = 1.0
_kept: tuple[float, list[Hook]] | None = None


def kinds_offered() -> list[EventKind]:
    """The kinds of event that a hook can be told of."""
    return [kind for kind in EventKind if kind.value.split(".")[0] in THINGS]


def _hooks() -> list[Hook]:
    """The hooks that are not ended, remembered for a second: a new one takes hold that late."""
    global _kept  # noqa: PLW0603
    if _kept is None or time.monotonic() - _kept[0] > _FRESH:
        _kept = time.monotonic(), list(Hook.objects.exclude(state=Hook.State.ENDED))
    return _kept[1]


def forget_hooks(**_more: Any) -> None:
    """Read the hooks anew at the next event."""
    global _kept  # noqa: PLW0603
    _kept = None


def write_deliveries(event: Event, **_more: Any) -> None:
    """A row for each hook that wants the event."""
    hooks = _hooks()
    if not hooks or event.kind.split(".")[0] not in THINGS:
        return
    interested = [hook for hook in hooks if hook.wants(event.kind, hook.market)]
    if not interested:
        return
    case = None
    if event.case_id is not None:
        case = Case.objects.only("market", "ref", "seller").filter(pk=event.case_id).first()
    market = case.market if case is not None else _market_of(event)
    body = json.dumps(_told(event, case, market), cls=DjangoJSONEncoder, ensure_ascii=False)
    Delivery.objects.bulk_create(
        Delivery(hook=hook, event=event.seq, kind=event.kind, body=body)
        for hook in interested
        if hook.wants(event.kind, market)
    )


def _market_of(event: Event) -> str:
    after = event.after if isinstance(event.after, dict) else {}
    return str(after.get("market", ""))


def _told(event: Event, case: Case | None, market: str) -> dict[str, Any]:
    return {
        "id": f"evt_{event.seq}",
        "type": event.kind,
        "timestamp": event.at,
        "data": {
            "market": market or None,
            "case": None if case is None else {"ref": case.ref, "seller": case.seller or None},
            "on": {"type": event.on_type, "id": event.on_id},
            "before": event.before,
            "after": event.after,
            "why": event.why or None,
            "rulebook": event.rulebook or None,
        },
    }


def listen() -> None:
    """Hang on the audit log; called once, when the app is ready."""
    sealed.connect(write_deliveries, dispatch_uid="delivery.write_deliveries")
    post_save.connect(forget_hooks, Hook, dispatch_uid="delivery.forget_hooks")
