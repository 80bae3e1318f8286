"""Points are for faults: an action that finds none should give none."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop, _number, clause in at.clauses():
        if clause.points and not at.rulebook.actions[clause.action].violation:
            message = _("{clause} gives points, but its action {action} finds no fault")
            yield at.at_clause(
                "BL-524",
                sop,
                clause,
                message.format(clause=clause.id, action=clause.action),
                _("delete the points, or choose an action that finds fault"),
                step=("points",),
            )
