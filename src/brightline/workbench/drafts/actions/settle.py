"""Settle what two people wrote in the same place."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from brightline.editing.threeway import Path, chosen, merge
from brightline.workbench.accounts.models import User
from brightline.workbench.drafts.actions.save_file import locked, write
from brightline.workbench.drafts.models import How, Revision, Unmerged
from brightline.workbench.drafts.reading import text_at
from brightline.workbench.drafts.texts import text_of


class Moved(Exception):
    """The file changed again since the choice was shown."""


def settle(
    draft_id: int, unmerged_id: int, by: User, choices: Mapping[Path, str], theirs: str
) -> Revision | None:
    """Keep the text with what was chosen for each clash; `theirs` is the digest that was shown.

    Raises `Moved`, `DraftClosed`, `KeyError` where a choice is missing.
    """
    with transaction.atomic():
        draft = locked(draft_id)
        one = Unmerged.objects.select_for_update().get(pk=unmerged_id, draft=draft)
        if draft.files.get(one.path, "") != theirs:
            raise Moved(one.path)
        mine = text_of(one.mine)
        merged = merge(text_at(draft, one.path, one.based_on), mine, text_of(theirs))
        text = chosen(merged, dict(choices))
        made = write(draft, by, one.path, text, How.MERGE, mine=mine)
        one.settled_as, one.settled_at = made, timezone.now()
        one.save(update_fields=["settled_as", "settled_at"])
    return made
