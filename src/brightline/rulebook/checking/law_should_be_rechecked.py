"""Law changes: an entry whose recheck date has passed may not be what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.i18n import _

from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources


def problems(rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
    for name, law in rulebook.law.items():
        if law.recheck_by < today:
            yield sources.problem(
                "BL-505",
                "law.yaml",
                ("law", name, "recheck_by"),
                _("{name} was to be checked again by {day}").format(
                    name=name, day=f"{law.recheck_by:%d/%m/%Y}"
                ),
                _("check that it is still in force, then set checked_on and recheck_by"),
            )
