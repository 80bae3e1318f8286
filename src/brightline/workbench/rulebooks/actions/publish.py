"""Publish a rulebook in its market: a release that never changes, in force from a moment on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from brightline.rulebook.canonical import to_json
from brightline.rulebook.model import Rulebook
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.rulebooks.in_force import forget
from brightline.workbench.rulebooks.models import ReferenceTable, Release

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


def publish(
    rulebook: Rulebook, by: User | None, effective_at: datetime | None = None, note: str = ""
) -> Release:
    """Publish a rulebook that was checked; the release that stands where it is the newest already.

    Its tables come with it, each under its day.
    """
    at = effective_at or timezone.now()
    with transaction.atomic():
        last = Release.objects.filter(market=rulebook.market).order_by("-number").first()
        if last is not None and last.sha == rulebook.sha:
            return last
        release = Release.objects.create(
            sha=rulebook.sha,
            market=rulebook.market,
            number=last.number + 1 if last else 1,
            name=rulebook.rulebook,
            form=to_json(rulebook),
            effective_at=at,
            published_by=by,
            note=note,
        )
        for table in rulebook.data.values():
            ReferenceTable.objects.update_or_create(
                market=rulebook.market, name=table.name, day=table.day,
                defaults={"file": table.file, "data": table.data},
            )  # fmt: skip
        record(
            EventKind.RELEASE_PUBLISHED, by, ("release", release.pk),
            before={"sha": last.sha} if last else None,
            after={"sha": release.sha, "number": release.number, "effective_at": at},
            why=note, rulebook=release.sha,
        )  # fmt: skip
    forget()
    return release
