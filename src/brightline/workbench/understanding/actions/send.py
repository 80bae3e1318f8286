"""Send notices: in the app, by mail, to hooks (by their event) and to group chats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.rulebooks.models import Cancellation
from brightline.workbench.understanding.chats import post_to_channels
from brightline.workbench.understanding.current import forget
from brightline.workbench.understanding.links import link
from brightline.workbench.understanding.mails import tell_by_mail
from brightline.workbench.understanding.models import Notice, Recipient
from brightline.workbench.understanding.recipients import enrol


class NotToSend(ValueError):
    """A notice that cannot be sent; says why, for a person."""


def send(
    notices: Sequence[Notice], by: User, binds_at: datetime, now: datetime | None = None
) -> list[Recipient]:
    """Send drafts of one release together: a person gets one mail for all of theirs.

    `binds_at` is when the gate closes for who has not passed: never before the rules are in force.
    Raises `NotToSend`.
    """
    at = now or timezone.now()
    told: list[Recipient] = []
    with transaction.atomic():
        rows = list(
            Notice.objects.select_for_update(of=("self",))
            .select_related("briefing__release")
            .filter(pk__in=[one.pk for one in notices])
        )
        for notice in rows:
            _check(notice, binds_at)
            notice.state, notice.sent_at, notice.sent_by = Notice.State.SENT, at, by
            notice.binds_at = binds_at
            notice.save()
            told += enrol(notice, founding=True)
        tell_by_mail(told, {one.pk: one for one in rows})
        post_to_channels(rows)
        for notice in rows:
            record(
                EventKind.NOTICE_SENT, by, ("notice", notice.pk),
                after={
                    "market": notice.market, "queue": notice.queue, "title": notice.title,
                    "number": notice.release.number, "binds_at": binds_at, "link": link(notice),
                    "recipients": sum(one.notice_id == notice.pk for one in told),
                },
                rulebook=notice.release.sha,
            )  # fmt: skip
    forget()
    return told


def _check(notice: Notice, binds_at: datetime) -> None:
    if notice.state != Notice.State.DRAFT:
        raise NotToSend(_("It was sent already."))
    if Cancellation.objects.filter(release=notice.release).exists():
        raise NotToSend(_("Its release was called off."))
    if binds_at < notice.release.effective_at:
        raise NotToSend(_("The gate cannot close before the rules are in force."))
    for lang in ("vi", "en"):
        if not notice.title.get(lang, "").strip() or not notice.body.get(lang, "").strip():
            raise NotToSend(_("The text is missing in one of the languages."))
