"""Pause a queue, or let it run again."""

from __future__ import annotations

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import QueueState


def pause(market: str, queue: str, by: User, why: str) -> bool:
    """Give nothing out from a queue until it is resumed; False where it is paused already.

    What is in hand stays in hand. Raises `ValueError` without a reason.
    """
    if not why.strip():
        raise ValueError("a pause has a reason")
    with transaction.atomic():
        state, _new = QueueState.objects.select_for_update().get_or_create(
            market=market, queue=queue
        )
        if state.paused:
            return False
        state.paused, state.why, state.by = True, why.strip(), by
        state.save()
        record(EventKind.QUEUE_PAUSED, by, ("queue", f"{market}/{queue}"), why=why.strip())
    return True


def resume(market: str, queue: str, by: User) -> bool:
    """Let a queue run again; False where it runs."""
    with transaction.atomic():
        state = QueueState.objects.select_for_update().filter(
            market=market, queue=queue, paused=True
        ).first()  # fmt: skip
        if state is None:
            return False
        state.paused, state.why, state.by = False, "", by
        state.save()
        record(EventKind.QUEUE_RESUMED, by, ("queue", f"{market}/{queue}"))
    return True
