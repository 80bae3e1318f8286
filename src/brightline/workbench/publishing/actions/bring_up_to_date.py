"""Bring a draft onto the release in force: what others changed meanwhile comes in."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.editing.threeway import merge
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.drafts.actions.save_file import locked, write
from brightline.workbench.drafts.models import Draft, How, Unmerged
from brightline.workbench.drafts.sources import digests_of
from brightline.workbench.drafts.texts import text_of
from brightline.workbench.rulebooks.in_force import release_now


def bring_up_to_date(draft_id: int, by: User) -> list[str]:
    """Bring a draft and what is in force together, by clause; the files in which someone must
    choose. There the text in force stands for now, and what the draft said is kept beside it.

    Raises `NoRulebook`, `DraftClosed` and `Draft.DoesNotExist`.
    """
    with transaction.atomic():
        draft = locked(draft_id)
        current = release_now(draft.market)
        if current.sha == draft.base.sha:
            return []
        theirs = digests_of(current)
        clashes = _merged(draft, by, theirs)
        before, draft.base, draft.base_files = draft.base.number, current, theirs
        draft.save(update_fields=["base", "base_files"])
        record(
            EventKind.DRAFT_EDITED, by, ("draft", draft.pk), before={"number": before},
            after={"market": draft.market, "number": current.number,
                   "revision": draft.revision},
            rulebook=current.sha,
        )  # fmt: skip
    return clashes


def _merged(draft: Draft, by: User, theirs: dict[str, str]) -> list[str]:
    base, clashes = dict(draft.base_files), []
    note = f"release {draft.base.number} →"
    for path in sorted({*base, *theirs, *draft.files}):
        was, mine, now = base.get(path, ""), draft.files.get(path, ""), theirs.get(path, "")
        if now in (was, mine):
            continue  # only the draft changed it, or both to the same
        if mine == was:
            write(draft, by, path, text_of(now), How.MERGE, note)
            continue
        merged = merge(text_of(was), text_of(mine), text_of(now))
        if not merged.clean:
            write(draft, by, path, text_of(was), How.MERGE, note)  # what both began from
            began = draft.revision
            Unmerged.objects.create(
                draft=draft, path=path, by=by, based_on=began, mine=mine, at=timezone.now()
            )
            clashes.append(path)
        write(draft, by, path, merged.text, How.MERGE, note)
    return clashes
