"""One draft at a glance: the files that changed, what is found, people's last changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from brightline.i18n import language
from brightline.rulebook.problems import Problem
from brightline.rulebook.telling_words import in_language
from brightline.workbench.desk.models import Request
from brightline.workbench.drafts.form.facts import mapping, readable
from brightline.workbench.drafts.form.late import behind_in
from brightline.workbench.drafts.form.showing import heading_of
from brightline.workbench.drafts.models import Comment, Draft, Revision, Unmerged
from brightline.workbench.drafts.paths import sop_of
from brightline.workbench.drafts.reading import findings_of
from brightline.workbench.drafts.texts import texts_of


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file: its title, whether it changed, how many problems it has."""

    path: str
    title: str
    changed: str
    errors: int
    warnings: int


@dataclass(frozen=True)
class Overview:
    """What the page of a draft shows."""

    files: tuple[FileShown, ...]
    problems: tuple[Problem, ...]
    sha: str
    requests: tuple[Request, ...]
    revisions: tuple[Revision, ...]
    unmerged: tuple[Unmerged, ...]
    reviews: int
    reviewed: int
    open_comments: int
    late: int
    """Texts of which one language was left behind."""

    @property
    def changed(self) -> list[FileShown]:
        """The files that differ from the release the draft began from."""
        return [one for one in self.files if one.changed]


def overview_of(draft: Draft, on: date) -> Overview:
    """The draft at a glance, in the language in force."""
    found = findings_of(draft, on)
    errors = any(one.severity == "error" for one in found.problems)
    return Overview(
        tuple(_files(draft, found.problems)),
        found.problems,
        "" if errors or not found.rulebook else found.rulebook.sha,
        tuple(draft.requests.all()),
        tuple(draft.revisions.select_related("by")[:8]),
        tuple(draft.unmerged.filter(settled_as=None, settled_at=None).select_related("by")),
        draft.reviews.count(),
        draft.reviews.exclude(done_at=None).count(),
        draft.comments.filter(state=Comment.State.OPEN, answers=None).count(),
        sum(map(len, behind_in(draft).values())),
    )


def _files(draft: Draft, problems: tuple[Problem, ...]) -> Iterator[FileShown]:
    texts = texts_of({path: digest for path, digest in draft.files.items() if sop_of(path)})
    for path in sorted({*draft.files, *draft.base_files}):
        now, was = draft.files.get(path), draft.base_files.get(path)
        changed = "" if now == was else "new" if not was else "gone" if not now else "changed"
        own = [one for one in problems if one.path.partition(":")[0] == path]
        errors = sum(one.severity == "error" for one in own)
        yield FileShown(
            path, title_of(texts.get(path, ""), path), changed, errors, len(own) - errors
        )


def title_of(text: str, path: str) -> str:
    """What a file is called, in the language in force; its path where it has no title."""
    if heading := heading_of(path):
        return heading
    title = mapping((readable(text) or {}).get("title")) if text else {}
    return in_language({k: str(v) for k, v in title.items()}, language(), sop_of(path) or path)
