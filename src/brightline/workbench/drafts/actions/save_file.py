"""Save the new text of a file of a draft, together with what others changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from brightline.editing.threeway import Clash, merge
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.drafts.models import Draft, DraftState, How, Revision, Unmerged
from brightline.workbench.drafts.paths import checked, clean
from brightline.workbench.drafts.reading import text_at
from brightline.workbench.drafts.texts import keep, text_of

SITTING = timedelta(minutes=10)
"""Changes of one file by one person, none further apart than this, are one event in the log."""


class DraftClosed(Exception):
    """The draft is released or dropped: it does not change any more."""


class Conflict(Exception):
    """Another changed the same piece meanwhile. The person's text is kept as `unmerged`."""

    def __init__(self, unmerged: Unmerged, clashes: tuple[Clash, ...], theirs: str) -> None:
        super().__init__(unmerged.path)
        self.unmerged, self.clashes, self.theirs = unmerged, clashes, theirs


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept: the draft's revision, the file's text then, whether it holds more than what
    the person wrote, and the revision itself (None where nothing changed)."""

    revision: int
    text: str
    merged: bool
    made: Revision | None


def save_file(
    draft_id: int,
    by: User,
    path: str,
    text: str | None,
    based_on: int,
    how: How = How.TEXT,
    note: str = "",
    instead: int | None = None,
) -> Saved:
    """Keep a file's new text (None: the file goes), which was begun from revision `based_on`.

    Who types on in a text that did not go together with another's names the version that was kept
    of it, `instead` of which this one is kept.

    Raises `Conflict` where another changed the same piece, `DraftClosed`, `NoSuchFile`,
    `ValueError` for a text that cannot be kept, and `Draft.DoesNotExist`.
    """
    checked(path)
    conflict: Conflict | None = None
    with transaction.atomic():
        draft = locked(draft_id)
        now_text = text_of(draft.files.get(path, ""))
        wanted = "" if text is None else clean(text, now_text)
        base = text_at(draft, path, min(based_on, draft.revision))
        merged = merge(base, wanted, now_text)
        if merged.clashes:
            unmerged = _kept_apart(draft, by, path, wanted, based_on, instead)
            conflict = Conflict(unmerged, merged.clashes, now_text)
        else:
            more = merged.text != wanted
            made = write(
                draft, by, path, merged.text, How.MERGE if more and wanted != base else how, note,
                mine=wanted if more else None,
            )  # fmt: skip
    if conflict is not None:
        raise conflict
    return Saved(draft.revision, merged.text, more, made)


def _kept_apart(
    draft: Draft, by: User, path: str, wanted: str, based_on: int, instead: int | None
) -> Unmerged:
    """The person's version, beside the file; in place of the one before it of the same text."""
    mine, now = keep([wanted])[0], timezone.now()
    if instead is not None:
        earlier = Unmerged.objects.filter(
            pk=instead, draft=draft, path=path, by=by, based_on=based_on, settled_at=None
        )
        if earlier.update(mine=mine, at=now):
            return earlier.get()
    return Unmerged.objects.create(
        draft=draft, path=path, by=by, based_on=based_on, mine=mine, at=now
    )


def locked(draft_id: int) -> Draft:
    """The draft, held until the commit. Raises `DraftClosed` where it cannot change any more."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if not draft.open:
        raise DraftClosed(draft)
    return draft


def write(
    draft: Draft, by: User, path: str, text: str, how: How, note: str = "", mine: str | None = None
) -> Revision | None:
    """Write the next revision of a locked draft; None where the text is as it was.

    An empty text takes the file away.
    """
    before = draft.files.get(path, "")
    after = keep([text])[0] if text else ""
    if after == before:
        return None
    now = timezone.now()
    fresh = _new_sitting(draft, by, path, now)
    draft.revision += 1
    draft.files = {**draft.files, path: after}
    if not after:
        del draft.files[path]
    draft.changed_at = now
    if draft.state == DraftState.APPROVING:
        draft.state = DraftState.CONSULTING  # what was handed in for approval is another text now
    draft.save(update_fields=["revision", "files", "changed_at", "state"])
    made = Revision.objects.create(
        draft=draft, number=draft.revision, path=path, before=before, after=after, how=how, by=by,
        note=note[:300], at=now, mine=keep([mine])[0] if mine else "",
    )  # fmt: skip
    if fresh:
        record(
            EventKind.DRAFT_EDITED, by, ("draft", draft.pk),
            after={"market": draft.market, "path": path, "revision": draft.revision},
        )  # fmt: skip
    return made


def _new_sitting(draft: Draft, by: User, path: str, now: datetime) -> bool:
    last = Revision.objects.filter(draft=draft, path=path, by=by).first()
    return last is None or now - last.at > SITTING
