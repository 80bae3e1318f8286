"""Whom a notice is for: a row each, made when it is sent or when someone comes to the queue."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.understanding.models import Notice, Recipient
from brightline.workbench.understanding.people import workers


def enrol(notice: Notice, founding: bool = False) -> list[Recipient]:
    """Make the rows that are missing; those made. `founding`: it is being sent just now."""
    known = set(notice.recipients.values_list("person", flat=True))
    new = [
        Recipient(
            notice=notice, person=one.person, founding=founding,
            fresh=notice.sent_at is not None and one.since > notice.sent_at,
        )
        for one in workers(notice.market, notice.queue)
        if one.person.pk not in known
    ]  # fmt: skip
    Recipient.objects.bulk_create(new, ignore_conflicts=True)
    return new


def recipient_of(notice: Notice, person: User) -> Recipient | None:
    """The person's row, made where it is missing; None where the notice is not for them."""
    known = notice.recipients.filter(person=person).first()
    if known is not None or notice.sent_at is None:
        return known
    mine = [w for w in workers(notice.market, notice.queue) if w.person.pk == person.pk]
    if not mine:
        return None
    try:
        with transaction.atomic():
            return Recipient.objects.create(
                notice=notice, person=person, fresh=mine[0].since > notice.sent_at
            )
    except IntegrityError:  # the same person in two windows
        return notice.recipients.get(person=person)


def earlier_open(recipient: Recipient) -> Iterable[Notice]:
    """Earlier notices of the same queue that the person was told of and has not passed.

    None for someone who came to the queue later: they learn what is in force, not its history.
    """
    if recipient.fresh:
        return []
    notice = recipient.notice
    return (
        Notice.objects.filter(
            market=notice.market, queue=notice.queue, state=Notice.State.SENT,
            recipients__person=recipient.person_id, recipients__passed_at=None,
            recipients__fresh=False,
            briefing__release__effective_at__lte=notice.release.effective_at,
        )
        .exclude(pk=notice.pk)
        .select_related("briefing__release", "briefing__previous")
    )  # fmt: skip
