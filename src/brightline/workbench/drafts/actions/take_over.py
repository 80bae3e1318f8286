"""Take files over into a draft, each as a revision: an import, or a new SOP."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.drafts.actions.save_file import locked, write
from brightline.workbench.drafts.models import How, Revision
from brightline.workbench.drafts.paths import checked, clean


def take_over(
    draft_id: int, by: User, files: Mapping[str, str], note: str, whole: bool = False
) -> list[Revision]:
    """Write the files that differ; all of them or none. `whole`: others go.

    What stood there before is in the history. Raises `DraftClosed`, `NoSuchFile`, `ValueError`.
    """
    made = []
    with transaction.atomic():
        draft = locked(draft_id)
        texts = {checked(path): clean(text, text) for path, text in files.items()}
        if whole:
            texts |= {path: "" for path in draft.files if path not in texts}
        for path, text in sorted(texts.items()):
            revision = write(draft, by, path, text, How.IMPORT, note)
            if revision is not None:
                made.append(revision)
    return made
