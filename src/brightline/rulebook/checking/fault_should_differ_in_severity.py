"""Of two actions of one severity, one finding fault and one not, neither can win."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.i18n import _

from brightline.rulebook.model import Action, Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources


def problems(rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
    first: dict[tuple[int, bool], tuple[str, Action]] = {}
    for name, action in rulebook.actions.items():
        other = first.get((action.severity, not action.violation))
        if other is not None:
            yield sources.problem(
                "BL-507",
                "rulebook.yaml",
                ("actions", name, "severity"),
                _("{one} and {other} are equally severe, but only one of them finds fault").format(
                    one=other[0], other=name
                ),
                _("give them different severities, so that it is clear which one wins"),
            )
        first.setdefault((action.severity, action.violation), (name, action))
