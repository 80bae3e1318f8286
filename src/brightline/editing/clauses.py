"""The changes that a person makes in the table of an SOP, one function each."""

from __future__ import annotations

from typing import Any

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
from brightline.editing.units import units_of

Test = Any
"""A unary test as a file writes it; `MISSING`: the fact is not tested."""


def set_test(text: str, clause: str, row: int, fact: str, test: Test) -> Edited:
    """Test a fact in one of a clause's alternatives (0 is the first), or no longer test it.

    A clause that was `otherwise` is one with conditions then. One that loses its last test has
    none: it is for the author to say whether it then holds for every other case.
    """
    path = ("clauses", clause, "when")
    edited = change_value(text, path, lambda old: _when(old, row, fact, test))
    if isinstance(value_at(edited.text, path), Missing):
        return edited
    again = set_value(edited.text, ("clauses", clause, "otherwise"), MISSING)
    return Edited(again.text, edited.lost + again.lost)


def set_otherwise(text: str, clause: str) -> Edited:
    """The clause holds for every case that no other one meets."""
    edited = set_value(text, ("clauses", clause, "when"), MISSING)
    again = set_value(edited.text, ("clauses", clause, "otherwise"), "yes")
    return Edited(again.text, edited.lost + again.lost)


def _when(old: Any, row: int, fact: str, test: Test) -> Any:
    rows = [dict(one) for one in _rows(old)]
    while len(rows) <= row:
        rows.append({})
    if isinstance(test, Missing):
        rows[row].pop(fact, None)
    else:
        rows[row][fact] = test
    return _written(rows)


def add_row(text: str, clause: str, fact: str, test: Test) -> Edited:
    """Another alternative of a clause: it holds as well where this test does."""
    count = len(_rows(value_at(text, ("clauses", clause, "when"))))
    return set_test(text, clause, count, fact, test)


def remove_row(text: str, clause: str, row: int) -> Edited:
    """One alternative of a clause less; the last one stays. Raises `CannotEdit`."""

    def fewer(old: Any) -> Any:
        rows = _rows(old)
        if len(rows) < 2 or not 0 <= row < len(rows):
            raise CannotEdit(("clauses", clause, "when"))
        return _written([one for number, one in enumerate(rows) if number != row])

    return change_value(text, ("clauses", clause, "when"), fewer)


def _rows(old: Any) -> list[dict[str, Any]]:
    if isinstance(old, Missing):
        return []
    return old if isinstance(old, list) else [old]


def _written(rows: list[dict[str, Any]]) -> Any:
    kept = [row for row in rows if row]
    return MISSING if not kept else kept[0] if len(kept) == 1 else kept


def move_clause(text: str, clause: str, before: str | None) -> Edited:
    """A clause moved to stand before another, or (None) last."""
    return move_item(text, ("clauses", clause), before)


def add_clause(text: str, clause: dict[str, Any], after: str | None = None) -> Edited:
    """A new clause, behind another or last. Raises `CannotEdit` where its id is taken."""
    taken = _keys(text)
    if clause.get("id") in taken:
        raise CannotEdit(("clauses", str(clause.get("id"))))
    return add_item(text, ("clauses",), clause, after)


def remove_clause(text: str, clause: str) -> Edited:
    """A clause less; the last one stays. Raises `CannotEdit`."""
    if len(_keys(text)) < 2:
        raise CannotEdit(("clauses", clause))
    return remove_item(text, ("clauses", clause))


def free_id(text: str, like: str = "") -> str:
    """An id for a new clause, numbered as the others are: `EC-6` after `EC-5`."""
    taken = _keys(text)
    stem, _dash, number = (like or next(iter(taken), "C-0")).rpartition("-")
    count = int(number) if number.isdigit() else 0
    while f"{stem or 'C'}-{count}" in taken or not count:
        count += 1
    return f"{stem or 'C'}-{count}"


def _keys(text: str) -> list[str]:
    unit = units_of(text).at("clauses")
    return unit.keys() if unit is not None else []
