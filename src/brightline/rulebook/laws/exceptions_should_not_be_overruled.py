"""What one SOP allows on purpose, another should not always forbid."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.telling import smallest
from brightline.rulebook.telling_words import all_of


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.subjects:
        table = proofs.table
        for found in proofs.overruled():
            of = table.clauses[found.clause]
            others = [
                f"{table.clauses[by].sop.sop}/{table.clauses[by].clause.id}" for by in found.by
            ]
            wins = next(sop.wins for sop in proofs.by_sop if found.clause in sop.wins)
            message = _(
                "{clause} finds no fault, but in each of its cases {others} of another SOP does"
            )
            yield at.at_clause(
                "BL-608",
                of.sop,
                of.clause,
                message.format(clause=of.clause.id, others=all_of(others)),
                _("for example: {case}; take such cases out of {others}").format(
                    case=smallest(table, proofs.space, [[wins[found.clause]]]),
                    others=all_of(others),
                ),
                others=others,
            )
