"""The changes of the register of law and of the rulebook's settings, each by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from brightline.editing.edits import (
    CannotEdit,
    Edited,
    add_item,
    change_value,
    remove_item,
    set_value,
    value_at,
)
from brightline.editing.pieces import MISSING, Missing
from brightline.editing.units import units_of
from brightline.rulebook.model import RESERVED
from brightline.workbench.drafts.op_args import BadOp, data, identifier, texts

Args = Mapping[str, Any]
SECTIONS = ("actions", "law", "queues", "roles", "teams")
"""What entries can be added to and taken out of."""


def add_entry(text: str, args: Args) -> Edited:
    """A new entry. An instrument begins unverified: nobody has looked at it yet."""
    section, name = _section(args), identifier(str(args["name"]))
    if name in RESERVED or not isinstance(value_at(text, (section, name)), Missing):
        raise CannotEdit((section, name))
    if section in ("teams", "roles"):
        return set_value(text, (section, name), texts(args["title"]))
    entry: dict[str, Any] = {"title": texts(args["title"])}
    if section == "law":
        entry = {"cite": texts(args["cite"]), **entry, "status": "unverified"}
        entry |= {"owner": identifier(str(args["owner"])), "recheck_by": _day(args["recheck_by"])}
    elif section == "actions":
        entry["severity"] = _whole(args["severity"], 0)
        entry |= {"violation": "yes" if args.get("violation") else "no"}
    else:
        entry["sla"] = data(args["sla"])
    return set_value(text, (section, name), entry)


def remove_entry(text: str, args: Args) -> Edited:
    """An entry less."""
    return remove_item(text, (_section(args), str(args["name"])))


def add_rung(text: str, args: Args) -> Edited:
    """Another step of the points ladder, at its place by points."""
    path, at = ("ladder", "steps"), _whole(args["at"], 1)
    steps = value_at(text, path)
    known = [one.get("at") for one in steps] if isinstance(steps, list) else []
    if at in known:
        raise CannotEdit((*path, str(at)))
    step = {"at": at, "title": texts(args["title"])}
    if isinstance(value_at(text, ("ladder",)), Missing):
        return set_value(text, ("ladder",), {"window": "90d", "steps": [step]})
    lower = [one for one in known if isinstance(one, int) and one < at]
    if lower or not known:
        return add_item(text, path, step, str(max(lower)) if lower else None)
    return change_value(text, path, lambda old: [step, *old])


def remove_rung(text: str, args: Args) -> Edited:
    """A step of the ladder less; the last one stays: a ladder has steps. Raises `CannotEdit`."""
    path, at = ("ladder", "steps"), str(args["at"])
    steps = value_at(text, path)
    if not isinstance(steps, list) or len(steps) < 2:
        raise CannotEdit((*path, at))
    if units_of(text).at(*path, at) is not None:
        return remove_item(text, (*path, at))
    return change_value(text, path, lambda old: [one for one in old if str(one.get("at")) != at])


def verify_law(text: str, args: Args) -> Edited:
    """Somebody saw what an instrument says. `by` is the person's name: the server's own word."""
    path = ("law", str(args["name"]))
    if not isinstance(value_at(text, path), dict):
        raise CannotEdit(path)
    on, again, source = _day(args["on"]), _day(args["recheck_by"]), str(args["source"]).strip()
    if on > str(args["today"]) or again <= on or not 8 <= len(source) <= 1000:
        raise BadOp("verify")
    edited = Edited(text)
    for key, value in {"status": "verified", "checked_on": on, "checked_by": str(args["by"])[:120],
                       "source": source, "recheck_by": again}.items():  # fmt: skip
        made = set_value(edited.text, (*path, key), value)
        edited = Edited(made.text, edited.lost + made.lost)
    return edited


def unverify_law(text: str, args: Args) -> Edited:
    """What an instrument says is in doubt: nothing may rest on it until it is verified again."""
    path = ("law", str(args["name"]))
    if not isinstance(value_at(text, path), dict):
        raise CannotEdit(path)
    edited = set_value(text, (*path, "status"), "unverified")
    for key in ("checked_on", "checked_by"):
        made = set_value(edited.text, (*path, key), MISSING)
        edited = Edited(made.text, edited.lost + made.lost)
    return edited


OPS: dict[str, Callable[[str, Args], Edited]] = {
    "add_entry": add_entry,
    "add_rung": add_rung,
    "remove_entry": remove_entry,
    "remove_rung": remove_rung,
    "unverify_law": unverify_law,
    "verify_law": verify_law,
}


def _section(args: Args) -> str:
    if args["section"] not in SECTIONS:
        raise BadOp("section")
    return str(args["section"])


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise BadOp("date") from None


def _whole(value: Any, least: int) -> int:
    try:
        found = int(str(value))
    except ValueError:
        raise BadOp("number") from None
    if not least <= found <= 1000:
        raise BadOp("number")
    return found
