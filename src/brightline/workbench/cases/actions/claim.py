"""Give a person their next task, or the one they have already."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.actions.reread import reread
from brightline.workbench.cases.claiming import claim_next
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.taken import held_task


def claim(person: User, only: Sequence[tuple[str, str]] | None = None) -> Task | None:
    """The task that a person has in hand, else the next from their queues, else None.

    A case that was read under an earlier rulebook is read again under the one in force.
    """
    held = held_task(person)
    if held is not None:
        return held
    with transaction.atomic():
        return claim_another(person, only)


def claim_another(person: User, only: Sequence[tuple[str, str]] | None = None) -> Task | None:
    """The next task for a person who has none in hand. Call it in a transaction; see `claim`."""
    task = claim_next(person, only)
    if task is None:
        return None
    reread(task)
    record(
        EventKind.TASK_CLAIMED, person, ("task", task.pk), case_id=task.case_id,
        after={"queue": task.queue, "kind": task.kind}, rulebook=task.case.sha,
    )  # fmt: skip
    return task
