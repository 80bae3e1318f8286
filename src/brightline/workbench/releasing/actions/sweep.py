"""Look at cases again under a release; carry out what was found; stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Case
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.releasing.sweeping.looking import candidates
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.times import VIETNAM

MOST_DAYS = 730
_RUNS = (Sweep.Status.LOOKING, Sweep.Status.ACTING)


class CannotSweep(Exception):
    """A sweep that cannot be; the message is for the person."""


def live_outcomes(release: Release) -> list[str]:
    """The actions that leave a listing up: those that find no fault and hand nobody the case."""
    actions = engine_of(release.sha).rulebook.actions
    return [name for name, of in actions.items() if not of.violation and not of.person]


def begin(
    release: Release,
    kind: str,
    by: User,
    *,
    days: int = 30,
    outcomes: Sequence[str] = (),
    subjects: Sequence[str] = (),
) -> Sweep:
    """Begin to look: a job counts what the release makes of the cases, and does nothing.

    It may be a release that takes effect only later. Raises `CannotSweep`.
    """
    if hasattr(release, "cancellation"):
        raise CannotSweep(_("The release was cancelled."))
    actions = engine_of(release.sha).rulebook.actions
    chosen = [one for one in outcomes if one in actions] or live_outcomes(release)
    if not 1 <= days <= MOST_DAYS:
        raise CannotSweep(_("Choose between 1 and {n} days.").format(n=MOST_DAYS))
    now = timezone.now()
    with transaction.atomic():
        same = Sweep.objects.filter(
            release__market=release.market, kind=kind, status__in=_RUNS
        ).first()
        if same is not None:
            raise CannotSweep(
                _("Such cases are being gone through already. Wait until that is done, or stop it.")
            )
        sweep = Sweep(
            release=release, kind=kind, by=by, days=days, outcomes=sorted(chosen),
            subjects=sorted(subjects), since=now - timedelta(days=days),
            day=max(now, release.effective_at).astimezone(VIETNAM).date(),
            last_case=Case.objects.aggregate(last=Max("pk"))["last"] or 0,
        )  # fmt: skip
        sweep.total = candidates(sweep).count()
        sweep.save(force_insert=True)
        record(
            EventKind.SWEEP_BEGUN, by, ("sweep", sweep.pk),
            after={"number": release.number, "market": release.market, "kind": kind,
                   "cases": sweep.total, "days": days},
            rulebook=release.sha,
        )  # fmt: skip
    return sweep


def carry_out(
    sweep: Sweep, by: User, *, automatic: bool, tasks: bool, take_back: bool = False, why: str = ""
) -> bool:
    """Act on what was found; False where that was begun already.

    Raises `CannotSweep` while the release is not in force, or where nothing was chosen.
    """
    try:
        current = release_now(sweep.release.market)
    except NoRulebook:
        raise CannotSweep(_("Nothing is in force yet.")) from None
    if current.sha != sweep.release.sha:
        raise CannotSweep(
            _("Release {n} is not in force: nothing can be done under it.").format(
                n=sweep.release.number)
        )  # fmt: skip
    if not (automatic or tasks or take_back) and sweep.kind == Sweep.Kind.LIVE:
        raise CannotSweep(_("Choose what is to be done."))
    with transaction.atomic():
        begun = Sweep.objects.filter(pk=sweep.pk, status=Sweep.Status.READY).update(
            status=Sweep.Status.ACTING, automatic=automatic, tasks=tasks, take_back=take_back,
            why=why.strip(), lease_until=None, done_at=None,
        )  # fmt: skip
        if begun:
            record(
                EventKind.SWEEP_CARRIED_OUT, by, ("sweep", sweep.pk),
                after={"number": sweep.release.number, "market": sweep.release.market,
                       "cases": sweep.cases.filter(state=SweptCase.State.FOUND).count(),
                       "automatic": automatic, "tasks": tasks},
                why=why.strip(), rulebook=sweep.release.sha,
            )  # fmt: skip
    return bool(begun)


def stop(sweep: Sweep, by: User) -> None:
    """Go no further; what was done stays done."""
    with transaction.atomic():
        stopped = Sweep.objects.filter(pk=sweep.pk, status__in=_RUNS).update(
            status=Sweep.Status.STOPPED, lease_until=None, done_at=timezone.now()
        )
        if stopped:
            record(
                EventKind.SWEEP_STOPPED, by, ("sweep", sweep.pk),
                after={"number": sweep.release.number, "market": sweep.release.market},
                rulebook=sweep.release.sha,
            )  # fmt: skip
