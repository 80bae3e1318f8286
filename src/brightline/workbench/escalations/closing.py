"""What becomes of a question that is answered, and of those it passes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.models import Decision
from brightline.workbench.escalations.models import Escalation

_FIELDS = ["state", "answer", "answer_en", "answered_by", "answered_at", "decision"]


def chain(question: Escalation) -> Iterator[Escalation]:
    """A question and those it passes on, the newest first."""
    one: Escalation | None = question
    while one is not None:
        yield one
        one = one.earlier


def root(question: Escalation) -> Escalation:
    """The question that was asked first."""
    return list(chain(question))[-1]


def close(
    question: Escalation,
    by: User | None,
    at: datetime,
    *,
    answer: str = "",
    answer_en: str = "",
    decision: Decision | None = None,
) -> None:
    """Close a question, and with it those it passes on, by an answer in words or a decision.

    One that has an answer in words keeps it, and takes the decision that followed.
    """
    for one in chain(question):
        if one.state in (Escalation.State.OPEN, Escalation.State.PASSED):
            one.state = Escalation.State.ANSWERED if answer else Escalation.State.SETTLED
            one.answer, one.answer_en = answer, answer_en
            one.answered_by, one.answered_at = by, at
        one.decision = decision or one.decision
        one.save(update_fields=_FIELDS)
