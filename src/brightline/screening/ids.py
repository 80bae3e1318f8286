"""The id of every case, as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.i18n import _
from brightline.screening.object_rows import half_characters
from brightline.screening.rows import Rows, Source


def ids_of(rows: Rows, source: Source | None, numbers: Sequence[int]) -> pa.Array[Any]:
    """The ids, one a row; the number of the row where it has none.

    Raises `UnusableCases` where the ids are of a type that is none.
    """
    found = rows.values(source) if source is not None else None
    if found is None:
        return pc.cast(pa.array(numbers, pa.int64()), pa.string())
    for at in half_characters(found):
        rows.reject(at, _("{name} holds half a character").format(name="id"))
        found[at] = None
    return pa.array(
        [_id(value, number) for value, number in zip(found, numbers, strict=True)], pa.string()
    )


def _id(value: object, number: int) -> str:
    if value is None or value == "":
        return str(number)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=True)
