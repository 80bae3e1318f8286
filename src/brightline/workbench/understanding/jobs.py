"""The periodic jobs of this room."""

from __future__ import annotations

import logging

from brightline.workbench.jobs import every
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.actions.remind import remind_due
from brightline.workbench.understanding.chats import send_posts
from brightline.workbench.understanding.current import in_force
from brightline.workbench.understanding.expiry import tell_of_returns
from brightline.workbench.understanding.models import Briefing, Notice
from brightline.workbench.understanding.pairs import previous_of
from brightline.workbench.understanding.recipients import enrol

_log = logging.getLogger(__name__)
_failed: set[int] = set()
every(seconds=2)(send_posts)


@every(seconds=10)
def draft_notices() -> None:
    """Each new release gets its drafts, so that they wait for whoever opens the page."""
    newest = (
        Release.objects.filter(cancellation=None)
        .order_by("-pk")
        .select_related("briefing__previous")[:20]
    )
    for release in newest:
        known: Briefing | None = getattr(release, "briefing", None)
        if release.pk in _failed or (known and known.previous == previous_of(release)):
            continue
        try:
            draft(release)
        except Exception:  # noqa: BLE001 - one release that cannot be compared holds up no other
            _failed.add(release.pk)
            _log.exception("no notices could be drafted for the release %s", release.pk)


@every(seconds=60)
def enrol_newcomers() -> None:
    """Whoever comes to a queue after a notice was sent stands on the board too."""
    standing = [one.notice for one in in_force().values() if one.sent]
    for notice in Notice.objects.select_related("briefing__release").filter(pk__in=standing):
        enrol(notice)


@every(seconds=60)
def tell_what_comes_back() -> None:
    """Before a release's time is over, its queues and authors are told what applies again."""
    tell_of_returns()


@every(seconds=60)
def remind() -> None:
    """Reminders go out a day and four hours before the gate closes, and when it has."""
    remind_due()
