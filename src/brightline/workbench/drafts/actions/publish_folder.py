"""Publish a rulebook from its folder, and keep the files beside the release."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from brightline.rulebook.model import Rulebook
from brightline.workbench.drafts.paths import folder_files
from brightline.workbench.drafts.sources import keep_source
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.models import Release

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


def publish_folder(
    book: Rulebook,
    folder: Path,
    by: User | None,
    effective_at: datetime | None = None,
    note: str = "",
    terms: Terms | None = None,
) -> Release:
    """Publish `book`, which was read from `folder` and checked; see `publish`.

    The next draft starts from these files, comments and all.
    """
    with transaction.atomic():
        release = publish(book, by, effective_at, note, terms)
        if release.sha == book.sha:
            keep_source(release.sha, folder_files(folder))
    return release
