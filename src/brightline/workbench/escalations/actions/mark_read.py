"""The asker has read the answer."""

from __future__ import annotations

from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.escalations.models import Escalation


def mark_read(question_id: int, person: User) -> bool:
    """Take the unread mark off an answer to a person's own question; whether there was one."""
    return bool(
        Escalation.objects.filter(
            pk=question_id, asked_by=person, answered_at__isnull=False, read_at=None
        ).update(read_at=timezone.now())
    )
