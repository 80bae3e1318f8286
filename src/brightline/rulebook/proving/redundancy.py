"""Clauses and facts that change nothing: without them every case would come to the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from brightline.rulebook.proving.sop_proofs import SopProofs


class Redundant(NamedTuple):
    """A clause that does win, but where it does, `instead` would decide just the same."""

    clause: int
    instead: tuple[int, ...]


def redundant_clauses(proofs: SopProofs) -> Iterator[Redundant]:
    """The clauses that could go: wherever one wins, the next that holds has the same outcome.

    The outcome is the action, the points and the follow-up steps. `otherwise` counts as a next
    clause, so a clause that allows what `otherwise` allows anyway is found too.
    """
    for clause in proofs.winning:
        instead = _stand_ins(proofs, clause)
        if proofs.next_in(proofs.won_by(clause), clause) not in instead:
            continue  # the world in which it was seen to win shows that it matters
        replaced_by = _replaced_by(proofs, clause, instead)
        if replaced_by:
            yield Redundant(clause, replaced_by)


def _outcome(proofs: SopProofs, clause: int) -> tuple[object, ...]:
    of = proofs.table.clauses[clause].clause
    return (of.action, of.points, of.then)


def _stand_ins(proofs: SopProofs, clause: int) -> tuple[int, ...]:
    """The later clauses with the same outcome, in the order in which they win."""
    own = _outcome(proofs, clause)
    later = proofs.in_order[proofs.in_order.index(clause) + 1 :]
    return tuple(other for other in later if _outcome(proofs, other) == own)


def _replaced_by(proofs: SopProofs, clause: int, instead: tuple[int, ...]) -> tuple[int, ...]:
    """The stand-ins that decide next where the clause wins; none if another clause ever does."""
    space, order = proofs.space, proofs.in_order
    at = order.index(clause)
    before = [-h for other in order[:at] for h in proofs.holding(other)]
    own = proofs.holding(clause)
    needed = []
    with space.solver([own, *([literal] for literal in before)]) as solver:
        if solver.solve([-h for other in instead for h in proofs.holding(other)]):
            return ()  # somewhere no stand-in holds at all
        shut: list[int] = []
        for other in order[at + 1 :]:
            next_somewhere = any(solver.solve([h, *shut]) for h in proofs.holding(other))
            if other in instead:
                shut += [-h for h in proofs.holding(other)]
                if next_somewhere:
                    needed.append(other)
            elif next_somewhere:
                return ()  # somewhere another clause would win first
    return tuple(needed)
