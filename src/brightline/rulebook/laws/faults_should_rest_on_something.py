"""A clause that finds fault names the law or policy it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop, _number, clause in at.clauses():
        if at.rulebook.actions[clause.action].violation and not clause.basis:
            message = _("{clause} finds fault but does not say what it rests on")
            hint = _("add basis: an entry of law.yaml, or policy for the platform's own rule")
            yield at.at_clause("BL-510", sop, clause, message.format(clause=clause.id), hint)
