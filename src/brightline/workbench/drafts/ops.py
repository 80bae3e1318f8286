"""The changes that the form sends, each by its name: from arguments to an edit of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from brightline.editing import clauses
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
from brightline.rulebook.model import IDENTIFIER

Args = Mapping[str, Any]
_DEEPEST, _LONGEST = 6, 20_000


class BadOp(ValueError):
    """The page sent something that is no change: an unknown name, or arguments that do not fit."""


def applied(text: str, name: str, args: Args) -> Edited:
    """The text with one change. Raises `BadOp`, `CannotEdit`, `NotYaml`."""
    if name not in OPS:
        raise BadOp(name)
    try:
        return OPS[name](text, args)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise BadOp(f"{name}: {error}") from None


def _test(text: str, args: Args) -> Edited:
    clause, row, fact = str(args["clause"]), _count(args["row"]), str(args["fact"])
    test = MISSING if args["test"] is None else _data(args["test"])
    if fact.startswith("is "):
        return _term(text, clause, row, fact[3:], args["test"])
    return clauses.set_test(text, clause, row, _id(fact), test)


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
            terms.append(_id(term))
        if terms or old:
            test: Any = terms[0] if len(terms) == 1 else terms or MISSING
            again = clauses.set_test(edited.text, clause, row, word, test)
            edited = Edited(again.text, edited.lost + again.lost)
    return edited


def _text(text: str, args: Args) -> Edited:
    path = _path(args["path"])
    said = args["text"]
    if not isinstance(said, str) or len(said) > _LONGEST:
        raise BadOp("text")
    said = said.replace("\r\n", "\n")
    return set_value(text, path, said if said.strip() else MISSING)


def _value(text: str, args: Args) -> Edited:
    path, value = _path(args["path"]), args["value"]
    return set_value(text, path, MISSING if value in (None, "", []) else _data(value))


def _add_clause(text: str, args: Args) -> Edited:
    after = args.get("after") or None
    like = clauses.free_id(text, after or "")
    clause: dict[str, Any] = {"id": like, "title": _texts(args["title"])}
    if args.get("copy"):
        old = value_at(text, ("clauses", str(after)))
        clause = {**old, "id": like}
        clause.pop("was", None)
    else:
        clause["action"] = _id(str(args["action"]))
    return clauses.add_clause(text, clause, after)


def _example(text: str, args: Args) -> Edited:
    taken = value_at(text, ("examples",))
    ids = {one.get("id") for one in taken} if isinstance(taken, list) else set()
    number = 1
    while f"ex-{number}" in ids:
        number += 1
    facts = {_id(str(name)): _data(value) for name, value in dict(args["facts"]).items()}
    example = {"id": f"ex-{number}", "facts": facts, "expect": _id(str(args["expect"])),
               "text": _texts(args["text"])}  # fmt: skip
    return add_item(text, ("examples",), example)


def _add_fact(text: str, args: Args) -> Edited:
    name, kind = _id(str(args["name"])), str(args["kind"])
    if kind not in ("yes_no", "choice", "number"):
        raise BadOp(kind)
    if not isinstance(value_at(text, ("facts", name)), Missing):
        raise CannotEdit(("facts", name))
    fact: dict[str, Any] = {
        "kind": kind,
        "title": _texts(args["title"]),
        "ask": _texts(args["ask"]),
    }
    if kind == "choice":
        fact["options"] = {_id(str(k)): _texts(v) for k, v in dict(args["options"]).items()}
    return set_value(text, ("facts", name), fact)


def _accept(text: str, args: Args) -> Edited:
    entry: dict[str, Any] = {"finding": str(args["finding"])}
    if args.get("at"):
        entry["at"] = _id(str(args["at"]))
    if not re.fullmatch(r"BL-\d{3}", entry["finding"]) or not re.fullmatch(
        r"[0-9a-f]{8}", str(args["of"])
    ):
        raise BadOp("accept")
    if not any(str(said).strip() for said in dict(args["reason"]).values()):
        raise BadOp("reason")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(args["date"])):
        raise BadOp("date")
    entry |= {"of": str(args["of"]), "date": str(args["date"]), "reason": _texts(args["reason"])}

    def with_it(old: Any) -> list[Any]:
        kept = [] if isinstance(old, Missing) else old if isinstance(old, list) else [old]
        same = (entry["finding"], entry.get("at"))
        return [*(one for one in kept if (one.get("finding"), one.get("at")) != same), entry]

    return change_value(text, ("accept",), with_it)


OPS: dict[str, Callable[[str, Args], Edited]] = {
    "accept": _accept,
    "add_clause": _add_clause,
    "add_example": _example,
    "add_fact": _add_fact,
    "add_row": lambda text, a: clauses.add_row(
        text, str(a["clause"]), _id(a["fact"]), _data(a["test"])
    ),
    "move_clause": lambda text, a: clauses.move_clause(text, str(a["clause"]), a["before"] or None),
    "move_fact": lambda text, a: move_item(text, ("facts", str(a["fact"])), a["before"] or None),
    "otherwise": lambda text, a: clauses.set_otherwise(text, str(a["clause"])),
    "remove_clause": lambda text, a: clauses.remove_clause(text, str(a["clause"])),
    "remove_example": lambda text, a: remove_item(text, ("examples", str(a["example"]))),
    "remove_fact": lambda text, a: remove_item(text, ("facts", str(a["fact"]))),
    "remove_row": lambda text, a: clauses.remove_row(text, str(a["clause"]), _count(a["row"])),
    "test": _test,
    "text": _text,
    "value": _value,
}
"""Every change by its name."""


def _id(name: str) -> str:
    if not re.fullmatch(IDENTIFIER, name):
        raise BadOp(name)
    return name


def _path(path: Any) -> tuple[str, ...]:
    if not isinstance(path, list) or not 0 < len(path) <= 8:
        raise BadOp("path")
    if not all(isinstance(key, str) and 0 < len(key) <= 80 for key in path):
        raise BadOp("path")
    return tuple(path)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 50:
        raise BadOp("row")
    return value


def _texts(value: Any) -> dict[str, str]:
    found = {str(k): str(v).strip()[:_LONGEST] for k, v in dict(value).items()}
    return {code: text for code, text in found.items() if text} or {"vi": "…"}


def _data(value: Any, depth: int = 0) -> Any:
    """Plain data of the page as a file may hold it. Raises `BadOp`."""
    if depth > _DEEPEST:
        raise BadOp("data")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    if isinstance(value, (int, float)) and abs(value) < 1e16:
        return value
    if isinstance(value, list) and len(value) <= 500:
        return [_data(one, depth + 1) for one in value]
    if isinstance(value, dict) and len(value) <= 200:
        return {str(key)[:80]: _data(one, depth + 1) for key, one in value.items()}
    raise BadOp("data")


__all__ = ["OPS", "BadOp", "CannotEdit", "NotYaml", "applied"]
