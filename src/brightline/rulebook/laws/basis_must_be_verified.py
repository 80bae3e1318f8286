"""A clause rests only on law that somebody has verified."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for number, clause in enumerate(sop.clauses):
            for place, basis in enumerate(clause.basis):
                law = at.rulebook.law.get(basis)
                if law is not None and law.status != "verified":
                    yield at.sources.problem(
                        "BL-502",
                        f"sops/{sop.sop}.yaml",
                        ("clauses", number, "basis", place),
                        _("{name} is not verified, so no clause may rest on it").format(name=basis),
                        _("have it verified in law.yaml, or rest the clause on something else"),
                    )
