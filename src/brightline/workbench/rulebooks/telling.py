"""A release as programs are told of it: the API and the command line say the same."""

from __future__ import annotations

from typing import Any

from brightline.workbench.rulebooks.in_force import Span
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.times import VIETNAM


def told_release(release: Release) -> dict[str, Any]:
    """Number, content, times in Vietnam time, how it came, and whether signatures are missing."""
    cancelled = getattr(release, "cancellation", None)
    return {
        "market": release.market,
        "number": release.number,
        "name": release.name,
        "rulebook": release.sha,
        "effective_at": release.effective_at.astimezone(VIETNAM),
        "expires_at": release.expires_at and release.expires_at.astimezone(VIETNAM),
        "published_at": release.published_at.astimezone(VIETNAM),
        "way": release.way,
        "came_from": release.came_from,
        "note": release.note,
        "emergency": release.emergency,
        "awaits_signatures": release.unsigned,
        "restores": release.restores.number if release.restores else None,
        "cancelled_at": cancelled.at.astimezone(VIETNAM) if cancelled else None,
    }


def told_span(span: Span) -> dict[str, Any]:
    """A stretch of time and the release in force in it."""
    return {
        "from": span.start.astimezone(VIETNAM).isoformat(),
        "until": span.until and span.until.astimezone(VIETNAM).isoformat(),
        "number": span.release.number if span.release else None,
        "rulebook": span.release.sha if span.release else None,
    }
