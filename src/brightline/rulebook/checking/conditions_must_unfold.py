"""A condition written out in full stays small enough to decide by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brightline.rulebook.boxes import FactKey, boxes_of
from brightline.rulebook.model import AnyOf, Fact, Rulebook, Sop
from brightline.rulebook.nodes import Path
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources
from brightline.rulebook.tests import TestError


def problems(rulebook: Rulebook, sources: Sources, today: date) -> Iterator[Problem]:
    shared: dict[FactKey, Fact] = {(None, name): fact for name, fact in rulebook.facts.items()}
    for sop in rulebook.sops:
        own: dict[FactKey, Fact] = {(sop.sop, name): fact for name, fact in sop.facts.items()}
        facts = shared | own
        for path, condition in _conditions(sop):
            try:
                boxes_of(condition, sop, facts)
            except TestError as error:
                yield sources.problem(
                    "BL-508",
                    f"sops/{sop.sop}.yaml",
                    path,
                    error.message,
                    error.hint,
                    key=True,
                )


def _conditions(sop: Sop) -> Iterator[tuple[Path, AnyOf]]:
    yield ("scope",), sop.scope
    for number, clause in enumerate(sop.clauses):
        yield ("clauses", number, "when"), clause.when
