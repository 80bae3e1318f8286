"""Where a seller stands on the ladder, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brightline.i18n import _, language
from brightline.rulebook.telling_words import in_language, length_of_time, points_in_words
from brightline.workbench.cases.models import Decision
from brightline.workbench.ready import Ready
from brightline.workbench.sellers.ladder import InForce, ladder_at, standing
from brightline.workbench.sellers.models import AccountAction, Seller

_BEGUN = Ready(
    lambda hole: AccountAction.objects.filter(decision=hole("decision"), lifted_at=None),
    decision=int,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The points of a seller at a moment, and the account actions that have just begun."""

    points: int
    inforce: InForce
    begun: tuple[AccountAction, ...] = ()

    def told(self) -> list[str]:
        """It in the language in force: the points, the next rung, what begins."""
        said = [
            _("Your shop has {points} from the last {time}.").format(
                points=points_in_words(self.points),
                time=length_of_time(self.inforce.ladder.window),
            )
        ]
        ahead = self.inforce.ahead(self.points)
        if ahead is not None:
            said.append(
                _("From {points} on: {step}").format(
                    points=points_in_words(ahead.at), step=in_language(ahead.title, language())
                )
            )
        return said + [_("From now on: {action}").format(action=one.words) for one in self.begun]


def standing_at(seller: Seller | None, at: datetime, sha: str = "") -> Standing | None:
    """Where a seller stands; None where none is known, or there is no ladder."""
    inforce = None if seller is None else ladder_at(seller.market, at, sha)
    if seller is None or inforce is None:
        return None
    return Standing(standing(seller, at, inforce.window), inforce)


def standing_after(seller: Seller | None, decision: Decision) -> Standing | None:
    """Where a seller stands right after a decision was booked."""
    found = standing_at(seller, decision.at, decision.sha)
    if found is None:
        return None
    begun = _BEGUN.rows(decision=decision.pk)
    return Standing(found.points, found.inforce, tuple(begun))
