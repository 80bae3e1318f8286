"""A seller who is found at fault is told what was wrong and how to put it right."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop, _number, clause in at.clauses():
        if at.rulebook.actions[clause.action].violation and clause.notice is None:
            message = _("{clause} finds fault but has no notice for the seller")
            hint = _("add notice: what was found, why, and how to put it right")
            yield at.at_clause("BL-506", sop, clause, message.format(clause=clause.id), hint)
