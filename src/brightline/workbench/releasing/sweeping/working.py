"""The job that carries sweeps on: taken with a lease, gone on with where a dead one left off."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from brightline import i18n
from brightline.i18n import _
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.releasing.sweeping.acting import act_on
from brightline.workbench.releasing.sweeping.looking import candidates, look
from brightline.workbench.rulebooks.in_force import NoRulebook, release_now

LEASE = timedelta(minutes=2)
AT_ONCE, ACTS_AT_ONCE = 200, 25
Status = Sweep.Status


def work_sweeps() -> int:
    """Carry one sweep on to its next stop, or as far as it goes; 1 where there was one."""
    sweep = _taken()
    if sweep is None:
        return 0
    with i18n.use(sweep.by.language):
        try:
            while _step(sweep):
                pass
        except _Lost:
            pass  # it was stopped, or another process has it
    return 1


class _Lost(Exception):
    """The lease is another's by now."""


def _taken() -> Sweep | None:
    now = timezone.now()
    due = Sweep.objects.filter(status__in=(Status.LOOKING, Status.ACTING)).filter(
        Q(lease_until=None) | Q(lease_until__lt=now)
    )
    if not due.exists():
        return None
    with transaction.atomic():
        locked = due.order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            locked = locked.select_for_update(skip_locked=True, of=("self",))
        sweep = locked.select_related("release", "by").first()
        if sweep is not None:
            sweep.lease_until = now + LEASE
            sweep.save(update_fields=["lease_until"])
    return sweep


def _step(sweep: Sweep) -> bool:
    """A little of it; whether there is more."""
    return _look_on(sweep) if sweep.status == Status.LOOKING else _act_on(sweep)


def _look_on(sweep: Sweep) -> bool:
    batch = list(
        candidates(sweep).filter(pk__gt=sweep.done).order_by("pk")
        .prefetch_related("tasks")[:AT_ONCE]
    )  # fmt: skip
    if not batch:
        _moved(sweep, status=Status.READY, lease_until=None, done_at=timezone.now())
        return False
    counts, differ = look(sweep, batch)
    with transaction.atomic():
        whole = Counter(sweep.counts)
        whole.update(counts)
        SweptCase.objects.bulk_create(differ, batch_size=500, ignore_conflicts=True)
        _moved(sweep, done=batch[-1].pk, counts=dict(whole), lease_until=_later(sweep.lease_until))
    return True


def _act_on(sweep: Sweep) -> bool:
    try:
        current = release_now(sweep.release.market)
    except NoRulebook:
        current = None
    if current is None or current.sha != sweep.release.sha:
        said = _("Another release has come into force: what is left was not carried out.")
        _moved(sweep, status=Status.STOPPED, error=said, lease_until=None,
               done_at=timezone.now())  # fmt: skip
        return False
    left = list(
        sweep.cases.filter(state=SweptCase.State.FOUND).order_by("pk")
        .values_list("pk", flat=True)[:ACTS_AT_ONCE]
    )  # fmt: skip
    if not left:
        with transaction.atomic():
            _moved(sweep, status=Status.DONE, lease_until=None, done_at=timezone.now())
            record(
                EventKind.SWEEP_DONE, sweep.by, ("sweep", sweep.pk),
                after={"number": sweep.release.number, "market": sweep.release.market,
                       **states_of(sweep)},
                rulebook=sweep.release.sha,
            )  # fmt: skip
        return False
    for pk in left:
        act_on(pk, sweep)
    _moved(sweep, lease_until=_later(sweep.lease_until))
    return True


def states_of(sweep: Sweep) -> dict[str, int]:
    """How many of the cases that differ became what."""
    return dict(Counter(sweep.cases.values_list("state", flat=True)))


def _moved(sweep: Sweep, **fields: object) -> None:
    """Writes how far it is, while the lease is ours. Raises `_Lost`."""
    moved = Sweep.objects.filter(
        pk=sweep.pk, status=sweep.status, lease_until=sweep.lease_until
    ).update(**fields)
    if not moved:
        raise _Lost
    for name, value in fields.items():
        setattr(sweep, name, value)


def _later(before: datetime | None) -> datetime:
    """A new end of the lease, never the same as before: it is what tells ours from another's."""
    until = timezone.now() + LEASE
    return until + timedelta(microseconds=1) if until == before else until
