"""What is shown of the end of a release's time: what applies again, who was told, who has read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.expiry import returns
from brightline.workbench.understanding.models import Announcement


@dataclass(frozen=True)
class Ending:
    """When a release ends, what applies again; the announcements with their readers."""

    at: datetime
    again: Release
    announced: list[tuple[Announcement, int, int]]

    @property
    def people(self) -> int:
        """How many were told, in all queues."""
        return sum(all_ for _one, _read, all_ in self.announced)

    @property
    def read(self) -> int:
        """How many of these have read it."""
        return sum(read for _one, read, _all in self.announced)


def ending_of(releases: Iterable[Release]) -> dict[int, Ending]:
    """The endings of some releases by their number in the database; those without are left out.

    One that is past is shown from what was announced of it.
    """
    mine = {one.pk: one for one in releases if one.expires_at is not None}
    if not mine:
        return {}
    sent: dict[int, list[tuple[Announcement, int, int]]] = {}
    rows = Announcement.objects.filter(
        about=Announcement.About.EXPIRY, old__in=mine, withdrawn_at=None
    ).select_related("new")
    counted = rows.annotate(all=Count("told"), read=Count("told", filter=~Q(told__read_at=None)))
    for one in counted.order_by("pk"):
        sent.setdefault(one.old_id or 0, []).append((one, one.read, one.all))
    found: dict[int, Ending] = {}
    for pk, announced in sent.items():
        first = announced[0][0]
        assert first.new is not None
        found[pk] = Ending(first.at, first.new, announced)
    for market in {one.market for one in mine.values()}:
        for back in returns(market, timezone.now()):
            if back.ends.pk in mine and back.ends.pk not in found:
                found[back.ends.pk] = Ending(back.at, back.again, [])
    return found
