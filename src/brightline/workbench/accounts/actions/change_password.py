"""A password is chosen or given, the second step of logging in goes on or off."""

from __future__ import annotations

import secrets

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.sessions import end_sessions
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def first_password() -> str:
    """A password to be given once and changed at the first login: 59 bits, easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _m in range(3))


def give_password(person: User, by: User) -> str:
    """A new first password for someone who forgot theirs; ends their sessions. Gives it back.

    The second step goes too: who lost the telephone with it has lost it for good.
    """
    from allauth.mfa.models import Authenticator

    given = first_password()
    with transaction.atomic():
        person.set_password(given)
        person.password_is_first = True
        person.save(update_fields=["password", "password_is_first"])
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        record(
            EventKind.PERSON_CHANGED, by, ("person", person.pk),
            after={"password": "given", "second_step": False},
        )  # fmt: skip
    return given


def own_password_changed(person: User, session_key: str | None) -> None:
    """Note that a person chose a password; their other sessions end."""
    with transaction.atomic():
        person.password_is_first = False
        person.save(update_fields=["password_is_first"])
        end_sessions(person, but=session_key)
        record(
            EventKind.PERSON_CHANGED, person, ("person", person.pk), after={"password": "chosen"}
        )


def second_step_changed(person: User, on: bool) -> None:
    """Note that the second step of logging in went on or off."""
    with transaction.atomic():
        record(EventKind.PERSON_CHANGED, person, ("person", person.pk), after={"second_step": on})
