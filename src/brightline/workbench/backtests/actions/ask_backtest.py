"""Ask for a back-test of two versions; a background job makes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.backtests.models import Report
from brightline.workbench.rulebooks.models import Release


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a market's rulebook. `form`: its canonical form, where it is no release."""

    sha: str
    name: str
    form: str = ""

    @classmethod
    def of(cls, release: Release) -> Version:
        """A release, by its number and name."""
        return cls(release.sha, f"{release.number} · {release.name}")


class SameVersion(ValueError):
    """Both versions are the same: there is nothing to test."""


def ask_backtest(market: str, old: Version, new: Version, by: User) -> Report:
    """A report that waits to be made. The same two versions still waiting: that one.

    Raises `SameVersion`.
    """
    if old.sha == new.sha:
        raise SameVersion
    with transaction.atomic():
        waiting = Report.objects.filter(
            market=market, old_sha=old.sha, new_sha=new.sha,
            status__in=(Report.Status.WAITING, Report.Status.RUNNING),
        ).first()  # fmt: skip
        if waiting is not None:
            return waiting
        made = Report.objects.create(
            market=market, old_sha=old.sha, old_name=old.name, new_sha=new.sha, new_name=new.name,
            new_form=new.form, asked_by=by, asked_at=timezone.now(),
        )  # fmt: skip
        record(
            EventKind.BACKTEST_ASKED, by, ("backtest", made.pk),
            after={"market": market, "old_version": old.name, "new_version": new.name},
            rulebook=new.sha,
        )  # fmt: skip
    return made
