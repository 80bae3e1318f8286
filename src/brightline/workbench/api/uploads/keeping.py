"""A file that was sent, kept in the installation's folder; refused where it is too much."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from brightline.i18n import _
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import Cases, format_of

MOST_ROWS = 2_000_000
MOST_UNPACKED = 4 << 30
"""Bytes that the columns of a Parquet file unpack to."""


def folder() -> Path:
    """Where files of cases lie."""
    path = Path(settings.HOME) / "uploads"
    path.mkdir(parents=True, exist_ok=True)
    return path


def kept(sent: UploadedFile[bytes]) -> tuple[Path, str]:
    """The file's path and its SHA-256. Raises `UnusableCases`; nothing is left then."""
    most = settings.UPLOAD_MEGABYTES << 20
    if (sent.size or 0) > most:
        raise _too_large()
    ending = Path(sent.name or "").suffix.lower()[:10]
    format_of(Path(f"{(sent.name or '')[-100:]}"))
    path = folder() / f"{secrets.token_hex(16)}{ending}"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("wb") as file:
            for piece in sent.chunks():
                size += len(piece)
                if size > most:
                    raise _too_large()
                digest.update(piece)
                file.write(piece)
        if not size:
            raise UnusableCases(_("the file is empty"))
        check(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, digest.hexdigest()


def check(path: Path) -> None:
    """Whether the file can be read at all, and is no bomb. Raises `UnusableCases`."""
    with Cases(path) as cases:
        if (cases.rows or 0) > MOST_ROWS:
            raise UnusableCases(
                _("the file has more than {n} rows").format(n=f"{MOST_ROWS:,}"), _("split it")
            )
        if cases.format == "parquet":
            import pyarrow.parquet as pq

            about = pq.ParquetFile(path).metadata
            groups = [about.row_group(at) for at in range(about.num_row_groups)]
            if sum(group.total_byte_size for group in groups) > MOST_UNPACKED:
                raise UnusableCases(_("the file unpacks to more than 4 GB"), _("split it"))


def _too_large() -> UnusableCases:
    return UnusableCases(
        _("the file has more than {n} MB").format(n=settings.UPLOAD_MEGABYTES), _("split it")
    )
