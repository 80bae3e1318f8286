"""Say that a rule is unclear, in the middle of a case; the case goes on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.answer import in_hand
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import about
from brightline.workbench.escalations.actions.escalate import MOST
from brightline.workbench.escalations.models import UnclearReport


def report_unclear(
    task_id: int, person: User, note: str, fact: str = "", clause: str = ""
) -> UnclearReport:
    """Keep what a person finds unclear about a fact (name in JSON) or clause (id, or `sop/id`).

    Neither given: about the fact asked next. The same report on the same turn again is one.
    Raises `NotYours`, `UnknownRule`, and `ValueError` without a note.
    """
    note = note.strip()[:MOST]
    if not note:
        raise ValueError("a report has a note")
    task = in_hand(task_id, person)
    what = about(Turn(task), fact, clause)
    with transaction.atomic():
        report, new = UnclearReport.objects.get_or_create(
            task=task, person=person, sop=what.sop, clause=what.clause, fact=what.fact, note=note,
            defaults={"market": task.market, "case": task.case, "sha": task.case.sha,
                      "at": timezone.now()},
        )  # fmt: skip
        if new:
            record(
                EventKind.UNCLEAR_REPORTED, person, ("unclear", report.pk), case_id=task.case_id,
                after={"sop": what.sop, "clause": what.clause, "fact": what.fact},
                why=note, rulebook=task.case.sha,
            )  # fmt: skip
    return report
