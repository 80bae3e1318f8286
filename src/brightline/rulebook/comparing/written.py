"""What two versions write differently, part by part: texts, examples, costs, law, word lists.

What the parts *decide* is compared elsewhere (`regions`); here a changed word is a change. Parts
are matched by their ids, or by `was` where they were renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brightline.rulebook.canonical import form
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Fact, Part, Rulebook, Sop

LOGIC = frozenset({"when", "action", "points", "otherwise", "scope", "definitions", "impossible",
                   "hit", "cannot_tell"})  # fmt: skip
"""Fields that decide: what a change of them comes to is told by the cases it touches."""


@dataclass(frozen=True)
class Edit:
    """One thing that is written differently.

    `sop` is the newer id of the SOP, None for what all SOPs share. `kind` and `name` say which part
    (`clause`, `EC-2`), `field` what of it; an empty field means the part as a whole. `before` is
    None where it is new, `after` where it is gone; both are JSON data of the canonical form.
    """

    sop: str | None
    kind: str
    name: str
    field: str
    before: Any
    after: Any


def edits(old: Rulebook, new: Rulebook, renames: Renames) -> Iterator[Edit]:
    """Every edit, SOP by SOP, in the order of the newer version; shared parts come last."""
    before = {renames.sop_now(sop.sop) or f"\0{sop.sop}": sop for sop in old.sops}
    for sop in new.sops:
        was = before.pop(sop.sop, None)
        if was is None:
            yield Edit(sop.sop, "sop", sop.sop, "", None, form(sop))
        else:
            yield from _of_sop(was, sop, renames)
    for sop in before.values():
        yield Edit(sop.sop, "sop", sop.sop, "", form(sop), None)
    yield from _of_shared(old, new)


def _of_sop(old: Sop, new: Sop, renames: Renames) -> Iterator[Edit]:
    name = new.sop
    parts = ("clauses", "facts", "examples", "definitions", "accept")
    yield from _fields(name, "sop", name, form(old), form(new), leave=parts)
    then = {key: (fact, renames.fact_now((old.sop, key))[1]) for key, fact in old.facts.items()}
    yield from _facts(name, {now: fact for fact, now in then.values()}, new.facts)
    clauses = {
        renames.clause_now(old.sop, clause.id) or f"\0{clause.id}": clause for clause in old.clauses
    }
    yield from _parts(name, "clause", clauses, {clause.id: clause for clause in new.clauses})
    if [key for key in clauses if not key.startswith("\0")] != [
        clause.id for clause in new.clauses if clause.id in clauses
    ]:
        order = [clause.id for clause in old.clauses], [clause.id for clause in new.clauses]
        yield Edit(name, "sop", name, "order", *order)
    yield from _mapping(
        name, "definition", dict(old.definitions), dict(new.definitions), field="definitions"
    )
    yield from _parts(
        name,
        "example",
        {example.id: example for example in old.examples},
        {example.id: example for example in new.examples},
    )


def _of_shared(old: Rulebook, new: Rulebook) -> Iterator[Edit]:
    leave = ("sops", "lexicons", "law", "facts", "actions", "accept")
    yield from _fields(None, "rulebook", new.rulebook, _head(old), _head(new), leave=leave)
    yield from _parts(None, "action", old.actions, new.actions)
    yield from _facts(None, old.facts, new.facts)
    yield from _parts(None, "law", old.law, new.law)
    for name in dict.fromkeys((*new.lexicons, *old.lexicons)):
        before = {term.term for term in old.lexicons.get(name, ())}
        after = {term.term for term in new.lexicons.get(name, ())}
        gone = [term.term for term in old.lexicons.get(name, ()) if term.term not in after]
        added = [term.term for term in new.lexicons.get(name, ()) if term.term not in before]
        if gone or added:
            yield Edit(None, "list", name, "terms", gone or None, added or None)
        elif old.lexicons.get(name) != new.lexicons.get(name):
            yield Edit(None, "list", name, "kinds", [], [])


def _head(rulebook: Rulebook) -> dict[str, Any]:
    """What rulebook.yaml says, but for its largest parts."""
    bare = rulebook.model_copy(update={"sops": (), "lexicons": {}, "law": {}, "facts": {}})
    whole: dict[str, Any] = form(bare)
    return whole


def _facts(sop: str | None, old: Mapping[str, Fact], new: Mapping[str, Fact]) -> Iterator[Edit]:
    yield from _parts(sop, "fact", old, new)


def _parts(
    sop: str | None, kind: str, old: Mapping[str, Part], new: Mapping[str, Part]
) -> Iterator[Edit]:
    """Parts with ids: what is new, changed, gone."""
    for name, part in new.items():
        was = old.get(name)
        if was is None:
            yield Edit(sop, kind, name, "", None, form(part))
        else:
            yield from _fields(sop, kind, name, form(was), form(part))
    for name, part in old.items():
        if name not in new:
            yield Edit(sop, kind, name.lstrip("\0"), "", form(part), None)


def _fields(
    sop: str | None,
    kind: str,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    leave: Sequence[str] = (),
) -> Iterator[Edit]:
    """The fields of one part that differ, `was` apart."""
    for field in dict.fromkeys((*new, *old)):
        if field not in leave and field != "was" and old.get(field) != new.get(field):
            yield Edit(sop, kind, name, field, old.get(field), new.get(field))


def _mapping(
    sop: str, kind: str, old: Mapping[str, Any], new: Mapping[str, Any], field: str
) -> Iterator[Edit]:
    """Plain values by name."""
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            yield Edit(sop, kind, name, field, old.get(name), new.get(name))
