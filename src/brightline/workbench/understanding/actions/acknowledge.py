"""A person says that they have read a notice. Where there is no quiz, that is all it takes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.understanding.actions.take_quiz import let_through
from brightline.workbench.understanding.models import Notice, Recipient


def acknowledge(recipient: Recipient) -> Recipient:
    """Note that the notice was read; once. Without a quiz the person has passed."""
    notice = recipient.notice
    if notice.state != Notice.State.SENT:
        return recipient
    with transaction.atomic():
        read = Recipient.objects.filter(pk=recipient.pk, read_at=None).update(
            read_at=timezone.now()
        )
        recipient.refresh_from_db()
        if not read:
            return recipient
        if not notice.quiz:
            let_through(recipient, Recipient.Way.READING)
        record(
            EventKind.READING_ACKNOWLEDGED, recipient.person, ("notice", notice.pk),
            after={"market": notice.market, "queue": notice.queue,
                   "number": notice.release.number}, rulebook=notice.release.sha,
        )  # fmt: skip
    return recipient
