"""Two SOPs that decide one case by different, equally severe actions leave its fate to chance."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.telling import smallest


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.subjects:
        table = proofs.table
        for clash in proofs.clashes():
            one, other = table.clauses[clash.first], table.clauses[clash.second]
            case = smallest(
                table,
                proofs.space,
                [[sop.wins[c]] for c in clash[:2] for sop in proofs.by_sop if c in sop.wins],
            )
            message = _(
                "{one} of {one_sop} and {other} of {other_sop} can decide the same case; they are "
                "equally severe, but call for different actions"
            )
            yield at.at_clause(
                "BL-607",
                other.sop,
                other.clause,
                message.format(
                    one=one.clause.id,
                    one_sop=one.sop.sop,
                    other=other.clause.id,
                    other_sop=other.sop.sop,
                ),
                _("for example: {case}; give the two actions different severities").format(
                    case=case
                ),
                others=[f"{one.sop.sop}/{one.clause.id}"],
            )
