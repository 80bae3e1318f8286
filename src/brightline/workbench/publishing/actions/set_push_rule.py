"""Set where what programs push to a market is reviewed: here by signatures, or in git."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.publishing.actions.set_sign_rules import BadRule
from brightline.workbench.publishing.models import PushRule


def set_push_rule(market: str, by: User, in_git: bool, why: str) -> None:
    """It holds for what is pushed from now on; what waits goes on waiting. Raises `BadRule`."""
    if in_git and not why.strip():
        raise BadRule(_("Say why no signature is needed here, and who reviews in git."))
    with transaction.atomic():
        known = PushRule.objects.select_for_update().filter(market=market).first()
        before = bool(known and known.in_git)
        if before == in_git and (known is None or known.why == why.strip() or not in_git):
            return
        PushRule.objects.update_or_create(
            market=market,
            defaults={"in_git": in_git, "why": why.strip()[:1000], "set_by": by,
                      "set_at": timezone.now()},
        )  # fmt: skip
        record(
            EventKind.PUSH_RULE_CHANGED, by, ("market", market),
            before={"reviewed_in_git": before},
            after={"reviewed_in_git": in_git, "market": market}, why=why.strip(),
        )  # fmt: skip
