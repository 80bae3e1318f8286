"""Bring an earlier release's content back, at once: a release of its own, with its own number."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.rulebooks.actions.publish import add_release
from brightline.workbench.rulebooks.in_force import forget, release_at, spans
from brightline.workbench.rulebooks.models import Release, Way
from brightline.workbench.rulebooks.scheduling import CannotRelease


def one_back(market: str) -> Release | None:
    """The release whose content was in force before that of now, if there was any."""
    now = timezone.now()
    past = [span.release for span in spans(market) if span.start <= now and span.release]
    if not past:
        return None
    return next((one for one in reversed(past) if one.sha != past[-1].sha), None)


def roll_back(release: Release, by: User | None, why: str) -> Release:
    """Put the content of a release in force again, now; nothing that was is changed.

    What was to expire still does; what was not approved yet is marked again until it is.
    Raises `CannotRelease` without a reason, where it was never in force, or is already.
    Raises `NoRulebook` where nothing is in force.
    """
    if not why.strip():
        raise CannotRelease(_("Say why the earlier rulebook comes back."))
    with transaction.atomic():
        now = timezone.now()
        current = release_at(release.market, now)
        if current.sha == release.sha:
            raise CannotRelease(_("Release {n} says the same as what is in force now.").format(
                n=release.number))  # fmt: skip
        if not any(s.release == release and s.start <= now for s in spans(release.market)):
            raise CannotRelease(
                _("Release {n} was never in force: there is nothing to go back to.").format(
                    n=release.number)
            )  # fmt: skip
        last = Release.objects.filter(market=release.market).order_by("-number").first()
        assert last is not None
        back = Release(
            sha=release.sha, market=release.market, number=last.number + 1, name=release.name,
            form=release.form, effective_at=now, base=current.sha, way=Way.ROLLBACK,
            restores=release, published_by=by, note=why.strip(),
            expires_at=release.expires_at
            if release.expires_at is not None and release.expires_at > now else None,
            emergency=release.unsigned, sign_by=release.sign_by if release.unsigned else None,
        )  # fmt: skip
        add_release(back, by)
    forget()
    return back
