"""A clause without which every case would come to the same is one to read for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.redundancy import redundant_clauses
from brightline.rulebook.proving.telling import ids, named


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        for found in redundant_clauses(proofs):
            clause, others = named(proofs, [found.clause]), named(proofs, found.instead)
            of = proofs.table.clauses[found.clause]
            yield at.at_clause(
                "BL-606",
                of.sop,
                of.clause,
                _("{clause} changes nothing: without it, {others} would decide the same").format(
                    clause=clause, others=others
                ),
                _("delete it, or give it an action, points or steps of its own"),
                others=ids(proofs, found.instead),
            )
