"""The clauses that nearly applied: all their tests passed but those on one fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from brightline.rulebook.model import Condition, Sop
from brightline.rulebook.table import Row
from brightline.rulebook.telling_rows import Rows
from brightline.rulebook.telling_words import Words


@dataclass(frozen=True)
class NearMiss:
    """A clause that failed on one fact alone: what it wanted, and what the fact is."""

    sop: str
    clause: str
    title: str
    action: str
    wanted: str
    found: str


def near_misses(
    rows: Rows, words: Words, outcomes: Sequence[int], state: Callable[[int], str]
) -> tuple[NearMiss, ...]:
    """Violation clauses in scope of which one fact alone failed and some other test passed.

    Only those that are more severe than what their SOP came to (`outcomes`, an entry an SOP): what
    has been found is not told again in a milder form. `state` puts into words what a fact (column)
    of the case is. The most severe come first.
    """
    table = rows.table
    came_to = {
        segment.sop.sop: table.clauses[outcome].rank if outcome >= 0 else -1
        for segment, outcome in zip(table.segments, outcomes, strict=True)
    }
    found: list[tuple[int, NearMiss]] = []
    scopes: dict[str, frozenset[int]] = {}
    for index, of in enumerate(table.clauses):
        if of.clause.otherwise or not of.violation or of.rank <= came_to[of.sop.sop]:
            continue
        scope = scopes.get(of.sop.sop)
        if scope is None:
            scope = scopes[of.sop.sop] = _scope_columns(rows, of.sop)
        missed = [m for row in rows.by_clause[index] if (m := _missed(rows, row, scope))]
        if missed and rows.holding(index) is None:
            place, cell = missed[0]
            column = table.columns[place]
            near = NearMiss(
                sop=of.sop.sop,
                clause=of.clause.id,
                title=words.text(of.clause.title, of.clause.id),
                action=words.action(of.clause.action),
                wanted=words.test(column, cell),
                found=state(place),
            )
            found.append((-of.rank, near))
    return tuple(near for _rank, near in sorted(found, key=lambda pair: pair[0]))


def _missed(rows: Rows, row: Row, scope: frozenset[int]) -> tuple[int, int] | None:
    """The one cell that failed, where every other passed and one of those is not mere scope."""
    failed, another = None, False
    for place, cell in row.cells.items():
        passed = rows.passes(place, cell)
        if passed is None or (passed is False and (failed is not None or place in scope)):
            return None
        if passed is False:
            failed = place
        elif place not in scope:
            another = True
    return (failed, row.cells[failed]) if failed is not None and another else None


def _scope_columns(rows: Rows, sop: Sop) -> frozenset[int]:
    """The columns that the scope of an SOP tests."""
    names = {name for condition in sop.scope for name in _names(sop, condition)}
    return frozenset(rows.table.places[name] for name in names if name in rows.table.places)


def _names(sop: Sop, condition: Condition) -> set[str]:
    names = set()
    for name, raw in condition.items():
        if name in ("is", "is_not"):
            terms = raw if isinstance(raw, (list, tuple)) else [raw]
            for term in terms:
                for inner in sop.definitions.get(str(term), ()):
                    names |= _names(sop, inner)
        else:
            names.add(f"{sop.sop}.{name}" if name in sop.facts else name)
    return names
