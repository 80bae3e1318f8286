"""The folder of a release, letter by letter as it was published: as files, or as a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from brightline.workbench.drafts.sources import files_of_release
from brightline.workbench.rulebooks.models import ReferenceTable, Release

_DAY_ZERO = (1980, 1, 1, 0, 0, 0)


def files_as_bytes(release: Release) -> dict[str, bytes]:
    """Name → bytes of every file of a release, and the tables that its market's signals read."""
    found = {name: text.encode() for name, text in files_of_release(release).items()}
    for table in ReferenceTable.objects.filter(market=release.market).order_by("name", "day"):
        found[f"tables/{table.name}.{table.day.isoformat()}.csv"] = bytes(table.data)
    return dict(sorted(found.items()))


def as_zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """A zip of the folder; the same files make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", _DAY_ZERO), data,
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return made.getvalue()


def write_folder(files: Mapping[str, bytes], folder: Path) -> int:
    """Write the files into a folder, which is made where it is missing; how many. Raises
    `OSError`."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(files)
