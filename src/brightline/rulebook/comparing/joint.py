"""Two tables over one set of columns, so that a case can be put to both.

A fact, option or SOP that was renamed and says so (`was:`) is one thing in both. A case has every
fact of either version. Compared are cases that both versions can express: an option or a number
that only one of them knows is told as a change of the fact itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from brightline.rulebook.boxes import FactKey
from brightline.rulebook.columns import Column
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Fact
from brightline.rulebook.table import Table
from brightline.rulebook.tests import number_range

Cells = Mapping[int, int]


@dataclass(frozen=True)
class Joint:
    """The columns of both tables, and the rows of each over them (in the order of its table)."""

    columns: tuple[Column, ...]
    old: tuple[Cells, ...]
    new: tuple[Cells, ...]

    @classmethod
    def of(cls, old: Table, new: Table, renames: Renames) -> Joint:
        """Bring two tables together."""
        before = {renames.fact_now(column.key): column for column in old.columns}
        after = {column.key: column for column in new.columns}
        keys = [*after, *(key for key in before if key not in after)]
        columns: list[Column] = []
        places: dict[FactKey, int] = {}
        for key in keys:
            column = _joined(before.get(key), after.get(key), renames)
            if column is not None:
                places[key] = len(columns)
                columns.append(column)
        shared = tuple(columns)
        return cls(
            shared,
            tuple(_recoded(old, shared, places, renames.fact_now, renames)),
            tuple(_recoded(new, shared, places, lambda key: key, None)),
        )


def _joined(old: Column | None, new: Column | None, renames: Renames) -> Column | None:
    """One column for a fact of both versions; None where its kind changed."""
    if old is None or new is None:
        only = new or old
        assert only is not None
        return only
    if old.fact.kind is not new.fact.kind:
        return None
    if new.numeric:
        cuts = tuple(sorted({*old.cuts, *new.cuts}))
        return Column(new.name, new.key, _narrowed(old.fact, new.fact), (), cuts)
    known = {renames.option_now(new.key, option) for option in old.options}
    options = tuple(option for option in new.options if option in known)
    return Column(new.name, new.key, new.fact, options, (), {o: i for i, o in enumerate(options)})


def _narrowed(old: Fact, new: Fact) -> Fact:
    low = max(number_range(old)[0], number_range(new)[0])
    high = min(number_range(old)[1], number_range(new)[1])
    return new.model_copy(update={"min": low, "max": high})


def _recoded(
    table: Table,
    columns: Sequence[Column],
    places: Mapping[FactKey, int],
    now: Callable[[FactKey], FactKey],
    renames: Renames | None,
) -> Iterator[Cells]:
    """The rows of a table over the joint columns. A fact that changed its kind is left out."""
    atoms: dict[int, tuple[int, list[int]]] = {}
    for place, column in enumerate(table.columns):
        key = now(column.key)
        if key in places:
            joint = columns[places[key]]
            atoms[place] = (
                places[key],
                [_atoms(column, atom, joint, renames) for atom in range(column.atoms)],
            )
    for row in table.rows:
        cells = {}
        for place, cell in row.cells.items():
            if place in atoms:
                at, coded = atoms[place]
                cells[at] = sum(bits for atom, bits in enumerate(coded) if cell >> atom & 1)
        yield cells


def _atoms(column: Column, atom: int, joint: Column, renames: Renames | None) -> int:
    """The atoms of a joint column that one atom of a table's column is made of (a bit set)."""
    if column.numeric:
        low, high = column.interval(atom)
        return sum(1 << at for at in range(joint.atoms) if low <= joint.sample(at) < high)
    option = column.options[atom]
    if renames is not None:
        option = renames.option_now(joint.key, option)
    return sum(1 << at for at, name in enumerate(joint.options) if name == option)
