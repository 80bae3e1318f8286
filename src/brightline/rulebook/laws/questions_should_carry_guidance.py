"""A moderator who is asked is told how to tell."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for name, fact in sop.facts.items():
            if fact.ask and not fact.guidance:
                message = _("{fact} is asked without guidance").format(fact=name)
                hint = _("add guidance: where to look, how to tell, what is easily mistaken for it")
                yield at.at_fact("BL-513", sop, name, message, hint)
