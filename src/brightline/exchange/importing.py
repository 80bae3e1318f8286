"""A file of another tool to the files of a rulebook: which format it is, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from brightline.exchange.faults import DMN_FILE, Faults
from brightline.exchange.planning import Change, Plan, plan
from brightline.i18n import _
from brightline.rulebook.model import Rulebook


@dataclass
class Imported:
    """What was read: whole SOPs or drafts to complete, the files to write, remarks."""

    kind: Literal["rulebook", "drafts"]
    plan: Plan
    notes: list[str] = field(default_factory=list)
    rulebook: Rulebook | None = None

    @property
    def changes(self) -> Sequence[Change]:
        """What becomes of each file."""
        return self.plan.changes


def imported(path: Path, base: Rulebook | None, folder: Path | None) -> Imported:
    """Reads a file by what it holds. Raises `faults.Unreadable`, or `OSError`."""
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"PK" or start == b"\xd0\xcf\x11\xe0" or path.suffix.lower() == ".xlsx":
        from brightline.exchange.xlsx.reading import from_xlsx

        read = from_xlsx(path)
        return Imported(
            "rulebook", plan(read.rulebook, base, folder), list(read.notes), read.rulebook
        )
    return _dmn(path, base, folder)


def _dmn(path: Path, base: Rulebook | None, folder: Path | None) -> Imported:
    from brightline.exchange.dmn.drafting import drafts_of
    from brightline.exchange.dmn.own import from_own, is_ours
    from brightline.exchange.dmn.xml_tree import read_tree

    root = read_tree(path)
    if root.name != "definitions":
        faults = Faults(str(path))
        faults.line(DMN_FILE, root.line, _("this is neither DMN nor a workbook (.xlsx)"))
        faults.stop_if_any()
    if is_ours(root):
        book = from_own(root, path)
        return Imported("rulebook", plan(book, base, folder), [], book)
    drafts = drafts_of(root, path, base)
    made = Plan()
    for name, text in drafts.files.items():
        made.add(name, text, "new")
    return Imported("drafts", made, drafts.notes)
