"""What waits for a person, queue by queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from brightline.workbench.accounts.may import may, roles_at
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.claiming import queues_of
from brightline.workbench.cases.models import Aside, QueueState, Task, TaskKind
from brightline.workbench.cases.naming import queue_words


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue of the person's: how many tasks they could get, since when, due when first."""

    market: str
    queue: str
    title: str
    count: int = 0
    oldest: datetime | None = None
    due: datetime | None = None
    paused: bool = False
    why: str = ""

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.market}/{self.queue}"


def waiting_for(person: User) -> list[Waiting]:
    """Every queue that a person may work on, in the order of the rulebook."""
    pairs = queues_of(person)
    counted = _counted(person, pairs)
    paused = {(s.market, s.queue): s.why for s in QueueState.objects.filter(paused=True)}
    found = []
    for market, queue in pairs:
        row: dict[str, Any] = counted.get((market, queue), {})
        found.append(
            Waiting(
                market, queue, queue_words(market, queue), row.get("count", 0), row.get("oldest"),
                row.get("due"), (market, queue) in paused, paused.get((market, queue), ""),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.paused, -one.count, one.market, one.title))


def _counted(person: User, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The counts by queue; a task for one role counts only for those who have it there."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    rows = (
        open_to(person)
        .filter(market__in={market for market, _queue in pairs})
        .values("market", "queue", "role")
        .annotate(count=Count("pk"), oldest=Min("created_at"), due=Min("due_at"))
    )
    for row in rows:
        key = (row["market"], row["queue"])
        if row["role"] and row["role"] not in roles_at(person, *key):
            continue
        sum_ = found.setdefault(key, {"count": 0, "oldest": row["oldest"], "due": row["due"]})
        sum_["count"] += row["count"]
        sum_["oldest"] = min(sum_["oldest"], row["oldest"])
        sum_["due"] = min(sum_["due"], row["due"])
    return found


def open_to(person: User) -> QuerySet[Task]:
    """The open tasks that could come to a person, queues and pauses aside."""
    mine = Task.objects.filter(case=OuterRef("case"), claimed_by=person)
    aside = Aside.objects.filter(case=OuterRef("case"), person=person)
    found = Task.objects.filter(~Exists(aside), ~Exists(mine), status=Task.Status.OPEN)
    if not may(person, Permission.ESCALATIONS_QUESTION_ANSWER):
        found = found.filter(Q(senior=False) | Q(kind=TaskKind.APPEAL))
    if not may(person, Permission.APPEALS_APPEAL_DECIDE):
        found = found.exclude(kind=TaskKind.APPEAL)
    if person.reads:
        found = found.filter(language__in=person.reads)
    return found
