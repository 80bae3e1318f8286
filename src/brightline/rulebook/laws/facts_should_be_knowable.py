"""A fact that is neither asked nor supplied stays unknown for ever."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for name, fact in sop.facts.items():
            if not fact.ask and not fact.supplied_by:
                message = _("{fact} is neither asked nor supplied by a signal").format(fact=name)
                hint = _("add ask: a question for the moderator, or from: a signal")
                yield at.at_fact("BL-514", sop, name, message, hint)
