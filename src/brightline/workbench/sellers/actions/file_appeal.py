"""Take a seller's appeal: keep it, and open a turn for someone who has not had the case."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from brightline.i18n import N_, language
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.receive import open_task
from brightline.workbench.cases.models import Decision, TaskKind
from brightline.workbench.cases.routing import FALLBACK_QUEUE, Route
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.sellers.letters import send_receipt
from brightline.workbench.sellers.models import Appeal, Paper, Statement
from brightline.workbench.sellers.papers import Checked

SHORTEST, LONGEST = 10, 5_000
WITHIN = timedelta(hours=72)
"""By when a seller is promised an answer."""
URGENCY = 3


class NoAppeal(Exception):
    """An appeal that cannot be taken. `reason` is one of the words below."""

    ALREADY = N_("You have appealed against this decision already.")
    OPEN = N_("An appeal on this item is being looked at. Wait for its answer.")
    LATE = N_("The time to appeal is over.")
    NOTHING = N_("There is nothing to appeal against here.")
    REPLACED = N_("This decision has been replaced by a newer one.")

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def why_not(statement: Statement) -> str:
    """Why an appeal cannot be taken now, as one of the reasons of `NoAppeal`; empty: it can."""
    if Appeal.objects.filter(statement=statement).exists():
        return NoAppeal.ALREADY
    if statement.appeal_until is None:
        return NoAppeal.NOTHING
    if Statement.objects.filter(corrects=statement).exists():
        return NoAppeal.REPLACED
    if Appeal.objects.filter(case_id=statement.case_id, outcome="").exists():
        return NoAppeal.OPEN
    return "" if statement.in_time(timezone.now()) else NoAppeal.LATE


def cleaned(text: str) -> str:
    """A seller's words as they are kept: NFC, no control characters, no blanks around them."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in plain if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return "".join(kept).strip()


def file_appeal(statement: Statement, text: str, papers: Sequence[Checked] = ()) -> Appeal:
    """Take an appeal. Raises `NoAppeal`, and `ValueError` on a text that is too short or long."""
    text = cleaned(text)
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValueError("the text is too short or too long")
    try:
        with transaction.atomic():
            return _filed(statement, text, papers)
    except IntegrityError:  # sent twice at once
        raise NoAppeal(NoAppeal.ALREADY) from None


def _filed(statement: Statement, text: str, papers: Sequence[Checked]) -> Appeal:
    Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    reason = why_not(statement)
    if reason:
        raise NoAppeal(reason)
    now = timezone.now()
    way = Route(queue_of(statement.decision), URGENCY, now + WITHIN, None)
    task = open_task(statement.case, TaskKind.APPEAL, way)
    appeal = Appeal.objects.create(
        statement=statement,
        case_id=statement.case_id,
        seller=statement.seller,
        task=task,
        text=text,
        language=language(),
        filed_at=now,
        due_at=way.due_at,
    )
    for paper in papers:
        Paper.objects.create(
            appeal=appeal, file=ContentFile(paper.data, name="paper"), name=paper.name,
            kind=paper.kind, size=len(paper.data), digest=paper.digest,
        )  # fmt: skip
    record(
        EventKind.APPEAL_FILED, None, ("appeal", appeal.pk), case_id=appeal.case_id,
        after={"number": appeal.number, "statement": statement.puid, "queue": task.queue,
               "due_at": appeal.due_at, "papers": [p.digest for p in papers],
               "seller": statement.seller.code if statement.seller else "",
               "market": statement.market, "ref": statement.case.ref},
        rulebook=statement.decision.sha,
    )  # fmt: skip
    send_receipt(appeal)
    return appeal


def queue_of(decision: Decision) -> str:
    """Where an appeal waits: the queue the case was decided in, else that of its first clause."""
    if decision.task is not None:
        return decision.task.queue
    book = engine_of(decision.sha).rulebook
    for sop, _clause in decision.clause_ids:
        queue = book.sop_named(sop).queue
        if queue:
            return queue
    return FALLBACK_QUEUE
