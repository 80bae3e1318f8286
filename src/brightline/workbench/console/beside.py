"""What is known beside a case: the seller's other cases, near-identical ones, earlier decisions.

Never for a blind turn: it would tell what was decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brightline.workbench.cases.case_lines import headline
from brightline.workbench.cases.models import How
from brightline.workbench.cases.similar import Earlier as EarlierCase
from brightline.workbench.cases.similar import near_identical, of_seller
from brightline.workbench.cases.working import Turn
from brightline.workbench.console.holding import SETTLING
from brightline.workbench.console.today import action_title


@dataclass(frozen=True, slots=True)
class Other:
    """Another case in a line; `action` is empty while it waits."""

    case_id: int
    title: str
    action: str
    clauses: str
    bad: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier decision on this case, without who made it."""

    how: str
    action: str
    clauses: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside a case."""

    seller: tuple[Other, ...] = ()
    same: tuple[Other, ...] = ()
    earlier: tuple[Earlier, ...] = ()


def beside(turn: Turn, seller: bool) -> Beside:
    """What is known beside the turn's case; the seller's cases only where one may read them."""
    settles = turn.task.kind in SETTLING
    same = near_identical(turn.case)
    shown = {one.case.pk for one in same}
    others = of_seller(turn.case) if seller else []
    return Beside(
        tuple(_other(one) for one in others if one.case.pk not in shown),
        tuple(_other(one) for one in same),
        tuple(
            Earlier(
                How(one.how).words, action_title(one.sha, one.action),
                ", ".join(clause for _sop, clause in one.clause_ids), one.note, one.at,
            )
            for one in turn.case.decisions.order_by("at")
        )
        if settles
        else (),
    )  # fmt: skip


def _other(one: EarlierCase) -> Other:
    last = one.decision
    return Other(
        one.case.pk,
        headline(one.case.attributes) or one.case.ref,
        action_title(last.sha, last.action) if last is not None else "",
        ", ".join(clause for _sop, clause in last.clause_ids) if last is not None else "",
        last is not None and last.violation,
        one.at,
    )
