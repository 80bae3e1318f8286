"""A seller who is found at fault is told what was wrong and how to put it right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.i18n import _

from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources


def problems(rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
    for sop in rulebook.sops:
        for number, clause in enumerate(sop.clauses):
            if rulebook.actions[clause.action].violation and clause.notice is None:
                yield sources.problem(
                    "BL-506",
                    f"sops/{sop.sop}.yaml",
                    ("clauses", number, "id"),
                    _("{clause} finds fault but has no notice for the seller").format(
                        clause=clause.id
                    ),
                    _("add notice: what was found, why, and how to put it right"),
                )
