"""Hand a draft in for approval: its consultation is over."""

from __future__ import annotations

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.drafts.actions.save_file import locked
from brightline.workbench.drafts.models import Draft, DraftState
from brightline.workbench.publishing.standing import standing


class CannotHandIn(Exception):
    """Something stands against it; the message is for the person."""


def hand_in(draft_id: int, by: User) -> Draft:
    """Have a draft wait for approval. Handed in already, nothing changes.

    Raises `CannotHandIn` while the gate is shut otherwise, `DraftClosed`, `Draft.DoesNotExist`.
    """
    with transaction.atomic():
        draft = locked(draft_id)
        if draft.state == DraftState.APPROVING:
            return draft
        before, draft.state = draft.state, DraftState.APPROVING  # as if it were handed in
        shut = [point for point in standing(draft).gate.points if not point.holds]
        if shut:
            raise CannotHandIn(
                _("First: {points}").format(points="; ".join(point.words for point in shut))
            )
        draft.save(update_fields=["state"])
        record(
            EventKind.DRAFT_STATE, by, ("draft", draft.pk), before={"state": before},
            after={"market": draft.market, "state": draft.state},
        )  # fmt: skip
    return draft
