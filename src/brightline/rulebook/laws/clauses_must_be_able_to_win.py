"""A clause that is never the answer misleads everyone who reads it."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Hit
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.sop_proofs import DeadClause, SopProofs
from brightline.rulebook.proving.telling import example, ids, named


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        for dead in proofs.dead:
            code, message, hint = _told(proofs, dead)
            of = proofs.table.clauses[dead.clause]
            others = ids(proofs, dead.beaten_by)
            yield at.at_clause(code, of.sop, of.clause, message, hint, others=others)


def _told(proofs: SopProofs, dead: DeadClause) -> tuple[str, str, str]:
    clause = named(proofs, [dead.clause])
    if not dead.beaten_by:
        message = _("no case can meet {clause}: its conditions exclude one another")
        return "BL-601", message.format(clause=clause), _("mend its conditions, or delete it")
    others = named(proofs, dead.beaten_by)
    shown = example(proofs, [proofs.holding(dead.clause)])
    if _is_exception(proofs, dead):
        message = _(
            "{clause} is an exception that never comes to bear: wherever it applies, "
            "the more severe {others} decides"
        )
        hint = _("for example: {case}; take such cases out of {others}, or delete {clause}")
        return (
            "BL-602",
            message.format(clause=clause, others=others),
            hint.format(case=shown, others=others, clause=clause),
        )
    message = _("{clause} is never the answer: wherever it applies, {others} comes first")
    hint = _("for example: {case}; narrow {others}, or delete {clause}")
    return (
        "BL-601",
        message.format(clause=clause, others=others),
        hint.format(case=shown, others=others, clause=clause),
    )


def _is_exception(proofs: SopProofs, dead: DeadClause) -> bool:
    """Whether a clause that finds no fault is beaten, for their severity, by such that do."""
    clauses = proofs.table.clauses
    if proofs.segment.sop.hit is Hit.FIRST:
        return False
    return not clauses[dead.clause].violation and all(
        clauses[other].violation for other in dead.beaten_by
    )
