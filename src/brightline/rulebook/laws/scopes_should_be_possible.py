"""An SOP whose scope no case can meet decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        with proofs.space.solver() as solver:
            if not solver.solve([proofs.in_scope]):
                yield at.at_sop(
                    "BL-612",
                    proofs.segment.sop,
                    ("scope",),
                    _("no case can be in the scope of {sop}").format(sop=proofs.segment.sop.sop),
                    _("mend the scope, or what is listed under impossible"),
                    key=True,
                )
