"""Whom a queue's notices are for: the people who may take its tasks, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import roles_with


@dataclass(frozen=True, slots=True)
class Worker:
    """Someone who may take tasks of a queue; `team` is the grant's scope: its market and queue."""

    person: User
    since: datetime
    team: tuple[str, str]


def workers(market: str, queue: str) -> list[Worker]:
    """Who may take tasks of a queue, by name. The narrowest grant names the team."""
    grants = (
        Grant.objects.filter(
            Q(market="") | Q(market=market),
            Q(queue="") | Q(queue=queue),
            role__in=[role.value for role in roles_with(Permission.CASES_TASK_WORK)],
            user__is_active=True,
        )
        .select_related("user")
        .order_by("given_at", "pk")
    )
    found: dict[int, Worker] = {}
    for grant in grants:
        team = (grant.market, grant.queue)
        known = found.get(grant.user_id)
        if known is None:
            found[grant.user_id] = Worker(grant.user, grant.given_at, team)
        elif sum(map(bool, team)) > sum(map(bool, known.team)):
            found[grant.user_id] = Worker(known.person, known.since, team)
    return sorted(found.values(), key=lambda one: str(one.person).casefold())
