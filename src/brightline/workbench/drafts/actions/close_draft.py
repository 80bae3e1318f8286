"""Close a draft: it was released, or is dropped. Its requests hear of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.desk.actions.follow_draft import back_to_desk, in_force
from brightline.workbench.drafts.actions.save_file import locked
from brightline.workbench.drafts.models import Draft, DraftState
from brightline.workbench.drafts.sources import keep_source
from brightline.workbench.drafts.texts import texts_of
from brightline.workbench.rulebooks.models import Release


def release_draft(draft: Draft, by: User | None, release: Release) -> None:
    """Note that a release was published from a draft, and keep its files as the release's source.

    The draft is locked (`save_file.locked`), in the transaction of the release.
    """
    keep_source(release.sha, texts_of(draft.files))
    _close(draft, DraftState.RELEASED, release)
    in_force(list(draft.requests.all()), by)
    _told(draft, by, "")


def drop_draft(draft_id: int, by: User, why: str) -> Draft:
    """Give a draft up, with the reason; nothing of it is lost. Raises `DraftClosed`, `ValueError`
    without a reason, and `Draft.DoesNotExist`."""
    if not why.strip():
        raise ValueError("a draft is dropped for a reason")
    with transaction.atomic():
        draft = locked(draft_id)
        _close(draft, DraftState.DROPPED, None)
        back_to_desk(list(draft.requests.all()), by)
        _told(draft, by, why.strip())
    return draft


def _close(draft: Draft, state: DraftState, release: Release | None) -> None:
    draft.state, draft.released_as, draft.closed_at = state, release, timezone.now()
    draft.save(update_fields=["state", "released_as", "closed_at"])


def _told(draft: Draft, by: User | None, why: str) -> None:
    record(
        EventKind.DRAFT_CLOSED, by, ("draft", draft.pk),
        after={"market": draft.market, "state": draft.state}, why=why,
        rulebook=draft.released_as.sha if draft.released_as else "",
    )  # fmt: skip
