"""Publish a draft that everyone has signed who must; or, in an emergency, before they have."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.recording import together
from brightline.workbench.drafts.actions.close_draft import release_draft
from brightline.workbench.drafts.actions.save_file import locked
from brightline.workbench.publishing.standing import standing
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.models import Release, Way
from brightline.workbench.rulebooks.scheduling import CannotRelease

EVEN_IN_AN_EMERGENCY = ("errors", "examples", "changes", "base", "merged")
"""Points of the gate that no emergency does without: what has an error decides cases wrongly."""


def publish_draft(draft_id: int, by: User, terms: Terms, shown: str) -> Release:
    """The release of the content `shown`, and the end of the draft.

    Raises `CannotRelease`, `DraftClosed` and `Draft.DoesNotExist`.
    """
    with transaction.atomic(), together():
        draft = locked(draft_id)
        now = standing(draft)
        book = now.gate.rulebook
        if book is None or now.sha != shown:
            raise CannotRelease(
                _("The draft was edited since you opened this page. Look at it again.")
            )
        shut = [
            point.words
            for point in now.gate.points
            if not point.holds and (not terms.emergency or point.name in EVEN_IN_AN_EMERGENCY)
        ]
        if shut:
            raise CannotRelease(
                _("It does not pass the gate yet: {points}").format(points="; ".join(shut))
            )
        if not now.complete and not terms.emergency:
            raise CannotRelease(_("Not everyone has signed yet who must."))
        release = publish(
            book, by,
            terms=replace(
                terms, way=Way.DRAFT, came_from=draft.title, seen=now.gate.base,
                emergency=terms.emergency and not now.complete,
            ),
        )  # fmt: skip
        release_draft(draft, by, release)
    return release
