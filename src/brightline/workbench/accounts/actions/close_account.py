"""Close a person's account, or open it again. Nobody is deleted: their name stays in the record."""

from __future__ import annotations

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.actions.give_role import Refused, another_administrator
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.sessions import end_sessions
from brightline.workbench.accounts.signals import account_closed
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record


def close_account(person: User, by: User, why: str) -> None:
    """Close an account: its sessions end, what the person had in hand goes back to the queues.

    Raises `Refused` on one's own account and on that of the last administrator.
    """
    if person.pk == by.pk:
        raise Refused(_("You cannot close your own account; another administrator can."))
    with transaction.atomic():
        if not another_administrator(person):
            raise Refused(_("This is the last administrator; make another one first."))
        if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            return
        person.is_active = False
        end_sessions(person)
        account_closed.send(User, person=person, by=by)
        record(
            EventKind.PERSON_CHANGED, by, ("person", person.pk),
            before={"open": True}, after={"open": False}, why=why.strip(),
        )  # fmt: skip


def open_account(person: User, by: User) -> None:
    """Open a closed account again, with the roles it had."""
    with transaction.atomic():
        if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
            return
        person.is_active = True
        record(
            EventKind.PERSON_CHANGED, by, ("person", person.pk),
            before={"open": False}, after={"open": True},
        )  # fmt: skip
