"""A fact that no condition tests is asked, computed and read for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.names import facts_in
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        conditions = [*sop.scope, *(c for clause in sop.clauses for c in clause.when)]
        conditions += [c for meant in sop.definitions.values() for c in meant]
        tested = {name for condition in conditions for name in facts_in(condition)}
        for name in sop.facts:
            if name not in tested:
                message = _("no condition tests {fact}").format(fact=name)
                hint = _("delete it, or test it in a clause")
                yield at.at_fact("BL-519", sop, name, message, hint)
