"""The SOPs of a rulebook as decision tables: plain rows, the scope and all definitions in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brightline.exchange.dmn import feel
from brightline.rulebook.boxes import Box, FactKey, both, boxes_of, intersect_boxes
from brightline.rulebook.model import Clause, Fact, Hit, Rulebook, Sop


@dataclass(frozen=True)
class Input:
    """A column: the fact, and the name it has as a variable."""

    key: FactKey
    fact: Fact
    name: str


@dataclass(frozen=True)
class Rule:
    """A row: a box of a clause, as unary tests in the order of the inputs."""

    clause: Clause
    entries: tuple[str, ...]


@dataclass(frozen=True)
class DecisionTable:
    """One SOP. `idle`: clauses that hold nowhere in its scope, which have no row."""

    sop: Sop
    hit: str
    inputs: tuple[Input, ...]
    rules: tuple[Rule, ...]
    order: tuple[str, ...]
    """The ids of the clauses, the one that wins first."""
    idle: tuple[Clause, ...]


def facts_of(rulebook: Rulebook, sop: Sop) -> dict[FactKey, Fact]:
    """The facts that an SOP may test."""
    shared: dict[FactKey, Fact] = {(None, name): fact for name, fact in rulebook.facts.items()}
    return shared | {(sop.sop, name): fact for name, fact in sop.facts.items()}


def names_of(rulebook: Rulebook) -> dict[FactKey, str]:
    """For each fact a name that FEEL takes for a variable, no two alike."""
    taken: set[str] = set()
    found: dict[FactKey, str] = {}
    keys: list[FactKey] = [(None, name) for name in rulebook.facts]
    keys += [(sop.sop, name) for sop in rulebook.sops for name in sop.facts]
    for sop, fact in keys:
        plain = re.sub(r"\W", "_", f"{sop}__{fact}" if sop else fact)
        name, number = plain, 2
        while name in taken:
            name, number = f"{plain}_{number}", number + 1
        taken.add(name)
        found[sop, fact] = name
    return found


def table_of(rulebook: Rulebook, sop: Sop, names: Mapping[FactKey, str]) -> DecisionTable:
    """The table of an SOP. Its rows stand in file order, `otherwise` last."""
    facts = facts_of(rulebook, sop)
    scope = boxes_of(sop.scope, sop, facts)
    rows: list[tuple[Clause, Box]] = []
    idle = []
    for clause in sorted(sop.clauses, key=lambda clause: clause.otherwise):
        own: list[Box] = [{}] if clause.otherwise else boxes_of(clause.when, sop, facts)
        boxes = both(scope, own)
        rows += [(clause, box) for box in boxes]
        if not boxes:
            idle.append(clause)
    tested = {key for _clause, box in rows for key in box}
    keys = [key for key in facts if key in tested]
    rules = tuple(
        Rule(clause, tuple(feel.cell(facts[key], box.get(key)) for key in keys))
        for clause, box in rows
    )
    severity = {name: action.severity for name, action in rulebook.actions.items()}
    ordered = sorted(sop.clauses, key=lambda clause: clause.otherwise)
    if sop.hit is not Hit.FIRST:
        ordered.sort(key=lambda c: (c.otherwise, -severity[c.action]))
    inputs = tuple(Input(key, facts[key], names[key]) for key in keys)
    order = tuple(clause.id for clause in ordered)
    return DecisionTable(
        sop, _hit(sop, [box for _c, box in rows]), inputs, rules, order, tuple(idle)
    )


def _hit(sop: Sop, boxes: Iterable[Box]) -> str:
    """DMN's own word. UNIQUE promises that no two rows meet: where two do, PRIORITY says more."""
    if sop.hit is Hit.FIRST:
        return "FIRST"
    if sop.hit is Hit.MOST_SEVERE:
        return "PRIORITY"
    seen: list[Box] = []
    for box in boxes:
        if any(intersect_boxes(box, other) is not None for other in seen):
            return "PRIORITY"
        seen.append(box)
    return "UNIQUE"
