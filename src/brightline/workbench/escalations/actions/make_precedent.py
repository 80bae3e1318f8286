"""Make an answer a precedent for later cases of the same clause or fact."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.searching import fold
from brightline.workbench.escalations.about import About, UnknownRule, parts
from brightline.workbench.escalations.models import Escalation, Precedent
from brightline.workbench.escalations.precedents import text_of
from brightline.workbench.rulebooks.in_force import engine_of


def make_precedent(
    by: User,
    market: str,
    what: About,
    question: str,
    answer: str,
    *,
    answer_en: str = "",
    sha: str,
    case: Case | None = None,
    escalation: Escalation | None = None,
) -> Precedent:
    """Write a precedent and its event. One a question: made again, it is the one there is.

    Raises `UnknownRule` where the rulebook `sha` has no such SOP, clause or fact.
    """
    check(sha, what)
    if escalation is not None:
        known = Precedent.objects.filter(escalation=escalation).first()
        if known is not None:
            return known
    now = timezone.now()
    words = [question, answer, answer_en]
    with transaction.atomic():
        made = Precedent.objects.create(
            market=market, sop=what.sop, clause=what.clause, fact=what.fact, question=question,
            answer=answer, answer_en=answer_en, escalation=escalation, case=case, sha=sha,
            search_text=fold(" ".join(words)) + (" " + text_of(case) if case else ""),
            made_by=by, made_at=now, reviewed_by=by, reviewed_at=now,
        )  # fmt: skip
        record(
            EventKind.PRECEDENT_MADE, by, ("precedent", made.pk),
            case_id=case.pk if case else None,
            after={"sop": what.sop, "clause": what.clause, "fact": what.fact,
                   "question": question, "answer": answer, "answer_en": answer_en},
            rulebook=sha,
        )  # fmt: skip
    return made


def check(sha: str, what: About) -> None:
    """Raise `UnknownRule` where a rulebook has no such SOP, clause or fact."""
    book = engine_of(sha).rulebook
    sop, clause = parts(book, what)
    if sop is None or bool(what.clause) is not (clause is not None):
        raise UnknownRule(str(what))
    if what.fact and what.fact not in sop.facts and what.fact not in book.facts:
        raise UnknownRule(str(what))
