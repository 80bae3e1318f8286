"""Leave a task undecided: skip it for good, or give it back to the queue."""

from __future__ import annotations

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.answer import in_hand
from brightline.workbench.cases.models import Aside, Task


def skip(task_id: int, person: User, why: str) -> None:
    """Put a task back for someone else; this person never gets its case again.

    Raises `NotYours`, and `ValueError` without a reason.
    """
    if not why.strip():
        raise ValueError("a skip has a reason")
    with transaction.atomic():
        task = _opened(task_id, person)
        Aside.objects.get_or_create(
            case=task.case, person=person, defaults={"why": "skipped", "note": why.strip()}
        )
        record(
            EventKind.TASK_SKIPPED, person, ("task", task.pk), case_id=task.case_id, why=why.strip()
        )


def give_back(task_id: int, person: User) -> None:
    """Put a task back as it was, for anyone: the end of a shift, a break. Raises `NotYours`."""
    with transaction.atomic():
        task = _opened(task_id, person)
        record(EventKind.TASK_RELEASED, person, ("task", task.pk), case_id=task.case_id)


def _opened(task_id: int, person: User) -> Task:
    task = in_hand(task_id, person)
    Task.objects.filter(pk=task.pk, claimed_by=person).update(
        status=Task.Status.OPEN, claimed_by=None, claimed_at=None, lease_until=None
    )
    task.answers.all().delete()
    return task
