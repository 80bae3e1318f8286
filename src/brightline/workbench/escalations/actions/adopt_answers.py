"""Take over the answers that the asker had given, as one's own."""

from __future__ import annotations

import uuid

from brightline.rulebook.columns import FactError
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.actions.answer import answer, in_hand
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.on_case import question_of


def adopt_answers(task_id: int, person: User) -> Turn:
    """Answer the turn in hand as the asker did, as far as they came; nothing where one has begun.

    Whoever takes answers over stands for them. Raises `NotYours`.
    """
    task = in_hand(task_id, person)
    turn = Turn(task)
    question = question_of(task)
    if turn.answers or question is None or question.asked_from is None:
        return turn
    for given in Turn(question.asked_from).answers:
        try:
            turn = answer(task.pk, person, uuid.uuid4(), given.fact, given.value)
        except FactError:
            continue  # the rulebook in force asks it no more
    return turn
