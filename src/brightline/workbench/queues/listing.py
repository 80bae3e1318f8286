"""The tasks of a queue, in the very order in which they are given out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from brightline.workbench.cases.models import Task, TaskKind

PAGE, MOST = 50, 500
"""Tasks on a page; tasks that one act may touch."""


@dataclass(frozen=True)
class Sieve:
    """What of a queue is shown: `state` is `open` or `claimed`; empty says nothing."""

    state: str = "open"
    kind: str = ""
    overdue: str = ""
    person: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Sieve:
        """What an address asks for."""
        return cls(
            "claimed" if query.get("state") == "claimed" else "open",
            query.get("kind", "") if query.get("kind", "") in TaskKind.values else "",
            "1" if query.get("overdue") == "1" else "",
            str(query.get("person", ""))[:150].strip(),
        )


def tasks_of(market: str, queue: str, sieve: Sieve) -> QuerySet[Task]:
    """The tasks that fit, the next to be given out first."""
    found = Task.objects.filter(status=sieve.state, market=market, queue=queue)
    if sieve.kind:
        found = found.filter(kind=sieve.kind)
    if sieve.overdue:
        found = found.filter(due_at__lt=timezone.now())
    if sieve.person and sieve.state == "claimed":
        found = found.filter(claimed_by__username__iexact=sieve.person)
    return found.order_by("urgency", "due_at", "pk")


def page_of(found: QuerySet[Task], after: str) -> tuple[list[Task], str]:
    """A page of tasks with their cases and people, and the key of the next; empty at the end."""
    try:
        urgency, due, pk = signing.loads(after, salt="tasks") if after else (None, "", 0)
    except signing.BadSignature:
        urgency, due, pk = None, "", 0
    if urgency is not None:
        at = datetime.fromisoformat(due)
        found = found.filter(urgency__gte=urgency).filter(
            Q(urgency__gt=urgency)
            | Q(urgency=urgency, due_at__gt=at)
            | Q(urgency=urgency, due_at=at, pk__gt=pk)
        )
    rows = list(
        found.select_related("case", "claimed_by")
        .defer("case__attributes", "case__given", "case__facts", "case__search_text")[: PAGE + 1]
    )  # fmt: skip
    if len(rows) <= PAGE:
        return rows, ""
    last = rows[PAGE - 1]
    key = signing.dumps([last.urgency, last.due_at.isoformat(), last.pk], salt="tasks")
    return rows[:PAGE], key
