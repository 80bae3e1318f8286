"""What comes to the desk by itself: reports of unclear rules, and precedents.

A precedent is an answer that the rules themselves did not give: the desk is to write it into them.
"""

from __future__ import annotations

from typing import Any

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import recorded
from brightline.workbench.desk.actions.take_in import Wish, take_in
from brightline.workbench.desk.models import Origin
from brightline.workbench.escalations.models import Precedent, UnclearReport


def from_report(report: UnclearReport) -> Wish:
    """The wish behind a report of an unclear rule."""
    return Wish(
        report.market, Origin.UNCLEAR, report.note, sop=report.sop, clause=report.clause,
        fact=report.fact, case=report.case, ref=f"unclear:{report.pk}", at=report.at,
    )  # fmt: skip


def from_precedent(precedent: Precedent) -> Wish:
    """The wish behind a precedent."""
    return Wish(
        precedent.market, Origin.ESCALATION, f"{precedent.question}\n→ {precedent.answer}",
        title=precedent.question, sop=precedent.sop, clause=precedent.clause, fact=precedent.fact,
        case=precedent.case, ref=f"precedent:{precedent.pk}", at=precedent.made_at,
    )  # fmt: skip


def take_event(event: Event, **_more: Any) -> None:
    """Take in what an event tells of, in its transaction."""
    if event.kind == EventKind.UNCLEAR_REPORTED:
        report = UnclearReport.objects.select_related("case", "person").get(pk=event.on_id)
        take_in(from_report(report), report.person)
    elif event.kind == EventKind.PRECEDENT_MADE:
        made = Precedent.objects.select_related("case", "made_by").get(pk=event.on_id)
        asker = made.escalation.asked_by if made.escalation else None
        take_in(from_precedent(made), asker or made.made_by)


def listen() -> None:
    """Hang on the audit log; called once, when the app is ready."""
    recorded.connect(take_event, dispatch_uid="desk.take_event")
