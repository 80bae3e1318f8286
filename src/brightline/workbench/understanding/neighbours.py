"""Cases beside a witness: one fact is another, everything else is the same.

What they come to are the mistakes that a person makes who gets one fact wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brightline.rulebook.comparing.witnesses import value_in
from brightline.workbench.understanding.outcomes import (
    Outcome,
    column_of,
    decided,
    outcome_under,
)
from brightline.workbench.understanding.witnesses import Kept, Pair, shown_facts


def beside(pair: Pair, kept: Kept) -> Iterator[Kept]:
    """Cases that differ from a witness in one of the facts that are told."""
    for name in kept["shown"]:
        column = column_of(pair.new, kept["subject"], pair.day, name)
        if column is None:
            continue
        own = column.code(kept["now"][name])
        for atom in range(column.atoms):
            if atom != own:
                yield _with(kept, name, value_in(column, 1 << atom))


def _with(kept: Kept, name: str, value: Any) -> Kept:
    before = dict(kept["before"])
    if name in before:
        before[name] = [before[name][0], value]
    return kept | {"now": kept["now"] | {name: value}, "before": before}


def outcomes_beside(pair: Pair, kept: Kept) -> Iterator[Outcome]:
    """What the neighbours come to by the new rules; those that cannot be are left out."""
    for one in beside(pair, kept):
        decision = decided(pair.new, one["subject"], pair.day, one["now"])
        if not decision.verdict.contradictions:
            found = outcome_under(decision, one["sop"])
            if found.settled:
                yield found


def unchanged(pair: Pair, kept: Kept) -> Iterator[Kept]:
    """Neighbours that come to the same before and now: where the new rule ends."""
    if pair.old is None or not kept["was"] or not kept["sop"]:
        return
    for one in beside(pair, kept):
        name = next(n for n in one["now"] if one["now"][n] != kept["now"][n])
        former = column_of(pair.old, one["subject"], pair.day, one["before"].get(name, [""])[0])
        if former is None or (not former.numeric and one["now"][name] not in former.options):
            continue  # the older rules cannot express it
        before, now = pair.before(one), pair.now(one)
        if before == now and now.settled and now.action and _can_be(pair, one):
            yield one | {"shown": shown_facts(pair, one, tuple(kept["shown"]))}


def _can_be(pair: Pair, kept: Kept) -> bool:
    decision = decided(pair.new, kept["subject"], pair.day, kept["now"])
    return not decision.verdict.contradictions
