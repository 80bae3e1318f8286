"""An option that no rule, signal or example names is one nobody knows when to choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Fact, Kind, Sop
from brightline.rulebook.problems import Problem
from brightline.rulebook.tests import tree


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        named = set(_words(_parts(sop)))
        for name, fact in sop.facts.items():
            if fact.kind is not Kind.CHOICE or fact.ask is None:
                continue
            known = named | set(_words(supply.parameters for supply in fact.supplied_by))
            for option, branch in _leaves(fact):
                if not known.intersection(branch):
                    message = _("no rule, signal or example names the option {option} of {fact}")
                    yield at.at_fact(
                        "BL-610",
                        sop,
                        name,
                        message.format(option=option, fact=name),
                        _("delete it, or say in a clause or an example what follows from it"),
                    )


def _parts(sop: Sop) -> Iterator[Any]:
    """Everything in an SOP that can name an option."""
    yield from (sop.scope, list(sop.definitions.values()), sop.impossible)
    yield from (clause.when for clause in sop.clauses)
    yield from (example.facts for example in sop.examples)


def _leaves(fact: Fact) -> Iterator[tuple[str, set[str]]]:
    """Every option that has none below it, with itself and those above."""
    for name, option, above in tree(fact.options):
        if not option.options:
            yield name, {name, *above}


def _words(parts: Iterable[Any]) -> Iterator[str]:
    """Every string anywhere inside some values."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            yield from _words(part.values())
        elif isinstance(part, (list, tuple)):
            yield from _words(part)
