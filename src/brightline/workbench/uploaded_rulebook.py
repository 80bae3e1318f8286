"""A rulebook uploaded as a zip, unpacked where nothing in it can do harm."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from brightline.i18n import _

MOST_FILES, MOST_BYTES = 2_000, 60 * 1024 * 1024
_KINDS = {".yaml", ".yml", ".csv", ".jsonl", ".md", ".txt"}


class UnusableArchive(Exception):
    """The upload is no zip of a rulebook; the message is for the person."""


@contextmanager
def unpacked(upload: IO[bytes]) -> Iterator[Path]:
    """The folder that holds rulebook.yaml, for as long as the context lasts.

    Only files of a rulebook's kinds are unpacked, under their plain names; links never. Raises
    `UnusableArchive`.
    """
    with tempfile.TemporaryDirectory(prefix="brightline-") as made:
        root = Path(made)
        try:
            with zipfile.ZipFile(upload) as archive:
                _unpack(archive, root)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
            raise UnusableArchive(_("This is not a zip file that can be opened.")) from None
        found = sorted(root.rglob("rulebook.yaml"), key=lambda path: len(path.parts))
        if not found:
            raise UnusableArchive(
                _("There is no rulebook.yaml in it. Zip the whole folder of the rulebook.")
            )
        yield found[0].parent


def _unpack(archive: zipfile.ZipFile, root: Path) -> None:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES:
        raise UnusableArchive(_("It holds too many files to be a rulebook."))
    left = MOST_BYTES
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
        link = entry.external_attr >> 16 & 0o170000 == 0o120000
        if name.suffix.lower() not in _KINDS or name.is_absolute() or hidden or link:
            continue  # `..` is hidden too
        target = root.joinpath(*name.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, target.open("wb") as file:
            while chunk := source.read(1 << 16):
                left -= len(chunk)
                if left < 0:  # counted as it comes: what the archive says of itself may be false
                    raise UnusableArchive(_("It is too large to be a rulebook."))
                file.write(chunk)
