"""A question whose answer changes nothing costs every moderator its seconds."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.mattering import (
    facts_of_scope,
    facts_tested,
    facts_that_never_matter,
)


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        sop = proofs.segment.sop
        asked = facts_tested(proofs) - facts_of_scope(proofs)
        for place in facts_that_never_matter(proofs, asked):
            owner, name = proofs.table.columns[place].key
            message = _("{fact} is tested, but no case comes to another clause through it")
            hint = _("take it out of the conditions, or say what should follow from it")
            if owner is None:
                yield at.at_sop(
                    "BL-609",
                    sop,
                    ("clauses",),
                    message.format(fact=name),
                    hint,
                    [("fact", name), ("sop", sop.sop)],
                    key=True,
                )
            else:
                yield at.at_fact("BL-609", sop, name, message.format(fact=name), hint)
