"""The mark of a finding: a fingerprint of all that it names, so that acceptance can expire.

A clause is taken with the definitions it uses; an SOP with all that decides in it, but not its
texts; anything else as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from brightline.rulebook.canonical import form
from brightline.rulebook.laws.names import terms_in
from brightline.rulebook.laws.occasion import About
from brightline.rulebook.model import Condition, Rulebook, Sop

LENGTH = 8
_DECIDING = ("scope", "definitions", "facts", "impossible", "hit", "cannot_tell", "from", "until")
_OF_A_FACT = ("kind", "options", "min", "max", "unit")
_OF_A_CLAUSE = ("id", "when", "otherwise", "action", "points", "from", "until")


def mark(rulebook: Rulebook, sop: Sop | None, about: Sequence[About]) -> str:
    """Eight hexadecimal digits; ids of facts, clauses and definitions are those of the SOP."""
    parts = [[kind, name, _part(rulebook, sop, kind, name)] for kind, name in about]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:LENGTH]


def _part(rulebook: Rulebook, sop: Sop | None, kind: str, name: str) -> Any:
    if kind == "sop":
        return _deciding(rulebook.sop_named(name))
    if kind == "fact":
        facts = sop.facts if sop is not None and name in sop.facts else rulebook.facts
        return form(facts[name])
    if kind == "action":
        return form(rulebook.actions[name])
    if kind == "law":
        return form(rulebook.law[name])
    if kind == "table":
        return form(rulebook.tables[name])
    if kind == "rows":
        return name
    if kind == "list":
        return [form(term) for term in rulebook.lexicons[name]]
    assert sop is not None
    if kind == "definition":
        return _with_definitions(sop, sop.definitions[name], {name})
    other, _slash, bare = name.rpartition("/")
    of = rulebook.sop_named(other) if other else sop
    clause = next(one for one in of.clauses if one.id == bare)
    return [form(clause), _with_definitions(of, clause.when)]


def _with_definitions(sop: Sop, when: Iterable[Condition], seen: set[str] | None = None) -> Any:
    """A condition, and every definition that it leads to."""
    used = set(seen or ())
    waiting = list(when)
    found: list[list[Any]] = [list(waiting)]
    while waiting:
        for name in terms_in(waiting.pop()):
            if name not in used and name in sop.definitions:
                used.add(name)
                found.append([name, *sop.definitions[name]])
                waiting.extend(sop.definitions[name])
    return found


def _deciding(sop: Sop) -> Any:
    whole = form(sop)
    found = {key: whole.get(key) for key in _DECIDING}
    found["facts"] = {
        name: {key: fact.get(key) for key in _OF_A_FACT}
        for name, fact in whole.get("facts", {}).items()
    }
    found["clauses"] = [
        {key: clause.get(key) for key in _OF_A_CLAUSE} for clause in whole["clauses"]
    ]
    return found
