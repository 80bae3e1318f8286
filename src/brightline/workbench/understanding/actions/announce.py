"""Announce something to people: in the app, by mail, to hooks (by its event) and group chats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.announced import forget
from brightline.workbench.understanding.chats import post_announcement
from brightline.workbench.understanding.mails import announce_by_mail
from brightline.workbench.understanding.models import Announcement, Told

Texts = Mapping[str, str]


def announce(
    about: Announcement.About,
    key: str,
    people: Iterable[User],
    *,
    market: str,
    title: Texts,
    body: Texts,
    at: datetime,
    queue: str = "",
    channels: Iterable[str] = (),
    binds: bool = False,
    witnesses: list[dict[str, Any]] | None = None,
    old: Release | None = None,
    new: Release | None = None,
    by: User | None = None,
) -> Announcement:
    """Tell people once: a key that was announced before is left as it is.

    `channels` are the queues whose group chats are told; `binds`: from `at` on, who has not read
    it gets no tasks of the queue.
    """
    with transaction.atomic():
        made, fresh = Announcement.objects.get_or_create(
            key=key,
            defaults={
                "about": about, "market": market, "queue": queue, "title": dict(title),
                "body": dict(body), "witnesses": witnesses or [], "old": old, "new": new,
                "at": at, "binds_at": at if binds else None, "sent_at": timezone.now(),
                "sent_by": by,
            },
        )  # fmt: skip
        if not fresh:
            return made
        told = tell(made, people, binds)
        post_announcement(made, channels)
        record(
            EventKind.NOTICE_ANNOUNCED, by, ("announcement", made.pk),
            after={"market": market, "queue": queue, "about": str(about), "title": dict(title),
                   "at": at, "recipients": len(told)},
            rulebook=new.sha if new is not None else "",
        )  # fmt: skip
    forget()
    return made


def tell(announcement: Announcement, people: Iterable[User], works: bool) -> list[Told]:
    """Tell those who were not told yet, with a mail each; those told now."""
    known = set(announcement.told.values_list("person", flat=True))
    rows = [
        Told(announcement=announcement, person=one, works=works)
        for one in {person.pk: person for person in people}.values()
        if one.pk not in known and one.is_active
    ]
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    announce_by_mail(announcement, [row.person for row in rows])
    return rows


def read_it(announcement: Announcement, person: User) -> None:
    """The person has read it; said again, the first time stands."""
    with transaction.atomic():
        mine = Told.objects.select_for_update().filter(announcement=announcement, person=person)
        one = mine.first()
        if one is None or one.read_at is not None:
            return
        one.read_at = timezone.now()
        one.save(update_fields=["read_at"])
        record(
            EventKind.READING_ACKNOWLEDGED, person, ("announcement", announcement.pk),
            after={"market": announcement.market, "queue": announcement.queue},
        )  # fmt: skip


def withdraw(announcement: Announcement) -> None:
    """It will not happen after all: nobody has to read it, and those told hear so."""
    with transaction.atomic():
        now = timezone.now()
        if not Announcement.objects.filter(pk=announcement.pk, withdrawn_at=None).update(
            withdrawn_at=now
        ):
            return
        announcement.withdrawn_at = now
        announce_by_mail(announcement, [one.person for one in announcement.told.all()])
        record(
            EventKind.NOTICE_WITHDRAWN, None, ("announcement", announcement.pk),
            after={"market": announcement.market, "queue": announcement.queue},
        )  # fmt: skip
    forget()
