"""The jobs of this room: decided cases onto files every night, and back-tests that wait."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from brightline.casestore.compacting import compact
from brightline.casestore.errors import UnusableStore
from brightline.casestore.store import Store
from brightline.workbench.backtests.actions.export_cases import export_cases
from brightline.workbench.backtests.actions.make_report import make_report, take_next
from brightline.workbench.backtests.keeping import store_of
from brightline.workbench.cases.naming import markets
from brightline.workbench.drafts.past_files import write_past
from brightline.workbench.jobs import every

NIGHT = range(2, 6)
"""The local hours in which cases are exported."""
MANY_FILES = 64
"""A store of more files than this is compacted after the export."""
_log = logging.getLogger(__name__)
_done: set[tuple[str, date]] = set()


@every(seconds=600)
def export_decided_cases() -> None:
    """Export every market's decided cases, once a night.

    After a restart in the night it is done once more, which changes nothing: what is there is not
    doubled.
    """
    now = timezone.localtime()
    if now.hour in NIGHT:
        export_all(now)


def export_all(now: datetime) -> None:
    """Export the markets that were not exported on this day."""
    for market in markets():
        if (market, now.date()) in _done:
            continue
        root = store_of(market)
        try:
            export_cases(market, root, None, texts=not settings.CASE_STORE_FACTS_ONLY)
            store = Store(root)
            if len(store.manifest.files) > MANY_FILES:
                compact(store)
            write_past(market, store)
        except UnusableStore as error:
            _log.error("cases of %s were not exported: %s", market, error.message)
            continue
        except OSError as error:
            _log.error("past cases of %s were not written: %s", market, error)
            continue
        _done.add((market, now.date()))


@every(seconds=5)
def make_reports() -> int:
    """Make the back-test that waits longest, if any does."""
    report = take_next()
    if report is None:
        return 0
    make_report(report)
    return 1
