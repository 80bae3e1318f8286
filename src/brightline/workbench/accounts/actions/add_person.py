"""Add a person who may log in."""

from __future__ import annotations

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record


def add_person(
    username: str,
    password: str | None,
    by: User | None,
    *,
    display_name: str = "",
    email: str = "",
    language: str = "vi",
    first: bool = False,
) -> User:
    """Add a person; without a password they can only come in through the company's login.

    `first` says that whoever adds them knows the password, so they must choose their own.

    Raises `IntegrityError` where the name is taken.
    """
    with transaction.atomic():
        person = User.objects.create_user(
            username, email, password, display_name=display_name, language=language,
            password_is_first=first,
        )  # fmt: skip
        record(
            EventKind.PERSON_ADDED, by, ("person", person.pk),
            after={"username": username, "name": display_name},
        )  # fmt: skip
    return person
