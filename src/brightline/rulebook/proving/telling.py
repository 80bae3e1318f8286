"""What a proof shows, in words: the case that shows it, and the clauses it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brightline.i18n import _
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.proving.space import Space
from brightline.rulebook.proving.witness import faults_of, nearest, ordinary
from brightline.rulebook.table import Table
from brightline.rulebook.telling_words import Words, all_of, conditions


def example(proofs: SopProofs, region: Iterable[Sequence[int]]) -> str:
    """The smallest case of a region: only what is out of the ordinary about it.

    `region` are clauses over the space of the proofs that some world meets.
    """
    return smallest(proofs.table, proofs.space, region, [[proofs.in_scope]])


def smallest(
    table: Table,
    space: Space,
    region: Iterable[Sequence[int]],
    within: Iterable[Sequence[int]] = (),
) -> str:
    """The case of a region that is nearest to the most ordinary one `within` some bounds."""
    usual = ordinary(space, faults_of(table), within)
    found = nearest(space, region, usual)
    if found is None:
        raise ValueError("no case is in the region")
    world, away = found
    words = Words(table.rulebook, table.subject)
    told = [words.test(table.columns[place], world[place]) for place in away]
    return conditions(told) if told else _("an ordinary case")


def ids(proofs: SopProofs, clauses: Iterable[int]) -> list[str]:
    """The ids of clauses."""
    return [proofs.table.clauses[clause].clause.id for clause in clauses]


def named(proofs: SopProofs, clauses: Iterable[int]) -> str:
    """`V-1 and V-2`."""
    return all_of(ids(proofs, clauses))
