"""Of two clauses that apply to one case, something must say which decides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Hit
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.conflicts import conflicts
from brightline.rulebook.proving.telling import example, ids, named

MOST = 20
"""So many pairs of an SOP are told; more would bury the first."""


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        for conflict in islice(conflicts(proofs), MOST):
            one, other = named(proofs, [conflict.first]), named(proofs, [conflict.second])
            if proofs.segment.sop.hit is Hit.UNIQUE:
                code = "BL-604"
                message = _("{one} and {other} apply to the same case, which hit: unique forbids")
            else:
                code = "BL-603"
                message = _(
                    "{one} and {other} can apply to the same case and are equally severe, "
                    "but call for different actions"
                )
            shown = example(
                proofs, [proofs.holding(conflict.first), proofs.holding(conflict.second)]
            )
            of = proofs.table.clauses[conflict.second]
            yield at.at_clause(
                code,
                of.sop,
                of.clause,
                message.format(one=one, other=other),
                _("for example: {case}; say in one of them when it does not apply").format(
                    case=shown
                ),
                others=ids(proofs, [conflict.first]),
            )
