"""Keep a task in hand while someone is at work on it."""

from __future__ import annotations

from datetime import datetime

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.taken import leased_anew


def keep_hold(task_id: int, person: User) -> datetime:
    """Let the lease run anew from now; until when. Raises `NotYours`."""
    market = Task.objects.filter(pk=task_id).values_list("market", flat=True).first()
    until = leased_anew(task_id, person, market or "")
    if until is None:
        raise NotYours(task_id)
    return until
