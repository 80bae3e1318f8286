"""Give a person a role, or take it away."""

from __future__ import annotations

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record


class Refused(Exception):
    """It would leave nobody in charge; the message is for the person."""


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
    """Take a role away.

    Raises `Refused` where it is one's own role of administrator, or that of the last one.
    """
    with transaction.atomic():
        if grant.role == Role.ADMIN:
            if by is not None and grant.user_id == by.pk:
                raise Refused(_("You cannot take your own role of administrator; another can."))
            if not another_administrator(grant.user, but=grant):
                raise Refused(_("This is the last administrator; make another one first."))
        record(EventKind.GRANT_TAKEN, by, ("person", grant.user_id), before=_said(grant))
        grant.delete()


def another_administrator(person: User, but: Grant | None = None) -> bool:
    """Whether an open account is left that may give roles everywhere, without this one or grant."""
    left = Grant.objects.select_for_update().filter(
        role=Role.ADMIN, market="", queue="", user__is_active=True
    )
    if but is not None:
        return left.exclude(pk=but.pk).exists()
    return left.exclude(user=person).exists()


def _said(grant: Grant) -> dict[str, str]:
    return {"role": grant.role, "market": grant.market, "queue": grant.queue}
