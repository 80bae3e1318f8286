"""What the console says of a folder that is watched."""

from __future__ import annotations

import sys

from brightline.i18n import _
from brightline.workbench.publishing.models import WatchedFolder
from brightline.workbench.publishing.watching import Looked
from brightline.workbench.rulebooks.times import said_at

SHOWN = 10


def lines(looked: Looked) -> list[str]:
    """The lines for a look at the folder; none where nothing changed."""
    folder, release = looked.folder, looked.release
    if release is not None:
        said = _("{path}: release {n} of market {market} is in force, from {moment} · {sha}")
        found = said.format(
            path=folder.path, n=release.number, market=release.market,
            moment=said_at(release.effective_at), sha=release.sha[:12],
        )  # fmt: skip
        return [found]
    if folder.state == WatchedFolder.State.FINE:
        return [_("{path}: it is what is in force.").format(path=folder.path)]
    told = [f"{folder.path}: {folder.said}"]
    for one in folder.problems[:SHOWN]:
        place = f"{one['file']}:{one['line']}:{one['column']}" if one["line"] else one["file"]
        told.append(f"  {place}: {one['code']}: {one['message']}")
    more = len(folder.problems) - SHOWN
    if more > 0:
        told.append("  " + _("… and {n} more").format(n=more))
    return told


def tell(looked: Looked) -> None:
    """Say it on the console."""
    for line in lines(looked):
        print(line, file=sys.stderr, flush=True)
