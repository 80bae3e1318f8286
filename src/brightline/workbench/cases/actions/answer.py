"""Take an answer to a question, or take the last one back."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from brightline.rulebook.columns import FactError
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.models import Answer, Task
from brightline.workbench.cases.taken import leased_anew, task_of
from brightline.workbench.cases.working import Turn
from brightline.workbench.ready import ReadyInsert

_ANSWERED = ReadyInsert(Answer)


class NotYours(Exception):
    """The task is not in this person's hands: its lease ran out, or it is done."""


def in_hand(task_id: int, person: User) -> Task:
    """The task, if this person holds it. Raises `NotYours`.

    A lease that ran out counts as held while no one else has taken the task.
    """
    task = task_of(task_id, person)
    if task is None:
        raise NotYours(task_id)
    return task


def answer(
    task_id: int,
    person: User,
    key: uuid.UUID,
    fact: str,
    value: object,
    seconds: float = 0.0,
    held: Task | None = None,
) -> Turn:
    """Store an answer; the turn as it stands then. The same key again changes nothing.

    `held` is the task where the caller has just asked for it. Raises `NotYours`, and `FactError`
    on a fact or value that cannot be.
    """
    task = held or in_hand(task_id, person)
    column = Turn(task).column(fact)
    if column is None:
        raise FactError(fact)
    clean = column.clean(value)
    if clean is None:
        raise FactError(fact)
    return _kept(task, person, key, column.name, clean, seconds)


def undo(task_id: int, person: User, key: uuid.UUID) -> Turn:
    """Take back the last answer that stands, if any. The same key again changes nothing.

    Raises `NotYours`.
    """
    task = in_hand(task_id, person)
    if task.answers.filter(key=key).exists() or not Turn(task).answers:
        return Turn(task)
    return _kept(task, person, key, "", None, 0.0)


def _kept(
    task: Task, person: User, key: uuid.UUID, fact: str, value: object, seconds: float
) -> Turn:
    try:
        with transaction.atomic():
            _ANSWERED.add(Answer(
                task=task, key=key, fact=fact, value=value, person=person,
                seconds=max(0.0, min(seconds, 86_400.0)),
            ))  # fmt: skip
            if leased_anew(task.pk, person, task.market) is None:
                raise NotYours(task.pk)
    except IntegrityError:
        pass  # the same key again
    return Turn(task)
