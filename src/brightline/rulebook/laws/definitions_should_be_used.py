"""A definition that nothing uses is one that a reader takes for a rule."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.names import terms_in
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        waiting = [*sop.scope, *(c for clause in sop.clauses for c in clause.when), *sop.impossible]
        used: set[str] = set()
        while waiting:
            for term in terms_in(waiting.pop()):
                if term not in used and term in sop.definitions:
                    used.add(term)
                    waiting.extend(sop.definitions[term])
        for name in sop.definitions:
            if name not in used:
                yield at.at_sop(
                    "BL-518",
                    sop,
                    ("definitions", name),
                    _("nothing uses the definition {name}").format(name=name),
                    _("delete it, or use it in a clause: is: {name}").format(name=name),
                    [("definition", name)],
                    key=True,
                )
