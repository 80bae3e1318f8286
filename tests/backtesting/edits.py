"""Random edits of a rulebook, as an author makes them."""

from __future__ import annotations

from random import Random

from brightline.rulebook.model import Clause, Hit, Rulebook, Sop
from tests.rulebook.strategies import ACTIONS, T


def with_sops(book: Rulebook, *sops: Sop) -> Rulebook:
    """The rulebook with other SOPs, its name worked out anew."""
    return book.of_sops(*sops)


def with_clauses(sop: Sop, clauses: list[Clause]) -> Sop:
    """The SOP with other clauses."""
    return sop.model_copy(update={"clauses": tuple(clauses)})


def edited(book: Rulebook, seed: int, edits: int = 2) -> Rulebook:
    """The rulebook after some edits."""
    draw = Random(seed)
    sops = list(book.sops)
    for _edit in range(edits if sops else 0):
        at = draw.randrange(len(sops))
        sops[at] = _edited(sops[at], draw)
    if len(sops) > 1 and draw.random() < 0.1:
        sops.pop()
    return with_sops(book, *sops)


def _edited(sop: Sop, draw: Random) -> Sop:
    clauses = list(sop.clauses)
    at = draw.randrange(len(clauses))
    clause = clauses[at]
    kind = draw.randrange(10)
    if kind == 0:
        clauses[at] = clause.model_copy(update={"action": draw.choice(sorted(ACTIONS))})
    elif kind == 1:
        clauses[at] = clause.model_copy(update={"points": clause.points + 1})
    elif kind == 2 and len(clauses) > 1:
        clauses.pop(at)
    elif kind == 3:
        clauses.insert(0, clauses.pop(at))
    elif kind == 4:
        other = draw.choice([c for c in clauses if not c.otherwise] or [clause])
        if not clause.otherwise:
            clauses[at] = clause.model_copy(update={"when": other.when})
    elif kind == 5:
        name = f"{clause.id}-x"
        clauses[at] = clause.model_copy(update={"id": name, "was": (*clause.was, clause.id)})
    elif kind == 6:
        made = clause.model_copy(update={"id": f"new-{draw.randrange(1000)}", "was": ()})
        clauses.insert(draw.randrange(len(clauses)), made)
    elif kind == 7:
        return sop.model_copy(update={"cannot_tell": draw.choice(["escalate", "edit", "allow"])})
    elif kind == 8:
        return sop.model_copy(update={"hit": draw.choice([Hit.FIRST, Hit.MOST_SEVERE])})
    else:
        whens = [w for c in clauses for w in c.when if w and "is" not in w and "is_not" not in w]
        impossible = (draw.choice(whens),) if whens and draw.random() < 0.5 else ()
        return sop.model_copy(update={"impossible": impossible})
    ids = [c.id for c in clauses]
    assert len(set(ids)) == len(ids), T
    return with_clauses(sop, clauses)
