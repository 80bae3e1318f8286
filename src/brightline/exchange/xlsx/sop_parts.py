"""Rows of a workbook put together as the files of a rulebook have them."""

from __future__ import annotations

import difflib

from brightline.exchange.nodes import put
from brightline.exchange.xlsx.grid import Grid, Row
from brightline.exchange.xlsx.sheets import WHEN
from brightline.i18n import _
from brightline.rulebook.nodes import Mapping, Node, Scalar, Sequence, items, shortened, text_of

Grids = dict[str, Grid]


def by_id(grid: Grid) -> Mapping:
    """The rows by their ids."""
    made = grid.place(1, 1).mapping()
    for row in grid.rows():
        entry(made, row, row.mapping(("id",)))
    return made


def entry(made: Mapping, row: Row, node: Node, key: str = "id") -> None:
    """Puts a row's node under its id, which must be there and new."""
    name = row.key(key)
    if not name.text:
        row.refuse(key, _("the id is missing"), _("give each row an id of its own"))
    elif name.text in made.entries:
        row.refuse(key, _("{name} stands here twice").format(name=shortened(name.text)),
                   _("delete one of the two"))  # fmt: skip
    else:
        put(made, name.text, node, name)


def head_of(grids: Grids) -> Mapping:
    """What rulebook.yaml holds, without the parts that SOPs have too."""
    made = grids["rulebook"].place(2, 1).mapping()
    for row in grids["rulebook"].rows():
        _setting(made, row)
    for section in ("actions", "queues", "teams", "roles", "tables"):
        found = by_id(grids[section])
        if found.entries:
            put(made, section, found)
    put(made, "subjects", subjects_of(grids))
    steps = [row.mapping() for row in grids["ladder"].rows()]
    if steps:
        if "ladder" not in made.entries:
            put(made, "ladder", grids["ladder"].place(2, 1).mapping())
        ladder = made.entries["ladder"]
        if isinstance(ladder, Mapping):
            put(ladder, "steps", grids["ladder"].place(2, 1).sequence(steps))
    return made


def _setting(made: Mapping, row: Row) -> None:
    key, value = row.word("key"), row.node("value")
    if value is None or not key:
        row.refuse("value" if key else "key", _("a value is missing here") if key else _(
            "the id is missing"), _("write one, or delete the row"))  # fmt: skip
        return
    outer, dot, inner = key.partition(".")
    place = row.place("key")
    if key == "languages" and isinstance(value, Scalar):
        codes = [one.strip() for one in value.text.split(",") if one.strip()]
        value = row.place("value").sequence(row.place("value").scalar(code) for code in codes)
    target = made
    if dot:
        if outer not in made.entries:
            put(made, outer, place.mapping(), place.scalar(outer))
        if not isinstance(made.entries[outer], Mapping):
            row.refuse("key", _("{name} stands here twice").format(name=shortened(outer)), None)
            return
        found = made.entries[outer]
        assert isinstance(found, Mapping)
        target, key = found, inner
        outer, dot, inner = inner.partition(".")
        if dot:
            if outer not in target.entries:
                put(target, outer, place.mapping(), place.scalar(outer))
            deeper = target.entries[outer]
            if isinstance(deeper, Mapping):
                target, key = deeper, inner
    if key in target.entries:
        row.refuse("key", _("{name} stands here twice").format(name=shortened(key)), None)
        return
    put(target, key, value, place.scalar(key))


def subjects_of(grids: Grids) -> Mapping:
    """The subjects with their attributes."""
    made = by_id(grids["subjects"])
    for node in made.entries.values():
        if isinstance(node, Mapping):
            put(node, "attributes", grids["attributes"].place(2, 1).mapping())
    for row in grids["attributes"].rows():
        subject = _owner(row, "subject", made.entries)
        if isinstance(subject, Mapping):
            held = subject.entries["attributes"]
            assert isinstance(held, Mapping)
            entry(held, row, row.mapping(("subject", "id")))
    return made


def _owner(row: Row, key: str, known: dict[str, Mapping] | dict[str, Node]) -> Node | None:
    name = row.word(key)
    if name in known:
        return known[name]
    meant = difflib.get_close_matches(name[:80], list(known), n=1)
    row.refuse(
        key,
        _("there is no {name} that this row could belong to").format(name=shortened(name) or "…"),
        _("did you mean {name}?").format(name=meant[0]) if meant else None,
    )
    return None


def add_parts(grids: Grids, head: Mapping, sops: dict[str, Mapping]) -> None:
    """Facts, options, definitions, examples and the like, to the SOP (or to all) they belong to."""

    def of(row: Row) -> Mapping | None:
        if "sop" not in row.cells:
            return head
        found = _owner(row, "sop", sops)
        return found if isinstance(found, Mapping) else None

    for row in grids["facts"].rows():
        if (owner := of(row)) is not None:
            entry(_held(owner, "facts", row), row, row.mapping(("sop", "id")))
    for row in grids["options"].rows():
        if (owner := of(row)) is not None:
            _add_option(row, owner)
    for row in grids["definitions"].rows():
        owner = of(row)
        condition = row.node("condition")
        name = row.key("id")
        if condition is None or not name.text:
            row.refuse("condition" if name.text else "id", _("a value is missing here"), None)
        elif owner is not None:
            held = _held(owner, "definitions", row)
            if name.text not in held.entries:
                put(held, name.text, row.place().sequence(), name)
            found = held.entries[name.text]
            assert isinstance(found, Sequence)
            found.items.append(condition)
    for row in grids["impossible"].rows():
        owner = of(row)
        condition = row.node("condition")
        if owner is not None and condition is not None:
            _listed(owner, "impossible", row, condition)
    for sheet in ("examples", "accept"):
        for row in grids[sheet].rows():
            if (owner := of(row)) is not None:
                _listed(owner, sheet, row, row.mapping(("sop",)))


def _held(owner: Mapping, key: str, row: Row) -> Mapping:
    if key not in owner.entries:
        put(owner, key, row.place().mapping())
    found = owner.entries[key]
    assert isinstance(found, Mapping)
    return found


def _listed(owner: Mapping, key: str, row: Row, node: Node) -> None:
    if key not in owner.entries:
        put(owner, key, row.place().sequence())
    found = owner.entries[key]
    assert isinstance(found, Sequence)
    found.items.append(node)


def _add_option(row: Row, owner: Mapping) -> None:
    facts = owner.entries.get("facts")
    fact = _owner(row, "fact", facts.entries if isinstance(facts, Mapping) else {})
    if not isinstance(fact, Mapping):
        return
    under = row.word("under")
    target: Mapping | None = fact
    if under:
        target = _option_named(fact, under)
        if target is None:
            row.refuse(
                "under",
                _("no option {name} of this fact stands above").format(name=shortened(under)),
                _("write the row of {name} above this one").format(name=shortened(under)),
            )
            return
    assert target is not None
    entry(_held(target, "options", row), row, row.mapping(("sop", "fact", "id", "under")))


def _option_named(fact: Mapping, name: str) -> Mapping | None:
    stack: list[Node] = [fact]
    while stack:
        node = stack.pop()
        options = node.entries.get("options") if isinstance(node, Mapping) else None
        if isinstance(options, Mapping):
            found = options.entries.get(name)
            if isinstance(found, Mapping):
                return found
            stack += options.entries.values()
    return None


def clauses_of(grid: Grid) -> Sequence:
    """The clauses of an SOP. A row without an id is another way for the clause above to hold."""
    made = grid.place(grid.below or 1, 1).sequence()
    last: Mapping | None = None
    for row in grid.rows():
        tests = [key for key in row.cells if key.startswith(WHEN)]
        if "id" in row.cells:
            last = row.mapping(("order",))
            made.items.append(last)
        else:
            more = [key for key in row.cells if key not in (*tests, "order")]
            if last is None or more:
                row.refuse(
                    "id",
                    _("the id of the clause is missing"),
                    _(
                        "a row without an id is another way for the clause above to hold, "
                        "and has nothing but tests"
                    ),
                )
                continue
        if tests:
            if "when" not in last.entries:
                put(
                    last, "when", row.place(tests[0]).sequence(), row.place(tests[0]).scalar("when")
                )
            when = last.entries["when"]
            assert isinstance(when, Sequence)
            when.items.append(_condition(row, tests))
    return made


def _condition(row: Row, tests: list[str]) -> Mapping:
    made = row.place(tests[0]).mapping()
    order = [text_of(one) for one in items(row.node("order"))]
    names = [key.removeprefix(WHEN) for key in tests]
    for name in sorted(names, key=lambda one: order.index(one) if one in order else len(order)):
        node = row.node(WHEN + name)
        if node is not None:
            put(made, name, node, row.place(WHEN + name).scalar(name))
    return made


def add_steps(grid: Grid, sops: dict[str, Mapping]) -> None:
    """Follow-ups to the clauses they follow."""
    for row in grid.rows():
        sop = _owner(row, "sop", sops)
        if not isinstance(sop, Mapping):
            continue
        clauses = {
            text_of(node.get("id")) or "": node
            for node in items(sop.entries.get("clauses"))
            if isinstance(node, Mapping)
        }
        clause = _owner(row, "clause", clauses)
        if isinstance(clause, Mapping):
            _listed(clause, "then", row, row.mapping(("sop", "clause")))
