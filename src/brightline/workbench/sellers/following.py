"""What follows from a decision for the seller: points, a statement, the end of an appeal.

It hangs on `decided`, in the transaction of the decision: all of it is there, or none.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from brightline.i18n import LANGUAGES
from brightline.workbench.cases.actions.decide import standing_on
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.ready import Ready
from brightline.workbench.sellers.actions.book_points import book_points
from brightline.workbench.sellers.actions.settle_appeal import settle_appeals
from brightline.workbench.sellers.actions.state_reasons import state_reasons
from brightline.workbench.sellers.comparing import restricts, waits
from brightline.workbench.sellers.letters import send_statement
from brightline.workbench.sellers.models import Seller

_SELLER = Ready(
    lambda hole: Seller.objects.select_for_update(no_key=True).filter(
        market=hole("market"), code=hole("code")
    ),
    market=str,
    code=str,
)
EMAIL_ATTRIBUTE = "seller_email"


def follow(
    sender: object, decision: Decision, before: str = "", fresh: bool = False, **_more: Any
) -> None:
    """Do what a decision in force calls for. Sent again, it does nothing more.

    A decision that hands the case to a person changes nothing yet: what was decided before stands.
    Most cases are allowed the first time they are looked at: that costs no query here.
    """
    if not before and not restricts(decision):
        return
    if waits(decision) or (not fresh and standing_on(decision.case_id) != decision):
        return
    seller = _locked_seller(decision)
    if seller is not None:
        book_points(seller, decision, fresh)
    statement = state_reasons(decision, seller, fresh)
    appeals = [] if fresh else settle_appeals(decision, seller)
    if statement is not None and not appeals:  # the answer to an appeal tells it too
        send_statement(statement)


def _locked_seller(decision: Decision) -> Seller | None:
    """The seller of the case, locked until the commit; None where none is named.

    Most cases are allowed, and most sellers never hear of us: they get no row.
    """
    case = decision.case
    if not case.seller:
        return None
    of = {"market": case.market, "code": case.seller}
    seller = _SELLER.first(**of)
    if seller is None and restricts(decision):
        Seller.objects.get_or_create(
            **of, defaults={"language": _language(case), "sample": case.sample}
        )
        seller = _SELLER.first(**of)
    if seller is not None:
        _note(seller, case)
    return seller


def _note(seller: Seller, case: Case) -> None:
    """Keep what the case tells of the seller."""
    email = _email(case) or seller.email
    sample = seller.sample and case.sample
    if (email, sample) != (seller.email, seller.sample):
        seller.email, seller.sample = email, sample
        seller.save(update_fields=["email", "sample"])


def _email(case: Case) -> str:
    given = case.attributes.get(EMAIL_ATTRIBUTE)
    if not isinstance(given, str) or len(given) > 254:
        return ""
    try:
        validate_email(given.strip())
    except ValidationError:
        return ""
    return given.strip()


def _language(case: Case) -> str:
    return case.language if case.language in LANGUAGES else "vi"
