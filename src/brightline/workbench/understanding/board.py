"""Who has read, passed, is late: by person, by team and by shift, each with its denominator."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from brightline.workbench.cases.naming import scope_words
from brightline.workbench.understanding.models import Attempt, Notice, Recipient
from brightline.workbench.understanding.people import workers
from brightline.workbench.understanding.shifts import shift_words, shifts_of

SHARE = 0.95
PASSED, EXCUSED, LATE, READ, UNREAD = "passed", "excused", "late", "read", "unread"


@dataclass(frozen=True)
class Row:
    """A person on the board. `last` is (right, asked) of the last quiz; None before the first."""

    recipient: Recipient
    name: str
    team: str
    shift: str
    status: str
    attempts: int
    last: tuple[int, int] | None


@dataclass(frozen=True)
class Group:
    """A team or a shift, of `people` how many."""

    words: str
    people: int
    read: int
    passed: int
    late: int


@dataclass(frozen=True)
class Measure:
    """How long it took until a share of those told had understood; None: not yet.

    `of` are those told when the notice was sent who work in the queue or have passed; `passed` of
    them have; `needed` make up the share. Being excused is not having understood.
    """

    of: int
    passed: int
    needed: int
    took: timedelta | None


def rows_of(notice: Notice, now: datetime | None = None) -> list[Row]:
    """Everyone on the board: who works in the queue now; the ones still to pass first."""
    at = now or timezone.now()
    here = {one.person.pk: one for one in workers(notice.market, notice.queue)}
    found = notice.recipients.filter(person__in=here).select_related("person", "excused_by")
    recipients = list(found.annotate(tries=Count("attempts", filter=~Q(attempts__ended_at=None))))
    shifts = shifts_of(list(here))
    last = {
        one.recipient_id: one
        for one in Attempt.objects.filter(recipient__notice=notice)
        .exclude(ended_at=None)
        .order_by("number")
    }
    rows = []
    for one in recipients:
        taken = last.get(one.pk)
        rows.append(
            Row(
                one, str(one.person), scope_words(*here[one.person_id].team),
                shift_words(shifts.get(one.person_id, "")), status_of(one, notice, at),
                one.tries, (sum(taken.marks), len(taken.marks)) if taken else None,
            )
        )  # fmt: skip
    order = [LATE, UNREAD, READ, EXCUSED, PASSED]
    return sorted(rows, key=lambda row: (order.index(row.status), row.name.casefold()))


def status_of(one: Recipient, notice: Notice, at: datetime) -> str:
    """How a person stands with a notice."""
    if one.passed_at is not None:
        return PASSED
    if one.excused_until is not None and one.excused_until > at:
        return EXCUSED
    if notice.binds_at is not None and notice.binds_at <= at:
        return LATE
    return READ if one.read_at is not None else UNREAD


def by_team(rows: Sequence[Row]) -> list[Group]:
    """The rows by team."""
    return _grouped(rows, lambda row: row.team)


def by_shift(rows: Sequence[Row]) -> list[Group]:
    """The rows by shift."""
    return _grouped(rows, lambda row: row.shift)


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> list[Group]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [group_of(words, mine) for words, mine in sorted(groups.items())]


def group_of(words: str, rows: Sequence[Row]) -> Group:
    """The counts of some rows."""
    return Group(
        words, len(rows), sum(row.recipient.read_at is not None for row in rows),
        sum(row.status == PASSED for row in rows), sum(row.status == LATE for row in rows),
    )  # fmt: skip


def measured(notice: Notice) -> Measure:
    """From the publication of the release to 95 % understood, of those told when it was sent."""
    return _measure([notice], notice.release.published_at)


def measured_release(notices: Sequence[Notice]) -> Measure | None:
    """The same over all queues: a person has understood when they passed all that is theirs."""
    sent = [one for one in notices if one.state == Notice.State.SENT]
    return _measure(sent, sent[0].release.published_at) if sent else None


def _measure(notices: Sequence[Notice], since: datetime) -> Measure:
    passes: dict[int, list[datetime | None]] = {}
    here = {(n.pk, one.person.pk) for n in notices for one in workers(n.market, n.queue)}
    rows = Recipient.objects.filter(notice__in=[n.pk for n in notices], founding=True)
    for row in rows:
        if row.passed_at is not None or (row.notice_id, row.person_id) in here:
            passes.setdefault(row.person_id, []).append(row.passed_at)
    done = sorted(
        max(at for at in mine if at is not None) for mine in passes.values() if None not in mine
    )
    needed = math.ceil(round(SHARE * len(passes), 9))
    reached = done[needed - 1] - since if passes and len(done) >= needed else None
    return Measure(len(passes), len(done), needed, reached)
