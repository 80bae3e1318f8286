"""A folder of a team that keeps its rulebook in git: published when it changed and checks clean.

One that does not check clean changes nothing: what is in force stays, and both the console and the
page of releases say why. Nor does the folder undo what others have put in force meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.workbench.drafts.actions.publish_folder import publish_folder
from brightline.workbench.publishing.models import WatchedFolder
from brightline.workbench.publishing.pushing import within
from brightline.workbench.rulebooks.actions.publish import Terms
from brightline.workbench.rulebooks.folders import checked
from brightline.workbench.rulebooks.in_force import NoRulebook, release_at
from brightline.workbench.rulebooks.models import Release, Way
from brightline.workbench.rulebooks.scheduling import CannotRelease

VARIABLE = "BRIGHTLINE_WATCH"
"""Names the folder to the process of jobs."""
MOST_KEPT = 50
State = WatchedFolder.State


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a look at the folder: the release it put in force, if it did."""

    folder: WatchedFolder
    release: Release | None = None


class Watch:
    """Looks at a folder again and again; what has not changed, or is still being written, waits."""

    def __init__(self, folder: Path, tell: Callable[[Looked], None]) -> None:
        self.folder, self._tell = folder, tell
        self._seen: frozenset[tuple[str, int, int]] | None = None
        self._done: frozenset[tuple[str, int, int]] | None = None

    def step(self) -> bool:
        """One look; whether the folder was taken up."""
        now = _stamp(self.folder)
        quiet, self._seen = now == self._seen, now
        if not quiet or now == self._done:
            return False
        self._done = now
        self._tell(look_at(self.folder))
        return True


def look_at(folder: Path) -> Looked:
    """Check a folder, publish it if it is to be, and keep how it stands."""
    known = WatchedFolder.objects.filter(path=str(folder)).first()
    kept = known or WatchedFolder(path=str(folder))
    kept.checked_at = timezone.now()
    found = checked(folder, date.today())
    release = None
    if found.rulebook is None:
        _broken(kept, within(folder, found.errors))
    else:
        release = _published(kept, folder, found.rulebook)
    kept.save()
    return Looked(kept, release)


def _published(kept: WatchedFolder, folder: Path, book: Rulebook) -> Release | None:
    kept.market, kept.problems, kept.said = book.market, [], ""
    current = _in_force(book.market)
    mine = kept.published
    if current == book.sha:
        kept.state, kept.seen, kept.published = State.FINE, book.sha, book.sha
        return None
    unchanged = kept.seen == book.sha
    kept.seen = book.sha
    if mine and current != mine:
        _others(kept, book.market)
        return None
    if unchanged and kept.state == State.FINE and mine:
        return None
    try:
        release = publish_folder(
            book, folder, None,
            terms=Terms(way=Way.FOLDER, came_from=came_from(folder), seen=current if mine else None,
                        note=_("From the folder {name}").format(name=folder.name)),
        )  # fmt: skip
    except CannotRelease as error:
        kept.state, kept.said = State.OTHERS, str(error)
        return None
    kept.state, kept.published = State.FINE, book.sha
    return release


def _others(kept: WatchedFolder, market: str) -> None:
    now = release_at(market, timezone.now())
    kept.state = State.OTHERS
    kept.said = _(
        "Release {n} ({way}) came from elsewhere. The folder would undo it, and is not published. "
        "Take it into the folder first: brightline admin export-release --market {market}"
    ).format(n=now.number, way=now.way_words, market=market)


def _broken(kept: WatchedFolder, problems: tuple[Problem, ...]) -> None:
    kept.state, kept.seen = State.BROKEN, ""
    kept.problems = [one.as_dict() for one in problems[:MOST_KEPT]]
    kept.said = _("The folder does not check clean: what is in force stays.")


def _in_force(market: str) -> str:
    try:
        return release_at(market, timezone.now()).sha
    except NoRulebook:
        return ""


def came_from(folder: Path) -> str:
    """The folder's name and the commit that is checked out there, if it lies in git."""
    for parent in (folder, *folder.parents):
        commit = _commit(parent / ".git")
        if commit:
            return f"{folder.name} @ {commit[:12]}"
    return folder.name


def _commit(git: Path) -> str:
    """What HEAD names; empty where this is no git folder. Nothing is run."""
    try:
        if git.is_file():  # a worktree
            git = Path(git.read_text("utf-8").partition("gitdir:")[2].strip())
        head = (git / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref:"):
            return head
        ref = head[4:].strip()
        shared = git / "commondir"
        roots = [git, (git / shared.read_text("utf-8").strip())] if shared.exists() else [git]
        for root in roots:
            if (root / ref).is_file():
                return (root / ref).read_text("utf-8").strip()
            packed = root / "packed-refs"
            if packed.is_file():
                for line in packed.read_text("utf-8").splitlines():
                    if line.endswith(f" {ref}"):
                        return line.split(" ")[0]
    except (OSError, UnicodeDecodeError):
        pass
    return ""


_KINDS = {".yaml", ".yml", ".csv", ".jsonl", ".md"}


def _stamp(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What a change of the folder changes: names, times, sizes of its files."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        for path in (Path(root) / name for name in names):
            if path.suffix.lower() in _KINDS:
                try:
                    stat = path.stat()
                except OSError:
                    continue  # it went in between
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)
