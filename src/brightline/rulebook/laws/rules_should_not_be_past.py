"""A rule that has run out should leave the file: its history is kept by the older versions."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _, format_date
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    hint = _("delete it; older versions keep it. If it should go on, mend the date")
    for sop in at.rulebook.sops:
        if sop.ends and sop.ends < at.today:
            message = _("{name} was in force until {day}").format(
                name=sop.sop, day=format_date(sop.ends)
            )
            yield at.at_sop("BL-525", sop, ("until",), message, hint, key=True)
        for clause in sop.clauses:
            if clause.ends and clause.ends < at.today:
                message = _("{name} was in force until {day}").format(
                    name=clause.id, day=format_date(clause.ends)
                )
                yield at.at_clause("BL-525", sop, clause, message, hint, step=("until",))
