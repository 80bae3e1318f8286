"""The periodic jobs of this room, and those of the rooms below it."""

from __future__ import annotations

from brightline.workbench.cases.claiming import return_expired
from brightline.workbench.delivery.sending import send_deliveries, send_mails
from brightline.workbench.jobs import every

every(seconds=1)(send_deliveries)
every(seconds=2)(send_mails)


@every(seconds=15)
def return_expired_leases() -> None:
    """Tasks whose lease ran out go back into their queues, even where nobody claims any."""
    return_expired(force=True)
