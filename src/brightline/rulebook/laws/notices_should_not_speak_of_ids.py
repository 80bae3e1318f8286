"""A seller does not know our ids: a notice names things by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop, _number, clause in at.clauses():
        known = {one.id for one in sop.clauses} | {sop.sop, *sop.facts, *sop.definitions}
        known |= {*at.rulebook.actions, *at.rulebook.law}
        internal = {name for name in known if re.search(r"[_\d]", name)}  # others may be words
        for language, text in (clause.notice or {}).items():
            said = next((name for name in sorted(internal) if _stands_in(name, text)), None)
            if said is not None:
                message = _("the notice of {clause} names {id}, which no seller knows")
                yield at.at_clause(
                    "BL-523",
                    sop,
                    clause,
                    message.format(clause=clause.id, id=said),
                    _("say it in words"),
                    step=("notice", language),
                )
                break


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
