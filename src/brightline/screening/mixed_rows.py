"""Cases in which an attribute is of one type here and of another there.

Prices typed by hand come as 199000 in one row and as "199k" in the next. Rows of equal types are
read together; only what no array holds (an object, a list of all sorts) is read one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from brightline.screening.object_rows import array_of
from brightline.screening.rows import MixedTypes
from brightline.signals.columns import DECIDES, NOT_TOLD, SUGGESTS, Column, of_values

if TYPE_CHECKING:
    from brightline.rulebook.model import Fact
    from brightline.signals.supplying import Supplier

_TRUST = {"decides": DECIDES, "suggests": SUGGESTS}


def told_apart(
    supplier: Supplier, values: Mapping[str, Sequence[Any]], count: int
) -> dict[str, Column]:
    """What signals tell of `count` cases: fact → column. `values` is attribute → value a case."""
    by_types: dict[tuple[type, ...], list[int]] = {}
    for row in range(count):
        types = tuple(of[row].__class__ for of in values.values())
        by_types.setdefault(types, []).append(row)
    found: dict[str, Column] = {}
    for at in by_types.values():
        own = {name: [of[row] for row in at] for name, of in values.items()}
        for name, column in _told(supplier, own, len(at)).items():
            whole = found.get(name) or _nothing(column, count)
            _put(whole, column, at)
            found[name] = whole
    return found


def _told(supplier: Supplier, values: Mapping[str, list[Any]], count: int) -> dict[str, Column]:
    try:
        arrays = {name: array_of(of) for name, of in values.items()}
    except MixedTypes:
        return _one_by_one(supplier, values, count)
    present = {name: array for name, array in arrays.items() if array is not None}
    return supplier.supply_columns(present, count)


def _one_by_one(
    supplier: Supplier, values: Mapping[str, list[Any]], count: int
) -> dict[str, Column]:
    readings = [
        supplier.supply({name: of[row] for name, of in values.items()}) for row in range(count)
    ]

    def column(name: str, fact: Fact) -> Column:
        own = [reading[name] for reading in readings]
        trust = [NOT_TOLD if r.value is None else _TRUST[r.trust] for r in own]
        entries = np.zeros(count, np.int8)  # nobody asks which entry told
        return of_values(fact, [r.value for r in own]).told(entries, np.array(trust, np.int8))

    return {name: column(name, fact) for name, fact in supplier.facts.items()}


def _nothing(like: Column, count: int) -> Column:
    """A column of `count` values of the same kind, to be filled."""
    if like.codes is not None:
        made = Column(like.options, codes=np.empty(count, np.int16))
    else:
        made = Column(numbers=np.empty(count), valid=np.empty(count, np.bool_))
    return made.told(np.empty(count, np.int8), np.empty(count, np.int8))


def _put(whole: Column, part: Column, at: Sequence[int]) -> None:
    for name in ("codes", "numbers", "valid", "entry", "trust"):
        into, own = getattr(whole, name), getattr(part, name)
        if into is not None:
            into[np.asarray(at)] = own
