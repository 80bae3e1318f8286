"""Let a person into a queue before they have passed, until a time and for a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.understanding.models import Recipient


class NotExcused(ValueError):
    """What cannot be allowed; says why, for a person."""


def excuse(recipient: Recipient, by: User, until: datetime, why: str) -> Recipient:
    """Let a person take cases until a time though they have not passed. Raises `NotExcused`.

    Nobody lets themselves in.
    """
    why = why.strip()
    if not why:
        raise NotExcused(_("Say why: it stands in the log."))
    if until <= timezone.now():
        raise NotExcused(_("The time lies in the past."))
    if recipient.person_id == by.pk:
        raise NotExcused(_("Nobody can let themselves in: ask someone else who may."))
    with transaction.atomic():
        before = recipient.excused_until
        recipient.excused_until, recipient.excused_by, recipient.excused_why = until, by, why
        recipient.save(update_fields=["excused_until", "excused_by", "excused_why"])
        notice = recipient.notice
        record(
            EventKind.GATE_LIFTED, by, ("notice", notice.pk),
            before={"until": before} if before else None,
            after={"person": recipient.person_id, "until": until, "market": notice.market,
                   "queue": notice.queue},
            why=why, rulebook=notice.release.sha,
        )  # fmt: skip
    return recipient
