"""A file from outside into a draft: a workbook of ours, DMN, a folder as a zip, or any document."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils import timezone

from brightline.exchange.documents.blocks import Block
from brightline.exchange.documents.drafting import Doubt, drafted
from brightline.exchange.faults import Unreadable
from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.paths import LARGEST, folder_files
from brightline.workbench.drafts.workspace import workspace
from brightline.workbench.uploaded_rulebook import UnusableArchive, unpacked

MOST_BYTES = 32 << 20


class NotTaken(Exception):
    """The file could not be taken over; the message is for the person."""


@dataclass
class Taken:
    """What a file brings: texts by path, what was not understood (by path), remarks."""

    files: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    whole: bool = False
    """The files are a whole rulebook: what it does not have goes."""


def taken_from(
    upload: IO[bytes], name: str, draft: Draft, book: Rulebook, title: str, language: str
) -> Taken:
    """What an uploaded file brings into a draft. Raises `NotTaken`."""
    suffix = Path(name).suffix.lower()
    if suffix == ".zip":
        try:
            with unpacked(upload) as folder:
                return Taken(folder_files(folder), whole=True)
        except UnusableArchive as error:
            raise NotTaken(str(error)) from None
    if suffix not in (".xlsx", ".docx", ".dmn", ".xml", ".yaml"):
        raise NotTaken(_("Bring a file of these kinds: .xlsx, .docx, .dmn, .yaml, .zip."))
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotTaken(_("This file is too large."))
    with tempfile.TemporaryDirectory(prefix="brightline-") as made:
        path = Path(made) / f"file{suffix}"
        path.write_bytes(data)
        try:
            return _taken(path, suffix, draft, book, title or Path(name).stem, language)
        except Unreadable as error:
            said = "; ".join(problem.message for problem in error.problems[:5])
            raise NotTaken(_("This file could not be read: {reason}").format(reason=said)) from None


def _taken(
    path: Path, suffix: str, draft: Draft, book: Rulebook, title: str, language: str
) -> Taken:
    if suffix == ".yaml":
        return _yaml(path)
    if suffix == ".docx":
        from brightline.exchange.documents.docx import docx_blocks

        return _document(docx_blocks(path), book, title, language)
    from brightline.exchange.importing import imported

    space = workspace(draft)
    try:
        with space.lock:
            found = imported(path, book, space.folder)
    except Unreadable:
        if suffix != ".xlsx":
            raise
        from brightline.exchange.documents.sheets import sheet_blocks

        made = _document(sheet_blocks(path), book, title, language)
        made.notes.insert(
            0, _("This is no workbook that Brightline wrote: it was read as a table.")
        )
        return made
    said = _("{file}: comments that could not be kept: {comments}")
    lost = [
        said.format(file=change.name, comments="; ".join(change.lost))
        for change in found.changes
        if change.lost
    ]
    return Taken(dict(found.plan.files), notes=[*found.notes, *lost])


def _yaml(path: Path) -> Taken:
    from brightline.editing.pieces import data_of
    from brightline.editing.units import NotYaml

    try:
        text = path.read_text("utf-8")[:LARGEST]
        sop = data_of(text).get("sop")
    except (UnicodeDecodeError, NotYaml, AttributeError):
        sop = None
    if not isinstance(sop, str):
        raise NotTaken(_("This is not the file of an SOP: it has no line “sop: …”."))
    return Taken({f"sops/{sop}.yaml": text})


def _document(blocks: Sequence[Block], book: Rulebook, title: str, language: str) -> Taken:
    made = drafted(blocks, book, title, language, timezone.localdate())
    path = f"sops/{made.sop}.yaml"
    return Taken({path: made.text}, {path: made.doubts})
