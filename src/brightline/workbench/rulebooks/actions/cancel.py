"""Call a scheduled release off before it takes effect."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.rulebooks.in_force import forget
from brightline.workbench.rulebooks.models import Cancellation, Release
from brightline.workbench.rulebooks.scheduling import LAST_CALL, CannotRelease, hold_no_gap


def cancel(release: Release, by: User | None, why: str) -> Cancellation:
    """Cancel a release; it never takes effect. Cancelled already, its cancellation.

    Raises `CannotRelease` without a reason, where it has taken effect or is about to, and where
    a release would expire with nothing to fall back to.
    """
    if not why.strip():
        raise CannotRelease(_("Say why the release is cancelled."))
    with transaction.atomic():
        known = Cancellation.objects.filter(release=release).first()
        if known is not None:
            return known
        if release.effective_at <= timezone.now() + LAST_CALL:
            raise CannotRelease(
                _("Release {n} is in force already, or takes effect this moment: it cannot be "
                  "cancelled any more. Roll it back instead.").format(n=release.number)
            )  # fmt: skip
        hold_no_gap(release.market, without=release)
        made = Cancellation.objects.create(release=release, by=by, why=why.strip())
        record(
            EventKind.RELEASE_CANCELLED, by, ("release", release.pk),
            before={"effective_at": release.effective_at, "number": release.number,
                    "market": release.market},
            why=made.why, rulebook=release.sha,
        )  # fmt: skip
    forget()
    return made
