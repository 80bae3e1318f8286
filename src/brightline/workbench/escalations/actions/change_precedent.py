"""Retire a precedent, restore it, or stand for it anew."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.escalations.actions.escalate import MOST
from brightline.workbench.escalations.models import Precedent


def change_precedent(precedent_id: int, person: User, active: bool, why: str) -> Precedent:
    """Make a precedent hold or not, for a reason. As it is already, it is only reviewed anew.

    Raises `PermissionDenied`, and `ValueError` without a reason.
    """
    why = why.strip()[:MOST]
    if not why:
        raise ValueError("a change of a precedent has a reason")
    with transaction.atomic():
        precedent = Precedent.objects.select_for_update().get(pk=precedent_id)
        if not may(person, Permission.ESCALATIONS_QUESTION_ANSWER, precedent.market):
            raise PermissionDenied(Permission.ESCALATIONS_QUESTION_ANSWER)
        before = precedent.active
        precedent.active, precedent.why = active, why
        precedent.reviewed_by, precedent.reviewed_at = person, timezone.now()
        precedent.save(update_fields=["active", "why", "reviewed_by", "reviewed_at"])
        record(
            EventKind.PRECEDENT_CHANGED, person, ("precedent", precedent.pk),
            case_id=precedent.case_id, before={"active": before}, after={"active": active},
            why=why, rulebook=precedent.sha,
        )  # fmt: skip
    return precedent
