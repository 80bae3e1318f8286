"""A clause that finds fault is shown by a case that meets it and by one that only nearly does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brightline.i18n import _
from brightline.rulebook.columns import FactError
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Example
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.sop_proofs import SopProofs


def problems(at: Occasion) -> Iterator[Problem]:
    for proofs in at.proofs:
        sop, table = proofs.segment.sop, proofs.table
        coded = [(example, _codes(proofs, example)) for example in sop.examples]
        for index in proofs.clauses:
            of = table.clauses[index]
            if not of.violation or of.clause.otherwise:
                continue
            name = of.clause.id
            if not any(example.expect == name for example in sop.examples):
                message = _("no example meets {clause}").format(clause=name)
                hint = _("add a real case that a moderator would meet, with expect: {clause}")
                yield at.at_clause("BL-511", sop, of.clause, message, hint.format(clause=name))
            elif not any(_nearly(proofs, index, e, codes) for e, codes in coded):
                message = _("no example nearly meets {clause}").format(clause=name)
                hint = _("add a look-alike: a case that one fact keeps from meeting {clause}")
                yield at.at_clause("BL-512", sop, of.clause, message, hint.format(clause=name))


def _codes(proofs: SopProofs, example: Example) -> Mapping[int, int]:
    """The atoms of what an example tells, by column."""
    table, sop = proofs.table, proofs.segment.sop
    found = {}
    for name, value in example.facts.items():
        place = table.places.get(f"{sop.sop}.{name}" if name in sop.facts else name)
        if place is not None:
            try:
                code = table.columns[place].code(value)
            except FactError:
                continue  # told elsewhere
            if code >= 0:
                found[place] = code
    return found


def _nearly(proofs: SopProofs, clause: int, example: Example, codes: Mapping[int, int]) -> bool:
    """Whether an example misses a row of the clause by one told fact alone (its scope apart)."""
    if example.expect == proofs.table.clauses[clause].clause.id:
        return False
    scope = {place for box in proofs.segment.scope for place in box}
    for row in proofs.rows:
        if row.clause == clause:
            cells = {place: cell for place, cell in row.cells.items() if place not in scope}
            told = [place for place in cells if place in codes]
            failed = [place for place in told if not cells[place] >> codes[place] & 1]
            if len(failed) == 1 and (len(told) > 1 or len(cells) == 1):
                return True
    return False
