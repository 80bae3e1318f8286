"""Which queue a case waits in, how urgent it is, and by when it must be decided.

No hidden score: four degrees of urgency that a person can check, then the time it is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from brightline.i18n import N_
from brightline.rulebook.deciding import OPEN, Decision
from brightline.rulebook.settling import NO_CLAUSE, UNTOLD
from brightline.rulebook.table import Segment
from brightline.workbench.cases.models.case import Source

AUTHORITY_HOURS = 24
"""The outer limit for a request of an authority."""
SEVERE, SHORT_SECONDS = 80, 2 * 3600
FALLBACK_QUEUE, FALLBACK_SECONDS = "general", 48 * 3600

URGENCIES = {
    0: N_("Request of an authority"),
    1: N_("Live, or due within two hours"),
    2: N_("Signs point to suspending or closing a shop"),
    3: N_("Ordinary"),
}
"""Degree → why; a queue serves the lowest first."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a case waits. `sop` is the SOP whose queue it is, if any."""

    queue: str
    urgency: int
    due_at: datetime
    sop: str | None


def route(decision: Decision, assumed: Decision, source: str, received_at: datetime) -> Route:
    """The route of a case that needs a person. `assumed` takes every suggestion for right.

    The SOP counts that comes to the gravest action where the suggestions are right; where none
    comes to anything, the open one that may come to the gravest. Among equals the first.
    """
    table, book = decision.table, decision.table.rulebook
    rank, segment = _gravest(assumed, False) or _gravest(decision, True) or (0, None)
    gravest = book.actions[table.actions[rank]].severity
    sop = None if segment is None else segment.sop
    queue = book.queues.get(sop.queue) if sop is not None and sop.queue else None
    seconds = queue.sla if queue else FALLBACK_SECONDS
    if source == Source.AUTHORITY:
        urgency, seconds = 0, min(seconds, AUTHORITY_HOURS * 3600)
    elif seconds <= SHORT_SECONDS:
        urgency = 1
    else:
        urgency = 2 if gravest >= SEVERE and _gravest(assumed, False) else 3
    return Route(
        sop.queue if sop is not None and sop.queue else FALLBACK_QUEUE,
        urgency,
        received_at + timedelta(seconds=seconds),
        sop.sop if sop is not None else None,
    )


def _gravest(decision: Decision, when_open: bool) -> tuple[int, Segment] | None:
    """The highest rank above the least action that an SOP comes to, or may come to, and the SOP."""
    table = decision.table
    best: tuple[int, Segment] | None = None
    for segment, outcome in zip(table.segments, decision.verdict.outcomes, strict=True):
        if (outcome == OPEN) is not when_open or outcome == NO_CLAUSE:
            continue
        if outcome == OPEN:
            rows = range(segment.start, segment.stop)
            left = [table.rows[row].clause for row in rows if decision.standing >> row & 1]
            rank = max((table.clauses[clause].rank for clause in left), default=0)
        elif outcome == UNTOLD:
            rank = segment.rank_if_cannot_tell
        else:
            rank = table.clauses[outcome].rank
        if rank > (best[0] if best else 0):
            best = rank, segment
    return best
