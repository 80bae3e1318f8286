"""Withdraw a key to the API: from the next call on it opens nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.api.models import ApiKey
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record


def withdraw_key(key: ApiKey, by: User | None) -> bool:
    """Withdraw a key for good. False where it was withdrawn already."""
    with transaction.atomic():
        changed = ApiKey.objects.filter(pk=key.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        if changed:
            record(
                EventKind.KEY_WITHDRAWN, by, ("key", key.pk),
                before={"name": key.name, "prefix": key.prefix},
            )  # fmt: skip
    return bool(changed)
