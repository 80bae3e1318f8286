"""Where a seller stands on the ladder, in words."""

from __future__ import annotations

from datetime import datetime

from brightline.i18n import _, language
from brightline.rulebook.telling_words import in_language, length_of_time, points_in_words
from brightline.workbench.cases.models import Decision
from brightline.workbench.sellers.ladder import ladder_at, standing
from brightline.workbench.sellers.models import Seller


def standing_told(seller: Seller | None, decision: Decision) -> list[str]:
    """Where a seller stands after a decision. Nothing where no seller is known."""
    if seller is None:
        return []
    said = standing_in_words(seller, decision.at, decision.sha)
    limits = [a.words for a in seller.account_actions.filter(decision=decision, lifted_at=None)]
    return said + [_("From now on: {action}").format(action=words) for words in limits]


def standing_in_words(seller: Seller, at: datetime, sha: str = "") -> list[str]:
    """Points in the ladder's window, and the next rung; empty where there is no ladder."""
    inforce = ladder_at(seller.market, at, sha)
    if inforce is None:
        return []
    points = standing(seller, at, inforce.window)
    said = [
        _("Your shop has {points} from the last {time}.").format(
            points=points_in_words(points), time=length_of_time(inforce.ladder.window)
        )
    ]
    ahead = inforce.ahead(points)
    if ahead is not None:
        said.append(
            _("From {points} on: {step}").format(
                points=points_in_words(ahead.at), step=in_language(ahead.title, language())
            )
        )
    return said
