"""Law changes: an entry whose recheck date has passed may not be what it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brightline.i18n import _, format_date
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for name, law in at.rulebook.law.items():
        if law.recheck_by < at.today:
            found = at.sources.problem(
                "BL-505",
                "law.yaml",
                ("law", name, "recheck_by"),
                _("{name} was to be checked again by {day}").format(
                    name=name, day=format_date(law.recheck_by)
                ),
                _("check that it is still in force, then set checked_on and recheck_by"),
            )
            yield replace(found, about=(("law", name),))
