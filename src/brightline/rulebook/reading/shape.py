"""Whether a file has the keys and kinds of values that the models ask for, in plain words.

Pydantic checks; each of its errors becomes one problem at one token.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from typing import Any

from pydantic import BaseModel, ValidationError

from brightline.i18n import _
from brightline.rulebook.model import Text
from brightline.rulebook.nodes import (
    MOST_PROBLEMS,
    Broken,
    Document,
    Mapping,
    Node,
    Path,
    Scalar,
    Sequence,
    find,
    handle,
    shortened,
)
from brightline.rulebook.reading.values import explained
from brightline.rulebook.shapes import is_model, keys_of, type_at

MOST_NAMES = 2000
"""Among more names than this none is looked for that might be meant."""
Free = bool | AnyMapping[str, Any]
"""Where plain numbers are numbers (`True`) and not text: a tree of keys, `*` for any."""

RULEBOOK_NUMBERS: Free = {"impossible": True, "facts": {"*": {"from": True}}}
SOP_NUMBERS: Free = {
    "scope": True,
    "definitions": True,
    "impossible": True,
    "facts": {"*": {"from": True}},
    "clauses": {"*": {"when": True}},
    "examples": {"*": {"facts": True}},
}


def plain(node: Node, free: Free = False) -> Any:
    """The node as Python data; what is broken stands in as an object that no model takes."""
    if isinstance(node, Scalar):
        return node.resolved() if free is True else node.text
    if isinstance(node, Mapping):
        return {name: plain(child, _below(free, name)) for name, child in node.entries.items()}
    if isinstance(node, Sequence):
        below = _below(free, "*")
        return [plain(child, below) for child in node.items]
    return node


def _below(free: Free, step: str) -> Free:
    if isinstance(free, bool):
        return free
    return free.get(step, free.get("*", False))  # type: ignore[no-any-return]


def shaped(document: Document, node: Node, model: type[BaseModel], free: Free = False) -> Any:
    """The value that a node gives, or None after reporting why it gives none."""
    try:
        return model.model_validate(plain(node, free), by_alias=True, by_name=False)
    except ValidationError as error:
        _report(document, node, model, error)
        return None


def quietly(node: Node, model: type[BaseModel], free: Free = False) -> Any:
    """The value that a node gives, or None; nothing is reported."""
    try:
        return model.model_validate(plain(node, free), by_alias=True, by_name=False)
    except ValidationError:
        return None


def _report(document: Document, root: Node, annotation: Any, error: ValidationError) -> None:
    errors = error.errors(include_url=False, include_context=True, include_input=False)
    unknown = {e["loc"] for e in errors if e["type"] == "extra_forbidden"}
    meant: set[Path] = set()
    lacking = {e["loc"][:-1] for e in errors if e["type"] == "missing"}
    for path in [path for path in unknown if path[:-1] in lacking][:MOST_PROBLEMS]:
        close = _close(str(path[-1]), _keys(annotation, path[:-1], find(root, path[:-1])))
        if close is not None:
            meant.add((*path[:-1], close))
    told: set[Path] = set()
    for one in errors:
        loc: Path = one["loc"]
        if loc and loc[-1] == "[key]":
            _report_key(document, find(root, loc[:-1]), annotation, loc[:-1])
            continue
        if one["type"] == "missing":
            if loc not in meant:
                _report_missing(document, find(root, loc[:-1]), str(loc[-1]))
            continue
        node = find(root, loc)
        while node is None and loc:  # a tagged union puts the tag behind the place
            loc = loc[:-1]
            node = find(root, loc)
        if node is None or isinstance(node, Broken) or loc in told:
            continue
        told.add(loc)
        if one["type"] == "extra_forbidden":
            _report_unknown(document, node, _keys(annotation, loc[:-1], find(root, loc[:-1])))
            continue
        words = explained(one["type"], one.get("ctx", {}), node, type_at(annotation, loc))
        if words is not None:
            document.report(words.code, node, words.message, words.hint)


def _keys(annotation: Any, path: Path, parent: Node | None) -> list[str]:
    """Keys that may still be written in the mapping at a path."""
    model = type_at(annotation, path)
    given = parent.entries if isinstance(parent, Mapping) else {}
    return [key for key in keys_of(model) if key not in given] if is_model(model) else []


def _report_key(document: Document, node: Node | None, annotation: Any, path: Path) -> None:
    if node is None or isinstance(node, Broken) or node.key is None:
        return
    if type_at(annotation, path[:-1]) == Text:
        return  # languages are looked at by `texts`
    document.report(
        "BL-206",
        node.key,
        _("{name} is no id").format(name=shortened(node.key.text)),
        _("an id has letters a to z, digits, _ and -, starts with a letter, 80 at most"),
    )


def _report_missing(document: Document, parent: Node | None, name: str) -> None:
    if parent is None:
        return
    at = handle(parent)
    where = at.text if at is parent.key and isinstance(at, Scalar) else None
    document.report(
        "BL-202",
        at,
        _("{name} is missing in {place}").format(name=name, place=shortened(where))
        if where
        else _("{name} is missing here").format(name=name),
        _("add the line {name}: …").format(name=name),
    )


def _report_unknown(document: Document, node: Node, known: list[str]) -> None:
    assert node.key is not None
    document.report(
        "BL-201",
        node.key,
        _("{name} is no key that can stand here").format(name=shortened(node.key.text)),
        did_you_mean(node.key.text, known),
    )


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint with the nearest name, else with all of them (the first few of many)."""
    names = list(known)
    close = _close(word, names)
    if close is not None:
        return _("did you mean {name}?").format(name=close)
    if not names:
        return None
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return _("known here: {names}").format(names=shown)


def _close(word: str, names: Iterable[str]) -> str | None:
    """The name nearest to a word, if any is near (long words are cut: the search is quadratic)."""
    found = difflib.get_close_matches(word[:80], list(names)[:MOST_NAMES], n=1, cutoff=0.6)
    return found[0] if found else None
