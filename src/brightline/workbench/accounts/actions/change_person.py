"""Change what is known of a person: by an administrator, or their own settings by themselves."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record

CHANGEABLE = ("display_name", "email", "language", "theme", "reads")


def change_person(person: User, by: User, changes: dict[str, Any]) -> bool:
    """Change some of `CHANGEABLE`; whether anything did. One event tells what was and what is."""
    before = {k: getattr(person, k) for k in CHANGEABLE if k in changes}
    after = {k: v for k, v in changes.items() if k in before and before[k] != v}
    if not after:
        return False
    with transaction.atomic():
        for name, value in after.items():
            setattr(person, name, value)
        person.save(update_fields=list(after))
        record(
            EventKind.PERSON_CHANGED, by, ("person", person.pk),
            before={name: before[name] for name in after}, after=after,
        )  # fmt: skip
    return True
