"""Take a file of cases in: kept and looked at, begun, stopped."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.api.models import Upload
from brightline.workbench.api.uploads.keeping import kept
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record


def keep_upload(sent: UploadedFile[bytes], market: str, subject: str, by: User) -> Upload:
    """Keep a file; nothing of it is read in yet. Raises `UnusableCases`."""
    path, digest = kept(sent)
    return Upload.objects.create(
        name=(sent.name or "?").replace("\x00", "")[-200:], file=str(path),
        size=path.stat().st_size, digest=digest, market=market, by=by,
        mapping={"subject": subject, "columns": {}},
    )  # fmt: skip


def begin_upload(upload: Upload, columns: Mapping[str, str], by: User) -> bool:
    """Give a file to the job that reads it. False where that was done already."""
    with transaction.atomic():
        mapping = {**upload.mapping, "columns": dict(columns)}
        begun = Upload.objects.filter(pk=upload.pk, status=Upload.Status.DRAFT).update(
            status=Upload.Status.WAITING, mapping=mapping
        )
        if begun:
            record(
                EventKind.FILE_UPLOADED, by, ("upload", upload.pk),
                after={"name": upload.name, "sha256": upload.digest, "size": upload.size,
                       "market": upload.market},
            )  # fmt: skip
    return bool(begun)


def stop_upload(upload: Upload) -> None:
    """Read no further; what is in stays in."""
    Upload.objects.filter(
        pk=upload.pk, status__in=(Upload.Status.DRAFT, Upload.Status.WAITING)
    ).update(status=Upload.Status.STOPPED, lease_until=None, done_at=timezone.now())
