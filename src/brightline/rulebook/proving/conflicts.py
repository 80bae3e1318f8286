"""Clauses that contradict each other: they hold together, and nothing says which should win."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from brightline.rulebook.model import Hit
from brightline.rulebook.proving.overlaps import overlapping
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.proving.space import World


class Conflict(NamedTuple):
    """Two clauses (indexes into `table.clauses`, in file order) and a world in which both hold."""

    first: int
    second: int
    world: World


def conflicts(proofs: SopProofs) -> Iterator[Conflict]:
    """Every pair of clauses of an SOP that contradict each other.

    Under `unique` any two that hold together do. Under `most_severe` two equally severe clauses
    with different actions do, where no more severe one decides. Under `first` the order decides.
    """
    hit = proofs.segment.sop.hit
    if hit is Hit.FIRST:
        return
    yield from _pairs(proofs, unique=hit is Hit.UNIQUE)


def _pairs(proofs: SopProofs, unique: bool) -> Iterator[Conflict]:
    table = proofs.table
    severity = {name: action.severity for name, action in table.rulebook.actions.items()}
    rows = [at for at, row in enumerate(proofs.rows) if row.clause not in proofs.otherwise]
    action = [table.clauses[proofs.rows[at].clause].clause.action for at in rows]
    clause = np.array([proofs.rows[at].clause for at in rows], dtype=np.int64)
    rank = np.array([severity[name] for name in action], dtype=np.int64)
    names = np.array([table.actions.index(name) for name in action], dtype=np.int64)
    if unique:
        asked = clause[:, None] < clause[None, :]
    else:
        asked = (rank[:, None] == rank[None, :]) & (names[:, None] < names[None, :])
    if not asked.any():
        return
    involved = np.flatnonzero(asked.any(axis=0) | asked.any(axis=1))
    candidates = asked[np.ix_(involved, involved)]
    candidates &= overlapping(proofs.space, [rows[at] for at in involved])
    seen: set[tuple[int, int]] = set()
    with proofs.space.solver() as solver:
        for left, right in np.argwhere(candidates):
            a, b = int(involved[left]), int(involved[right])
            pair = (min(int(clause[a]), int(clause[b])), max(int(clause[a]), int(clause[b])))
            if pair in seen:
                continue
            both = [proofs.space.holds[rows[a]], proofs.space.holds[rows[b]]]
            if not unique:
                both += _more_severe(proofs, rows, rank, int(rank[a]))
            if solver.solve(both):
                seen.add(pair)
                yield Conflict(*pair, proofs.space.world(solver))


def _more_severe(
    proofs: SopProofs, rows: list[int], rank: np.ndarray[tuple[int], np.dtype[np.int64]], than: int
) -> list[int]:
    """Assumptions: no clause that is more severe holds."""
    return [-proofs.space.holds[row] for row, own in zip(rows, rank, strict=True) if own > than]
