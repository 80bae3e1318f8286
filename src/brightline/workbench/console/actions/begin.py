"""Give a person their next task within the limit for harmful content that they have set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.recording import together
from brightline.workbench.cases.actions.claim import claim_another
from brightline.workbench.cases.claiming import queues_of
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.taken import held_task
from brightline.workbench.console.harm import is_harmful
from brightline.workbench.console.wellness import EXPOSED, Wellness, exposures


@dataclass(frozen=True, slots=True)
class Begun:
    """The task, if any. `limited`: where there is none, harmful cases wait that the limit bars."""

    task: Task | None
    limited: bool = False


class _Barred(Exception):
    """Undoes a claim; names the queue."""

    def __init__(self, task: Task) -> None:
        super().__init__(task.pk)
        self.pair = (task.market, task.queue)


def begin(person: User, only: Sequence[tuple[str, str]] | None = None) -> Begun:
    """The task that a person has in hand, else the next of their queues that their limit allows.

    Once the limit is reached, a queue whose next case is harmful is passed over: nobody gets its
    milder cases out of turn.
    """
    held = held_task(person)
    if held is not None:
        return Begun(held)
    pairs = [p for p in queues_of(person) if only is None or p in only]
    limited = False
    while pairs:
        try:
            with transaction.atomic(), together():
                task = claim_another(person, pairs)
                if task is None:
                    return Begun(None, limited)
                if is_harmful(task) and not _counted(person):
                    raise _Barred(task)
                return Begun(task)
        except _Barred as barred:
            limited = True
            pairs.remove(barred.pair)
    return Begun(None, limited)


def _counted(person: User) -> bool:
    """Count one more harmful case for a person; False where their limit bars it."""
    now = timezone.now()
    row = User.objects.select_for_update().only("wellness").get(pk=person.pk)
    seen = exposures(row.wellness, now)
    limit = Wellness.of(row.wellness).harmful_limit
    if limit and len(seen) >= limit:
        return False
    person.wellness = row.wellness | {EXPOSED: [*seen, now.isoformat()]}
    User.objects.filter(pk=person.pk).update(wellness=person.wellness)
    return True
