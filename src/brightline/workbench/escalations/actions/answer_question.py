"""Answer a question in words, perhaps as a precedent; then decide the case or send it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record, together
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.actions.escalate import MOST
from brightline.workbench.escalations.actions.make_precedent import check, make_precedent
from brightline.workbench.escalations.actions.send_back import send_back
from brightline.workbench.escalations.actions.take import taken
from brightline.workbench.escalations.closing import close, root
from brightline.workbench.escalations.desks import may_answer
from brightline.workbench.escalations.models import Escalation


class AlreadyClosed(Exception):
    """Someone answered the question, passed it on, or decided its case meanwhile."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is given. `tie` makes it a precedent; `question` is then how it reads there,
    empty for as it was asked."""

    answer: str
    answer_en: str = ""
    tie: About | None = None
    question: str = ""


def answer_question(question_id: int, person: User, reply: Reply, *, back: bool) -> Escalation:
    """Answer a question. With `back` the case returns to its queue, the answer shown to whoever
    gets it; else the person takes the case in hand and decides it in the console.

    Raises `PermissionDenied`, `AlreadyClosed`, `UnknownRule`, `HeldByAnother`, `CannotTake`, and
    `ValueError` without an answer, or for a precedent without a question. Nothing is written then.
    """
    answer = reply.answer.strip()[:MOST]
    if not answer:
        raise ValueError("an answer is in words")
    with transaction.atomic(), together():
        question = for_answering(question_id, person)
        asked = (reply.question.strip() or root(question).question)[:MOST]
        if reply.tie is not None:
            check(question.sha, reply.tie)
            if not asked:
                raise ValueError("a precedent has a question")
        now, answer_en = timezone.now(), reply.answer_en.strip()[:MOST]
        close(question, person, now, answer=answer, answer_en=answer_en)
        if back:
            send_back(question, person, now)
        else:
            taken(question, person, now)
        record(
            EventKind.ESCALATION_ANSWERED, person, ("escalation", question.pk),
            case_id=question.case_id,
            after={"answer": answer, "answer_en": answer_en, "back": back}, rulebook=question.sha,
        )  # fmt: skip
        if reply.tie is not None:
            make_precedent(
                person, question.market, reply.tie, asked, answer, answer_en=answer_en,
                sha=question.sha, case=question.case, escalation=question,
            )  # fmt: skip
    return question


def for_answering(question_id: int, person: User) -> Escalation:
    """An open question, held until the transaction ends.

    Raises `PermissionDenied` and `AlreadyClosed`, and `Escalation.DoesNotExist`.
    """
    question = Escalation.objects.select_for_update().get(pk=question_id)
    if not may_answer(person, question):
        raise PermissionDenied(Permission.ESCALATIONS_QUESTION_ANSWER)
    if not question.open:
        raise AlreadyClosed(question_id)
    return question
