"""Make the report of a back-test that waits: both versions over the market's store of cases."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from brightline.backtesting.report import VersionNames
from brightline.backtesting.results import Backtest
from brightline.backtesting.run import backtest
from brightline.i18n import _, use
from brightline.reports.backtest_page import backtest_page
from brightline.rulebook.canonical import from_json
from brightline.rulebook.model import Rulebook
from brightline.screening.errors import UnusableCases
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.backtests.keeping import store_of
from brightline.workbench.backtests.models import Report
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of

PATIENCE = timedelta(hours=2)
"""After so long a report that is being made is taken to have died with its process."""
Status = Report.Status


def take_next() -> Report | None:
    """The report that waits longest, taken in hand; None where none waits."""
    now = timezone.now()
    Report.objects.filter(status=Status.RUNNING, begun_at__lt=now - PATIENCE).update(
        status=Status.WAITING
    )
    waiting = Report.objects.filter(status=Status.WAITING).order_by("asked_at", "pk")
    for pk in waiting.values_list("pk", flat=True)[:5]:
        mine = Report.objects.filter(pk=pk, status=Status.WAITING)
        if mine.update(status=Status.RUNNING, begun_at=now):  # of two that try, one gets it
            return Report.objects.get(pk=pk)
    return None


def make_report(report: Report) -> None:
    """Make a report that was taken in hand; where that fails, it says why."""
    try:
        found, page = _made(report)
    except _CannotBeMade as error:
        _finish(report, Status.FAILED, why=str(error))
        return
    _finish(
        report, Status.DONE, page=page, cases=found.cases, changed=found.changed,
        may_change=found.may_change,
    )  # fmt: skip


class _CannotBeMade(Exception):
    """Why, in the language of the person who asked."""


def _made(report: Report) -> tuple[Backtest, str]:
    with use(report.asked_by.language if report.asked_by is not None else "vi"):
        try:
            old, new = _rulebook(report.old_sha, ""), _rulebook(report.new_sha, report.new_form)
            found = backtest(
                old,
                new,
                store_of(report.market),
                names=VersionNames(report.old_name, report.new_name),
            )
            return found, backtest_page(found, None, new)
        except UnusableCases as error:
            said = f"{error.message}. {error.hint}" if error.hint else error.message
            raise _CannotBeMade(said) from None
        except NoRulebook:
            raise _CannotBeMade(_("One of the versions is not there any more.")) from None


def _rulebook(sha: str, form: str) -> Rulebook:
    if not form:
        return engine_of(sha).rulebook
    return from_json(form)


def _finish(report: Report, status: str, **fields: object) -> None:
    with transaction.atomic():
        Report.objects.filter(pk=report.pk, status=Status.RUNNING).update(
            status=status, done_at=timezone.now(), **fields
        )
        if status == Status.DONE:
            record(
                EventKind.BACKTEST_MADE, None, ("backtest", report.pk),
                after={"tested_cases": fields["cases"], "changed_cases": fields["changed"]},
                rulebook=report.new_sha,
            )  # fmt: skip
