"""An SOP whose review date has passed may be out of step with the law and the market."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.i18n import _

from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources


def problems(rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
    for sop in rulebook.sops:
        if sop.review_by < today:
            yield sources.problem(
                "BL-504",
                f"sops/{sop.sop}.yaml",
                ("review_by",),
                _("the review of {sop} was due on {day}").format(
                    sop=sop.sop, day=f"{sop.review_by:%d/%m/%Y}"
                ),
                _("review the SOP and set the next date"),
            )
