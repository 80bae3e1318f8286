"""The questions that a person may see, those due first first."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from brightline.workbench.accounts.may import grants_of, reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.rulebooks.models import Release

WAITING, DONE = "waiting", "done"
_OPEN = (Escalation.State.OPEN,)
_CLOSED = (Escalation.State.ANSWERED, Escalation.State.SETTLED)


def questions(person: User, state: str = WAITING, sop: str = "") -> QuerySet[Escalation]:
    """The questions of a person's markets and queues: those that wait, the most urgent and then
    those due first first; or those that are done with, the newest first."""
    found = Escalation.objects.filter(_within(person)).select_related(
        "case", "task", "task__claimed_by", "asked_by", "answered_by", "decision"
    )
    if sop:
        found = found.filter(sop=sop)
    if state == DONE:
        return found.filter(state__in=_CLOSED).order_by("-answered_at", "-pk")
    return found.filter(state__in=_OPEN).order_by("task__urgency", "task__due_at", "pk")


def for_me(found: QuerySet[Escalation], person: User) -> QuerySet[Escalation]:
    """Those of them that a person may answer."""
    mine = {grant.role for grant in grants_of(person)}
    if Role.MANAGER not in mine:
        found = found.filter(to_role__in=mine)
    return found.exclude(asked_by=person)


def _within(person: User) -> Q:
    asked = Q(pk__in=[])
    for market, queue in reach(person, Permission.ESCALATIONS_QUESTION_ANSWER):
        part = Q()
        if market:
            part &= Q(market=market)
        if queue:
            part &= Q(task__queue=queue)
        asked |= part or Q(pk__isnull=False)
    return asked


def sops_of(found: QuerySet[Escalation]) -> list[str]:
    """The SOPs that these are about, in order."""
    return sorted(set(found.order_by().values_list("sop", flat=True).distinct()) - {""})


def markets_of(person: User, permission: Permission) -> list[str]:
    """The markets in which a person has a permission, in order."""
    found: set[str] = set()
    for market, _queue in reach(person, permission):
        every = Release.objects.values_list("market", flat=True).distinct()
        found |= {market} if market else set(every)
    return sorted(found)
