"""A seller who is found at fault is told what was wrong and how to put it right."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.checking.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for number, clause in enumerate(sop.clauses):
            if at.rulebook.actions[clause.action].violation and clause.notice is None:
                yield at.sources.problem(
                    "BL-506",
                    f"sops/{sop.sop}.yaml",
                    ("clauses", number, "id"),
                    _("{clause} finds fault but has no notice for the seller").format(
                        clause=clause.id
                    ),
                    _("add notice: what was found, why, and how to put it right"),
                )
