"""A person changes their own settings for harmful content and breaks."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.console.wellness import Wellness


def set_wellness(person: User, wanted: Wellness) -> None:
    """Keep the settings; what was counted stays counted. Nothing is written where none changed."""
    with transaction.atomic():
        row = User.objects.select_for_update().only("wellness").get(pk=person.pk)
        before = Wellness.of(row.wellness)
        if before == wanted and row.wellness:
            return
        person.wellness = row.wellness | asdict(wanted)
        User.objects.filter(pk=person.pk).update(wellness=person.wellness)
        record(
            EventKind.PERSON_CHANGED, person, ("person", person.pk),
            before={"wellness": asdict(before)}, after={"wellness": asdict(wanted)},
        )  # fmt: skip
