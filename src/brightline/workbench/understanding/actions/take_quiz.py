"""Begin a quiz, and mark it: the tables say what is right."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from django.db import transaction
from django.utils import timezone

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.understanding.examples import examples_of
from brightline.workbench.understanding.models import Attempt, Recipient
from brightline.workbench.understanding.pairs import pair_now, pair_of
from brightline.workbench.understanding.quizzing import Key, Source, drawn, right_option
from brightline.workbench.understanding.recipients import earlier_open
from brightline.workbench.understanding.witnesses import Pair


class NotRead(Exception):
    """The notice comes first, then the quiz."""


class NoQuestions(Exception):
    """There is nothing to ask: no case of the notice can be put as a question today."""


class NotAnswered(Exception):
    """A question has no answer yet; its numbers."""


def begin_quiz(recipient: Recipient, random: Random | None = None) -> Attempt:
    """The quiz that a person has begun, else a new one with cases they have not been asked.

    Raises `NotRead` and `NoQuestions`.
    """
    if recipient.read_at is None:
        raise NotRead
    begun = recipient.attempts.filter(ended_at=None).first()
    if begun is not None:
        return begun
    notice = recipient.notice
    pair = pair_now(notice)
    asked = drawn(
        pair, sources_of(recipient, pair), notice.asked, _seen(recipient), random or Random()
    )
    if not asked:
        raise NoQuestions
    last = recipient.attempts.last()
    number = last.number + 1 if last else 1
    attempt, _new = Attempt.objects.get_or_create(  # the same person in two windows has one
        recipient=recipient, number=number,
        defaults={"sha": pair.new.sha, "day": pair.day, "questions": asked},
    )  # fmt: skip
    return attempt


def sources_of(recipient: Recipient, pair: Pair) -> list[Source]:
    """The cases that a person may be asked: of the change, and of earlier ones they missed.

    Who is new to the queue is asked the worked examples of its SOPs instead.
    """
    notice = recipient.notice
    found = []
    if recipient.fresh:
        for at, case in enumerate(examples_of(pair, notice.queue)):
            found.append(Source((-notice.pk, at), (case["sop"], case["change"]), case))
    if found:
        return found
    for one in (notice, *earlier_open(recipient)):
        left_out = set(one.left_out)
        for at, case in enumerate(one.witnesses):
            if at not in left_out:
                group = (one.pk, case["sop"] or case["was"], case["change"])
                found.append(Source((one.pk, at), group, case))
    return found


def _seen(recipient: Recipient) -> list[Key]:
    """The cases that were asked already, so that the next quiz has others."""
    rows = recipient.attempts.values_list("questions", flat=True)
    return [(q["key"][0], q["key"][1]) for questions in rows for q in questions]


def needed_of(recipient: Recipient, attempt: Attempt) -> int:
    """How many answers have to be right; fewer where fewer cases could be asked."""
    many = len(attempt.questions)
    notice = recipient.notice
    return notice.needed if many >= notice.asked else min(notice.needed, many)


def pair_of_attempt(attempt: Attempt) -> Pair:
    """The rulebooks by which an attempt is marked."""
    return pair_of(attempt.recipient.notice.briefing, attempt.day)


def mark_quiz(attempt: Attempt, answers: Sequence[int | None]) -> Attempt:
    """Mark a quiz. One that is marked stays as it is.

    `answers` are numbers of options, in the order of the questions. Raises `NotAnswered`.
    """
    if attempt.ended_at is not None:
        return attempt
    open_ = [
        at
        for at, (question, one) in enumerate(zip(attempt.questions, answers, strict=True))
        if one is None or not 0 <= one < len(question["options"])
    ]
    if open_:
        raise NotAnswered(open_)
    pair = pair_of_attempt(attempt)
    marks = [
        right_option(pair, question) == one
        for question, one in zip(attempt.questions, answers, strict=True)
    ]
    recipient, now = attempt.recipient, timezone.now()
    passed = sum(marks) >= needed_of(recipient, attempt)
    with transaction.atomic():
        marked = Attempt.objects.filter(pk=attempt.pk, ended_at=None).update(
            answers=list(answers), marks=marks, passed=passed, ended_at=now
        )
        attempt.refresh_from_db()
        if not marked:
            return attempt  # sent twice: the first counts
        if passed:
            let_through(recipient, Recipient.Way.QUIZ)
        notice = recipient.notice
        record(
            EventKind.QUIZ_TAKEN, recipient.person, ("notice", notice.pk),
            after={
                "market": notice.market, "queue": notice.queue, "number": notice.release.number,
                "attempt": attempt.number, "right": sum(marks), "asked": len(marks),
                "passed": passed,
            },
            rulebook=attempt.sha,
        )  # fmt: skip
    return attempt


def let_through(recipient: Recipient, way: Recipient.Way) -> None:
    """Note that a person understood a notice, and with it the earlier ones of the queue.

    Call it in the transaction of the act.
    """
    now = timezone.now()
    earlier = [one.pk for one in earlier_open(recipient)]
    Recipient.objects.filter(pk=recipient.pk, passed_at=None).update(passed_at=now, way=way)
    Recipient.objects.filter(notice__in=earlier, person=recipient.person_id, passed_at=None).update(
        passed_at=now, way=Recipient.Way.LATER
    )
    recipient.refresh_from_db()
