"""Remind those who have not passed: by a job before the gate closes, or because someone asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from brightline.workbench.understanding.current import in_force
from brightline.workbench.understanding.mails import remind_by_mail
from brightline.workbench.understanding.models import Notice, Recipient

BEFORE = (timedelta(hours=24), timedelta(hours=4))
"""How long before the gate closes a reminder goes out; one more goes when it has closed."""
APART = timedelta(hours=3)
"""Nobody is reminded of the same notice again within this time."""


def remind(notice: Notice, now: datetime | None = None) -> int:
    """Remind everyone of a notice who has not passed nor been reminded lately; how many."""
    at = now or timezone.now()
    with transaction.atomic():
        late = list(
            open_rows([notice.pk], at).select_related("person").select_for_update(of=("self",))
        )
        remind_by_mail(late, {notice.pk: notice})
        Recipient.objects.filter(pk__in=[one.pk for one in late]).update(
            reminders=F("reminders") + 1, reminded_at=at
        )
    return len(late)


def open_rows(notices: Sequence[int], at: datetime):  # type: ignore[no-untyped-def]
    """Rows of people who are still to pass, work here, and were not reminded lately."""
    lately = Q(reminded_at=None) | Q(reminded_at__lt=at - APART)
    excused = Q(excused_until=None) | Q(excused_until__lt=at)
    return Recipient.objects.filter(
        lately, excused, notice__in=notices, passed_at=None, person__is_active=True
    ).order_by("pk")


def remind_due(now: datetime | None = None) -> int:
    """Send the reminders whose time has come; how many people were reminded. A job."""
    at, reminded = now or timezone.now(), 0
    standing = {one.notice for one in in_force(at).values()}
    sent = Notice.objects.select_related("briefing__release").filter(
        Q(pk__in=standing)
        | Q(briefing__release__effective_at__gt=at, briefing__release__cancellation=None),
        state=Notice.State.SENT, binds_at__gt=at - timedelta(days=14),
    )  # fmt: skip
    for notice in sent:
        assert notice.binds_at is not None and notice.sent_at is not None
        steps = [notice.binds_at - before for before in (*BEFORE, timedelta(0))]
        due = [step for step in steps if notice.sent_at < step <= at]
        if due and (notice.nudged_at is None or notice.nudged_at < due[-1]):
            mine = Notice.objects.filter(pk=notice.pk, nudged_at=notice.nudged_at)
            if mine.update(nudged_at=at):  # another process may do the same just now
                reminded += remind(notice, at)
    return reminded
