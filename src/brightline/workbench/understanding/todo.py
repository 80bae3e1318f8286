"""What a person has still to read and pass, for their queues: in force, or coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from brightline.i18n import language
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.claiming import queues_of
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.understanding.current import standings
from brightline.workbench.understanding.models import Notice, Recipient


@dataclass(frozen=True, slots=True)
class Todo:
    """A notice that a person has not passed. `late`: its gate has closed on them."""

    notice: Notice
    title: str
    queue: str
    read: bool
    late: bool
    excused_until: datetime | None


def to_do(person: User, now: datetime | None = None) -> list[Todo]:
    """The notices that a person has still to pass, that whose gate closes first in front."""
    at = now or timezone.now()
    ids = _concerning(person, at)
    if not ids:
        return []
    rows = {r.notice_id: r for r in Recipient.objects.filter(notice__in=ids, person=person)}
    open_ = [pk for pk in ids if pk not in rows or rows[pk].passed_at is None]
    found = []
    for notice in Notice.objects.filter(pk__in=open_).select_related("briefing__release"):
        row = rows.get(notice.pk)
        assert notice.binds_at is not None
        until = row.excused_until if row and row.excused_until and row.excused_until > at else None
        found.append(
            Todo(
                notice, notice.title.get(language(), ""), queue_words(notice.market, notice.queue),
                bool(row and row.read_at), notice.binds_at <= at and until is None, until,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.notice.binds_at, one.notice.pk))


def _concerning(person: User, at: datetime) -> list[int]:
    """The notices sent to their queues: the newest of those in force, and all that are ahead."""
    mine, held, found = set(queues_of(person)), set(), []
    for one in standings():
        over = one.expires_at is not None and one.expires_at <= at
        if one.pair not in mine or one.pair in held or over:
            continue
        if one.effective_at <= at:
            held.add(one.pair)
        if one.sent:
            found.append(one.notice)
    return found
