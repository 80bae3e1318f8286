"""Take a revision back, whatever was changed since: only its own change goes."""

from __future__ import annotations

from django.db import transaction

from brightline.editing.threeway import merge
from brightline.workbench.accounts.models import User
from brightline.workbench.drafts.actions.save_file import Saved, locked, write
from brightline.workbench.drafts.models import How, Revision
from brightline.workbench.drafts.texts import text_of


class NothingToUndo(Exception):
    """There is no such revision, or what it changed has been changed again since."""


def undo(draft_id: int, by: User, number: int) -> Saved:
    """Undo one revision of a draft; an undo is a revision, and can be undone.

    Raises `NothingToUndo`, `DraftClosed`, `Draft.DoesNotExist`.
    """
    with transaction.atomic():
        draft = locked(draft_id)
        one = Revision.objects.filter(draft=draft, number=number).first()
        if one is None:
            raise NothingToUndo(number)
        now = text_of(draft.files.get(one.path, ""))
        merged = merge(text_of(one.after), text_of(one.before), now)
        if merged.clashes:
            raise NothingToUndo(number)
        made = write(draft, by, one.path, merged.text, How.UNDO, note=f"#{number}")
    return Saved(draft.revision, merged.text, False, made)
