"""Which release takes the place of which, and both as engines."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from brightline.workbench.rulebooks.in_force import engine_of, standing
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.models import Briefing, Notice
from brightline.workbench.understanding.witnesses import Pair


def previous_of(release: Release) -> Release | None:
    """The release in force until this one: by when they take effect, not by number."""
    at = release.effective_at
    same = Q(effective_at=at, number__lt=release.number)
    return (
        standing(release.market)
        .filter(same | Q(effective_at__lt=at))
        .filter(Q(expires_at=None) | Q(expires_at__gte=at))
        .first()
    )


def pair_of(briefing: Briefing, day: date | None = None) -> Pair:
    """Both rulebooks of a briefing as of a day; by default the one they were compared on."""
    old = engine_of(briefing.previous.sha) if briefing.previous else None
    return Pair(old, engine_of(briefing.release.sha), day or briefing.day)


def pair_now(notice: Notice) -> Pair:
    """Both rulebooks of a notice as of today, or of its first day where that is still ahead."""
    return pair_of(notice.briefing, max(notice.briefing.day, timezone.localdate()))
