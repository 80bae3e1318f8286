"""A case in scope that no clause meets is nobody's decision."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.proving.telling import example
from brightline.rulebook.telling_words import Words, any_of, conditions

MOST = 5
"""So many groups of cases are told of one SOP."""


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        if proofs.otherwise or not proofs.has_gap:
            continue
        rules = [[-h] for clause in proofs.in_order for h in proofs.holding(clause)]
        yield at.at_sop(
            "BL-605",
            proofs.segment.sop,
            ("clauses",),
            _("some cases in scope meet no clause: {groups}").format(groups=_groups(proofs)),
            _("for example: {case}; add a clause for them, or one with otherwise: yes").format(
                case=example(proofs, [[proofs.in_scope], *rules])
            ),
            key=True,
        )


def _groups(proofs: SopProofs) -> str:
    """The cases that no clause meets, group by group."""
    words = Words(proofs.table.rulebook, proofs.table.subject)
    boxes = [cells for _world, cells in proofs.gaps(MOST + 1)]
    told = [
        conditions([words.test(proofs.table.columns[place], cell) for place, cell in cells.items()])
        or _("every case")
        for cells in boxes[:MOST]
    ]
    if len(told) == 1:
        return told[0]
    quoted = [f"“{one}”" for one in told]
    return any_of([*quoted, *(["…"] if len(boxes) > MOST else [])])
