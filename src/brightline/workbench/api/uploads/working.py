"""Read uploads into cases: taken with a lease, gone on with where a dead process left off."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from brightline import i18n
from brightline.i18n import _
from brightline.screening.errors import UnusableCases
from brightline.workbench.api.models import BadRow, Upload
from brightline.workbench.api.uploads.rows import Row, UploadReader
from brightline.workbench.cases.actions.receive import Incoming, Received
from brightline.workbench.cases.actions.receive_many import receive_many
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now

LEASE = timedelta(minutes=2)
AT_ONCE = 200
KEPT_DAYS = 30


def read_uploads() -> int:
    """Read one waiting upload to its end, or as far as it goes; 1 where there was one."""
    upload = _taken()
    if upload is None:
        return 0
    with i18n.use(upload.by.language):
        try:
            _read(upload)
        except UnusableCases as error:
            _ended(upload, Upload.Status.FAILED, str(error))
        except NoRulebook:
            said = _("no rulebook is in force in the market {market}")
            _ended(upload, Upload.Status.FAILED, said.format(market=upload.market))
        except _Lost:
            pass  # it was stopped, or another process has it
    return 1


class _Lost(Exception):
    """The lease is another's by now."""


def _taken() -> Upload | None:
    now = timezone.now()
    due = Upload.objects.filter(status=Upload.Status.WAITING).filter(
        Q(lease_until=None) | Q(lease_until__lt=now)
    )
    if not due.exists():
        return None
    with transaction.atomic():
        locked = due.order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            locked = locked.select_for_update(skip_locked=True, of=("self",))
        upload = locked.first()
        if upload is not None:
            upload.lease_until = now + LEASE
            upload.save(update_fields=["lease_until"])
    return upload


def _read(upload: Upload) -> None:
    rulebook = engine_of(release_now(upload.market).sha).rulebook
    mapping = upload.mapping
    reader = UploadReader(
        Path(upload.file), rulebook, upload.market, mapping["subject"], mapping["columns"]
    )
    for rows in reader.lots():
        left = [row for row in rows if row[0] > upload.done]
        for first in range(0, len(left), AT_ONCE):
            _take_in(upload, left[first : first + AT_ONCE], reader.share)
    _ended(upload, Upload.Status.DONE, "")


def _take_in(upload: Upload, rows: list[Row], share: float) -> None:
    """Rows and the note of how far it is, together: none is counted twice."""
    with transaction.atomic():
        good = [(row, row[3]) for row in rows if isinstance(row[3], Incoming)]
        bad = [(row, row[3]) for row in rows if isinstance(row[3], str)]
        found = receive_many(upload.market, [case for _row, case in good], upload.by)
        new = known = automatic = 0
        for (row, _case), one in zip(good, found, strict=True):
            if not isinstance(one, Received):
                bad.append((row, f"{one.message} {one.hint or ''}".strip()))
            elif one.new:
                new += 1
                automatic += bool(one.case.action)
            else:
                known += 1
        BadRow.objects.bulk_create(
            BadRow(upload=upload, row=row[0], line=row[1], reason=reason,
                   raw=row[2].replace("\x00", ""))
            for row, reason in bad
        )  # fmt: skip
        until, done = _later(upload.lease_until), rows[-1][0]
        moved = Upload.objects.filter(
            pk=upload.pk, status=Upload.Status.WAITING, lease_until=upload.lease_until
        ).update(
            done=done, share=share, lease_until=until, new=F("new") + new, known=F("known") + known,
            automatic=F("automatic") + automatic, bad=F("bad") + len(bad),
        )  # fmt: skip
        if not moved:
            raise _Lost
    upload.done, upload.lease_until = done, until


def _later(before: datetime | None) -> datetime:
    """A new end of the lease, never the same as before: it is what tells ours from another's."""
    until = timezone.now() + LEASE
    return until + timedelta(microseconds=1) if until == before else until


def _ended(upload: Upload, status: Upload.Status, error: str) -> None:
    Upload.objects.filter(
        pk=upload.pk, status=Upload.Status.WAITING, lease_until=upload.lease_until
    ).update(status=status, error=error, share=1.0, lease_until=None, done_at=timezone.now())


def forget_files() -> int:
    """Delete the files of uploads that ended, or were never begun, a month ago; how many."""
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    gone = 0
    for upload in Upload.objects.exclude(status=Upload.Status.WAITING).filter(at__lt=old):
        path = Path(upload.file)
        if path.exists():
            path.unlink()
            gone += 1
    return gone
