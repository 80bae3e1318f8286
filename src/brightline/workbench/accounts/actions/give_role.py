"""Give a person a role, or take it away."""

from __future__ import annotations

from django.db import transaction

from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record


def give_role(
    person: User, role: Role, by: User | None, *, market: str = "", queue: str = ""
) -> Grant:
    """Give a role, everywhere or in a market or queue; the same again changes nothing."""
    with transaction.atomic():
        grant, new = Grant.objects.get_or_create(
            user=person, role=role.value, market=market, queue=queue, defaults={"given_by": by}
        )
        if new:
            record(EventKind.GRANT_GIVEN, by, ("person", person.pk), after=_said(grant))
    return grant


def take_role(grant: Grant, by: User | None) -> None:
    """Take a role away."""
    with transaction.atomic():
        record(EventKind.GRANT_TAKEN, by, ("person", grant.user_id), before=_said(grant))
        grant.delete()


def _said(grant: Grant) -> dict[str, str]:
    return {"role": grant.role, "market": grant.market, "queue": grant.queue}
