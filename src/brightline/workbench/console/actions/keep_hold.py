"""Keep a task in hand while someone is at work on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.models import Market, Task


def keep_hold(task_id: int, person: User) -> datetime:
    """Let the lease run anew from now; until when. Raises `NotYours`."""
    market = Task.objects.filter(pk=task_id).values_list("market", flat=True).first()
    minutes = Market.objects.filter(code=market).values_list("lease_minutes", flat=True).first()
    until = timezone.now() + timedelta(minutes=minutes or 15)
    if not Task.objects.filter(pk=task_id, claimed_by=person, status=Task.Status.CLAIMED).update(
        lease_until=until
    ):
        raise NotYours(task_id)
    return until
