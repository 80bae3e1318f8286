"""Take what a browser kept: answers and undos in the order they were given, each once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from brightline import i18n
from brightline.i18n import _
from brightline.rulebook.columns import FactError
from brightline.signals.typed_numbers import number_typed
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.answer import answer, undo
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.working import Turn


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it was sent. `typed`: a number as a person types it, in `language`."""

    key: uuid.UUID
    undo: bool = False
    fact: str = ""
    value: object = None
    typed: str = ""
    language: str = "vi"
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Taken:
    """The turn as it stands then; `refused` is why the answers from some key on were not taken."""

    turn: Turn
    taken: tuple[uuid.UUID, ...]
    refused: str = ""


def take_answers(task: Task, person: User, sent: Sequence[Sent]) -> Taken:
    """Store what was sent, in order. One that cannot be stops it: an undo after it would take back
    another answer. What is there already is taken again without effect. Raises `NotYours` where
    the task left the person's hands meanwhile.
    """
    turn = Turn(task)
    taken: list[uuid.UUID] = []
    for one in sent:
        try:
            turn = _take(turn, task.pk, person, one)
        except FactError as error:
            gone = _("This question is no longer part of the rules.")
            return Taken(turn, tuple(taken), gone if error.message == one.fact else error.message)
        taken.append(one.key)
    return Taken(turn, tuple(taken))


def _take(turn: Turn, task_id: int, person: User, one: Sent) -> Turn:
    if one.undo:
        return undo(task_id, person, one.key)
    value = one.value
    if one.typed:
        column = turn.column(one.fact)
        if column is None:
            raise FactError(one.fact)
        with i18n.use(one.language if one.language in i18n.LANGUAGES else "vi"):
            value = number_typed(one.typed, column.fact.unit)
        if value is None:
            raise FactError(
                _("“{typed}” is no number that can be read. Examples: {examples}").format(
                    typed=one.typed[:40], examples=_("45000 · 45.000 · 45k · 1tr2 · 0,5")
                )
            )
    if turn.column(one.fact) is None:
        raise FactError(_("This question is no longer part of the rules."))
    return answer(task_id, person, one.key, one.fact, value, one.seconds, held=turn.task)
