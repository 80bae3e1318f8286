"""Send a delivery again, because a person wants it: given up, or lost on the other side."""

from __future__ import annotations

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.delivery.models import Delivery
from brightline.workbench.delivery.outbox import again


def send_again(delivery: Delivery, by: User | None) -> None:
    """Put a delivery back into the outbox, due at once."""
    with transaction.atomic():
        again(delivery)
        record(
            EventKind.HOOK_CHANGED, by, ("hook", delivery.hook_id),
            after={"sent_again": delivery.event},
        )  # fmt: skip
