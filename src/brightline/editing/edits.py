"""Changes of a rulebook's YAML file, each of one thing: `parse(edit(text))` has it and no more.

A path names entries by key and items of a list by their id: `("clauses", "EC-1", "points")`. Only
the lines of what is changed are written anew; comments stay, and those that cannot are told.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from brightline.editing.ordering import order_of
from brightline.editing.pieces import (
    MISSING,
    Missing,
    changed_piece,
    comments,
    data_of,
    piece_data,
    same,
    written_entry,
    written_item,
)
from brightline.editing.units import Key, Unit, body, keys_of, render, units_of

Path = tuple[Key, ...]
Change = Callable[[Any], Any]
"""From the value as it was (or `MISSING`) to the new one (or `MISSING`: it goes)."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The new text, and the comments that stood at what is gone."""

    text: str
    lost: tuple[str, ...] = ()


class CannotEdit(ValueError):
    """The thing to change is not there, or the file is written in a way that cannot be followed."""


def set_value(text: str, path: Path, value: Any) -> Edited:
    """The file with another value at a path; `MISSING` takes the entry out."""
    return change_value(text, path, lambda _old: value)


def change_value(text: str, path: Path, change: Change) -> Edited:
    """The same with the value worked out of what it was. Raises `CannotEdit` and `NotYaml`."""
    if not path:
        raise CannotEdit(path)
    root = _ended(units_of(text))
    lost: list[str] = []
    made = render(_change(root, path, path, change, lost))
    _checked(text, made, path, change)
    return Edited(made, tuple(lost))


def move_item(text: str, path: Path, before: Key | None) -> Edited:
    """The item or entry moved to stand before a sibling, or (None) last; its comment goes along."""

    def moved(parent: Unit) -> Unit:
        children = list(parent.children or ())
        one = _wanted(parent, path[-1])
        if before == one.key:
            return parent
        children.remove(one)
        at = children.index(_wanted(parent, before)) if before is not None else len(children)
        children.insert(at, one)
        return replace(parent, children=tuple(children))

    return Edited(render(_within(_ended(units_of(text)), path[:-1], moved)))


def add_item(text: str, path: Path, value: Any, after: Key | None = None) -> Edited:
    """A new item of the list at a path, behind the sibling named or (None) last."""
    root = _ended(units_of(text))
    unit = root.at(*path)
    if unit is None or unit.children is None:
        return change_value(text, path, lambda old: [*(_list(old)), value])

    def added(parent: Unit) -> Unit:
        children = list(parent.children or ())
        dash = children[0].dash if children else _column(parent) + 2
        at = children.index(_wanted(parent, after)) + 1 if after is not None else len(children)
        children.insert(at, Unit("", head=written_item(value, dash), dash=dash))
        return replace(parent, children=tuple(children))

    return Edited(render(_within(root, path, added)))


def remove_item(text: str, path: Path) -> Edited:
    """An item of a list or an entry taken out, with the comment above it."""
    root = _ended(units_of(text))
    unit = root.at(*path)
    if unit is None:
        raise CannotEdit(path)
    parent = root.at(*path[:-1])
    if parent is not None and len(parent.children or ()) == 1 and len(path) > 1:
        return remove_item(text, path[:-1])
    return Edited(render(root.changed(path, lambda _one: None)), tuple(comments(render(unit))))


def value_at(text: str, path: Path) -> Any:
    """The value at a path, `MISSING` where there is none."""
    return _value(data_of(text), path)


def _value(data: Any, path: Sequence[Key]) -> Any:
    for key in path:
        data = _step(data, key)
    return data


def _step(data: Any, key: Key) -> Any:
    if isinstance(data, dict):
        return data.get(key, MISSING)
    if isinstance(data, list):
        place = _place(data, key)
        return data[place] if place is not None else MISSING
    return MISSING


def _place(items: list[Any], key: Key) -> int | None:
    """Where the item of a key stands in a list; keys are as in `units`."""
    keys = keys_of(items)
    return keys.index(key) if key in keys else None


def _change(unit: Unit, path: Path, whole: Path, change: Change, lost: list[str]) -> Unit:
    """The unit with what stands at a path below it changed."""
    child = unit.child(path[0])
    if child is None:
        if unit.is_list:
            raise CannotEdit(whole)
        value = _put(MISSING, path[1:], change)
        return unit if isinstance(value, Missing) else _with_entry(unit, path[0], value, whole)
    if len(path) > 1 and child.children is not None:
        return replace(unit, children=tuple(
            _change(child, path[1:], whole, change, lost) if one is child else one
            for one in unit.children or ()
        ))  # fmt: skip
    old = piece_data(child)
    value = _put(copy.deepcopy(old), path[1:], change)
    if isinstance(value, Missing):
        kept = tuple(one for one in unit.children or () if one is not child)
        lost += comments(render(child))
        return replace(unit, children=kept)
    if same(old, value):
        return unit
    new, gone = changed_piece(child, value)
    lost += gone
    return replace(
        unit, children=tuple(new if one is child else one for one in unit.children or ())
    )


def _put(data: Any, path: Path, change: Change) -> Any:
    """Plain data with the value at a path changed."""
    if not path:
        return change(data)
    if isinstance(data, list):
        place = _place(data, path[0])
        if place is None:
            raise CannotEdit(path)
        value = _put(data[place], path[1:], change)
        rest = data[place + 1 :]
        return [*data[:place], *([] if isinstance(value, Missing) else [value]), *rest]
    if not isinstance(data, (dict, Missing)) or path[0].startswith("#"):
        raise CannotEdit(path)
    known: dict[str, Any] = {} if isinstance(data, Missing) else dict(data)
    value = _put(known.get(path[0], MISSING), path[1:], change)
    if isinstance(value, Missing):
        known.pop(path[0], None)
        return known or MISSING
    known[path[0]] = value
    return known


def _with_entry(unit: Unit, key: Key, value: Any, path: Path) -> Unit:
    """The mapping with a new entry, at the place where such files have it."""
    children = list(unit.children or ())
    head = written_entry(key, value, _column(children[0]) if children else _column(unit) + 2)
    order = order_of(path[: len(path) - 1] if path[-1] == key else path[: path.index(key)])
    at = len(children)
    if key in order:
        before = set(order[: order.index(key)])
        known = [n for n, one in enumerate(children) if one.key in before]
        at = known[-1] + 1 if known else 0
    new = Unit(key, head=head)
    if at == 0 and children and unit.dash >= 0:
        raise CannotEdit(path)
    children.insert(at, new)
    return replace(unit, children=tuple(children))


def _column(unit: Unit) -> int:
    text = body(unit)
    return len(text) - len(text.lstrip(" ")) if text.strip() else 0


def _within(root: Unit, path: Path, change: Callable[[Unit], Unit]) -> Unit:
    try:
        return root.changed(path, change) if path else change(root)
    except KeyError:
        raise CannotEdit(path) from None


def _wanted(parent: Unit, key: Key | None) -> Unit:
    one = parent.child(key) if key is not None else None
    if one is None:
        raise CannotEdit((key,))
    return one


def _ended(root: Unit) -> Unit:
    """The tree with an end to its last line, so that something can stand behind it."""
    if render(root).endswith("\n") or not root.children:
        return root
    return units_of(render(root) + "\n")


def _list(value: Any) -> list[Any]:
    return [] if isinstance(value, Missing) else value if isinstance(value, list) else [value]


def _checked(before: str, after: str, path: Path, change: Change) -> None:
    """Raise `CannotEdit` where the new file says anything else than was asked for."""
    if data_of(after) != _put(data_of(before), path, change):
        raise CannotEdit(path)
