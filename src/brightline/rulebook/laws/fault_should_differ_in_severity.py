"""Of two actions of one severity, one finding fault and one not, neither can win."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Action
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    first: dict[tuple[int, bool], tuple[str, Action]] = {}
    for name, action in at.rulebook.actions.items():
        other = first.get((action.severity, not action.violation))
        if other is not None:
            found = at.sources.problem(
                "BL-507",
                "rulebook.yaml",
                ("actions", name, "severity"),
                _("{one} and {other} are equally severe, but only one of them finds fault").format(
                    one=other[0], other=name
                ),
                _("give them different severities, so that it is clear which one wins"),
            )
            yield replace(found, about=(("action", name), ("action", other[0])))
        first.setdefault((action.severity, action.violation), (name, action))
