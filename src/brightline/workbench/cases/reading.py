"""Which cases a person may see: those of the markets and queues that their role reaches."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from brightline.workbench.accounts.may import reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.decide import SETTLES
from brightline.workbench.cases.models import Aside, Case, Task

_UNFINISHED = (Task.Status.OPEN, Task.Status.CLAIMED)


def cases_within(
    person: User, permission: Permission, cases: QuerySet[Case] | None = None
) -> QuerySet[Case]:
    """The cases that a permission reaches; one given for a queue reaches what had a task there."""
    found = Case.objects.all() if cases is None else cases
    pairs = set(reach(person, permission))
    if ("", "") in pairs:
        return found
    within = Q(pk__in=[])
    for market, queue in pairs:
        part = Q(market=market) if market else Q()
        if queue:
            part &= Q(Exists(Task.objects.filter(case=OuterRef("pk"), queue=queue)))
        within |= part
    return found.filter(within)


def may_see(person: User, case: Case, permission: Permission = Permission.CASES_CASE_READ) -> bool:
    """Whether a person's role reaches a case."""
    return cases_within(person, permission, Case.objects.filter(pk=case.pk)).exists()


def blind_turns(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases that someone is still to judge without knowing how they were decided."""
    turns = Task.objects.filter(case=OuterRef("pk"), status__in=_UNFINISHED)
    return cases.exclude(action="").filter(Exists(turns.exclude(kind__in=SETTLES)))


def blind_task(person: User, case: Case) -> Task | None:
    """The person's own turn at a case that must not know of earlier decisions, if they hold one.

    Every turn but those that settle a case is blind once there is a decision: whoever is first of
    two reviewers decides, and the other is held against it.
    """
    if not case.decisions.exists():
        return None
    return (
        Task.objects.filter(case=case, claimed_by=person, status=Task.Status.CLAIMED)
        .exclude(kind__in=SETTLES)
        .first()
    )


def keep_from_judging(person: User, case: Case) -> None:
    """Note that a person has seen how a case was decided, where a blind turn at it still waits:
    that turn then goes to someone else."""
    if blind_turns(Case.objects.filter(pk=case.pk)).exists():
        Aside.objects.get_or_create(case=case, person=person, defaults={"why": "seen"})
