"""The follow-up steps of a clause: added, taken out, put in another order. `#0` is the first."""

from __future__ import annotations

from typing import Any

from brightline.editing.edits import (
    CannotEdit,
    Edited,
    add_item,
    change_value,
    move_item,
    remove_item,
    value_at,
)
from brightline.editing.pieces import MISSING
from brightline.editing.units import units_of

MOST = 20
"""So many steps a clause may have: nobody does more."""


def add_step(text: str, clause: str, step: dict[str, Any]) -> Edited:
    """Another step, behind the others. Raises `CannotEdit` where there are too many."""
    path = _path(text, clause)
    if len(_steps(text, clause)) >= MOST:
        raise CannotEdit(path)
    return add_item(text, path, step)


def remove_step(text: str, clause: str, step: int) -> Edited:
    """A step less; of the last one nothing is left. Raises `CannotEdit` where it is not there."""
    path = _path(text, clause)
    if not 0 <= step < len(_steps(text, clause)):
        raise CannotEdit((*path, f"#{step}"))
    if units_of(text).at(*path, f"#{step}") is not None:
        return remove_item(text, (*path, f"#{step}"))

    def fewer(old: Any) -> Any:
        return [one for number, one in enumerate(old) if number != step] or MISSING

    return change_value(text, path, fewer)


def move_step(text: str, clause: str, step: int, to: int) -> Edited:
    """A step at another place (0 is the first). Raises `CannotEdit` where there is no such."""
    path, count = _path(text, clause), len(_steps(text, clause))
    if not (0 <= step < count and 0 <= to < count):
        raise CannotEdit((*path, f"#{step}"))
    if units_of(text).at(*path, f"#{step}") is not None:
        rest = [number for number in range(count) if number != step]
        before = f"#{rest[to]}" if to < len(rest) else None
        return move_item(text, (*path, f"#{step}"), before)

    def moved(old: Any) -> Any:
        rest = [one for number, one in enumerate(old) if number != step]
        return [*rest[:to], old[step], *rest[to:]]

    return change_value(text, path, moved)


def _path(text: str, clause: str) -> tuple[str, ...]:
    path = ("clauses", clause)
    if not isinstance(value_at(text, path), dict):
        raise CannotEdit(path)
    return (*path, "then")


def _steps(text: str, clause: str) -> list[Any]:
    found = value_at(text, ("clauses", clause, "then"))
    return found if isinstance(found, list) else []
