"""A legal instrument has changed: a request for every clause that rests on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.recording import together
from brightline.workbench.desk.actions.take_in import Wish, take_in
from brightline.workbench.desk.models import Origin, Request


def report_law_change(
    market: str,
    book: Rulebook,
    law: str,
    text: str,
    by: User | None,
    *,
    key: str,
    due: date | None = None,
    without: Collection[tuple[str, str]] = (),
) -> list[Request]:
    """The requests, one a clause; `without` leaves clauses out that were changed already.

    The same `key` again opens none a second time. Raises `KeyError` on an instrument that the
    rulebook does not know, and `ValueError` without words.
    """
    cite = in_language(book.law[law].cite, "vi", law)
    if not text.strip():
        raise ValueError("say what has changed")
    made = []
    with transaction.atomic(), together():
        for sop in book.sops:
            for clause in sop.clauses:
                if law not in clause.basis or (sop.sop, clause.id) in without:
                    continue
                title = _("{law} has changed: look at {clause}").format(law=cite, clause=clause.id)
                made.append(take_in(
                    Wish(market, Origin.LAW, text, title=title, sop=sop.sop, clause=clause.id,
                         law=law, due=due, ref=f"law:{market}:{law}:{key}:{sop.sop}.{clause.id}"),
                    by,
                ))  # fmt: skip
    return made
