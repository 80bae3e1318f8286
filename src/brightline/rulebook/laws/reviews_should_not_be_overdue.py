"""An SOP whose review date has passed may be out of step with the law and the market."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _, format_date
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        if sop.review_by < at.today:
            yield at.at_sop(
                "BL-504",
                sop,
                ("review_by",),
                _("the review of {sop} was due on {day}").format(
                    sop=sop.sop, day=format_date(sop.review_by)
                ),
                _("review the SOP and set the next date"),
            )
