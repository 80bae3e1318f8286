"""Change how a market runs its queues."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Market

CHANGEABLE = ("automatic", "audit_share", "second_share", "lease_minutes", "appeal_days")


def change_market(code: str, by: User, changes: dict[str, Any], why: str = "") -> bool:
    """Change some of `CHANGEABLE`; whether anything did. Holds for cases that come in from now."""
    with transaction.atomic():
        market, _new = Market.objects.select_for_update().get_or_create(code=code)
        before = {n: getattr(market, n) for n in CHANGEABLE if n in changes}
        after = {n: changes[n] for n in before if before[n] != changes[n]}
        if not after:
            return False
        for name, value in after.items():
            setattr(market, name, value)
        market.save(update_fields=list(after))
        record(
            EventKind.MARKET_CHANGED, by, ("market", code), why=why.strip(),
            before={name: before[name] for name in after}, after=after,
        )  # fmt: skip
    return True
