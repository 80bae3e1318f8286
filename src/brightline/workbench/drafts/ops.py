"""The changes that the form sends, each by its name: from arguments to an edit of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from brightline.editing import clauses, steps
from brightline.editing.edits import (
    CannotEdit,
    Edited,
    add_item,
    change_value,
    move_item,
    remove_item,
    set_value,
    value_at,
)
from brightline.editing.pieces import MISSING, Missing
from brightline.editing.units import NotYaml
from brightline.workbench.drafts import ops_register
from brightline.workbench.drafts.op_args import (
    LONGEST,
    BadOp,
    count,
    data,
    identifier,
    path_of,
    texts,
)

Args = Mapping[str, Any]


def applied(text: str, name: str, args: Args) -> Edited:
    """The text with one change. Raises `BadOp`, `CannotEdit`, `NotYaml`."""
    if name not in OPS:
        raise BadOp(name)
    try:
        return OPS[name](text, args)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise BadOp(f"{name}: {error}") from None


def _test(text: str, args: Args) -> Edited:
    clause, row, fact = str(args["clause"]), count(args["row"]), str(args["fact"])
    test = MISSING if args["test"] is None else data(args["test"])
    if fact.startswith("is "):
        return _term(text, clause, row, fact[3:], args["test"])
    return clauses.set_test(text, clause, row, identifier(fact), test)


def _term(text: str, clause: str, row: int, term: str, holds: Any) -> Edited:
    """A defined term that must hold (true), must not (false), or does not matter (None)."""
    path = ("clauses", clause, "when")
    edited = Edited(text)
    for word, wanted in (("is", holds is True), ("is_not", holds is False)):
        when = value_at(edited.text, path)
        rows = when if isinstance(when, list) else [] if isinstance(when, Missing) else [when]
        old = rows[row].get(word, []) if row < len(rows) else []
        terms = [one for one in (old if isinstance(old, list) else [old]) if one != term]
        if wanted:
            terms.append(identifier(term))
        if terms or old:
            test: Any = terms[0] if len(terms) == 1 else terms or MISSING
            again = clauses.set_test(edited.text, clause, row, word, test)
            edited = Edited(again.text, edited.lost + again.lost)
    return edited


def _text(text: str, args: Args) -> Edited:
    path = path_of(args["path"])
    said = args["text"]
    if not isinstance(said, str) or len(said) > LONGEST:
        raise BadOp("text")
    said = said.replace("\r\n", "\n")
    return set_value(text, path, said if said.strip() else MISSING)


def _value(text: str, args: Args) -> Edited:
    path, value = path_of(args["path"]), args["value"]
    return set_value(text, path, MISSING if value in (None, "", []) else data(value))


def _add_clause(text: str, args: Args) -> Edited:
    after = args.get("after") or None
    like = clauses.free_id(text, after or "")
    clause: dict[str, Any] = {"id": like, "title": texts(args["title"])}
    if args.get("copy"):
        old = value_at(text, ("clauses", str(after)))
        clause = {**old, "id": like}
        clause.pop("was", None)
    else:
        clause["action"] = identifier(str(args["action"]))
    return clauses.add_clause(text, clause, after)


def _example(text: str, args: Args) -> Edited:
    taken = value_at(text, ("examples",))
    ids = {one.get("id") for one in taken} if isinstance(taken, list) else set()
    number = 1
    while f"ex-{number}" in ids:
        number += 1
    facts = {identifier(str(name)): data(value) for name, value in dict(args["facts"]).items()}
    example = {"id": f"ex-{number}", "facts": facts, "expect": identifier(str(args["expect"])),
               "text": texts(args["text"])}  # fmt: skip
    return add_item(text, ("examples",), example)


def _add_fact(text: str, args: Args) -> Edited:
    name, kind = identifier(str(args["name"])), str(args["kind"])
    if kind not in ("yes_no", "choice", "number"):
        raise BadOp(kind)
    if not isinstance(value_at(text, ("facts", name)), Missing):
        raise CannotEdit(("facts", name))
    fact: dict[str, Any] = {
        "kind": kind,
        "title": texts(args["title"]),
        "ask": texts(args["ask"]),
    }
    if kind == "choice":
        fact["options"] = {identifier(str(k)): texts(v) for k, v in dict(args["options"]).items()}
    return set_value(text, ("facts", name), fact)


def _add_step(text: str, args: Args) -> Edited:
    step: dict[str, Any] = {"do": texts(args["do"]), "role": identifier(str(args["role"]))}
    if args.get("within"):
        step["within"] = data(args["within"])
    return steps.add_step(text, str(args["clause"]), step)


def _accept(text: str, args: Args) -> Edited:
    entry: dict[str, Any] = {"finding": str(args["finding"])}
    if args.get("at"):
        entry["at"] = identifier(str(args["at"]))
    if not re.fullmatch(r"BL-\d{3}", entry["finding"]) or not re.fullmatch(
        r"[0-9a-f]{8}", str(args["of"])
    ):
        raise BadOp("accept")
    if not any(str(said).strip() for said in dict(args["reason"]).values()):
        raise BadOp("reason")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(args["date"])):
        raise BadOp("date")
    entry |= {"of": str(args["of"]), "date": str(args["date"]), "reason": texts(args["reason"])}

    def with_it(old: Any) -> list[Any]:
        kept = [] if isinstance(old, Missing) else old if isinstance(old, list) else [old]
        same = (entry["finding"], entry.get("at"))
        return [*(one for one in kept if (one.get("finding"), one.get("at")) != same), entry]

    return change_value(text, ("accept",), with_it)


OPS: dict[str, Callable[[str, Args], Edited]] = ops_register.OPS | {
    "accept": _accept,
    "add_clause": _add_clause,
    "add_example": _example,
    "add_fact": _add_fact,
    "add_step": _add_step,
    "add_row": lambda text, a: clauses.add_row(
        text, str(a["clause"]), identifier(a["fact"]), data(a["test"])
    ),
    "move_clause": lambda text, a: clauses.move_clause(text, str(a["clause"]), a["before"] or None),
    "move_fact": lambda text, a: move_item(text, ("facts", str(a["fact"])), a["before"] or None),
    "move_step": lambda text, a: steps.move_step(
        text, str(a["clause"]), count(a["step"]), count(a["to"])
    ),
    "otherwise": lambda text, a: clauses.set_otherwise(text, str(a["clause"])),
    "remove_clause": lambda text, a: clauses.remove_clause(text, str(a["clause"])),
    "remove_example": lambda text, a: remove_item(text, ("examples", str(a["example"]))),
    "remove_fact": lambda text, a: remove_item(text, ("facts", str(a["fact"]))),
    "remove_row": lambda text, a: clauses.remove_row(text, str(a["clause"]), count(a["row"])),
    "remove_step": lambda text, a: steps.remove_step(text, str(a["clause"]), count(a["step"])),
    "test": _test,
    "text": _text,
    "value": _value,
}
"""Every change by its name."""

__all__ = ["OPS", "BadOp", "CannotEdit", "NotYaml", "applied"]
