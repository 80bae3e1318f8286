"""A clause rests only on law that somebody has verified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.i18n import _

from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources


def problems(rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
    for sop in rulebook.sops:
        for number, clause in enumerate(sop.clauses):
            for place, basis in enumerate(clause.basis):
                law = rulebook.law.get(basis)
                if law is not None and law.status != "verified":
                    yield sources.problem(
                        "BL-502",
                        f"sops/{sop.sop}.yaml",
                        ("clauses", number, "basis", place),
                        _("{name} is not verified, so no clause may rest on it").format(name=basis),
                        _("have it verified in law.yaml, or rest the clause on something else"),
                    )
