"""The decision in force on each case: the newest of those that are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.columns import keys_of
from brightline.casestore.kinds import CASES, DECISIONS
from brightline.casestore.store import Store


def case_keys(table: pa.Table) -> pa.Array[Any]:
    """The key of the case that each row is about (`id`, `subject`, `day`), as one text."""
    return keys_of(CASES, table)


def standing(store: Store) -> pa.Table:
    """A row a decided case: the columns of its decision, and `case`, its key."""
    wanted = DECISIONS.schema.names
    batches = list(store.batches("decisions", wanted))
    table = (
        pa.Table.from_batches(batches).select(wanted) if batches else DECISIONS.schema.empty_table()
    )
    in_force: Any = table.column("in_force")
    table = table.filter(pc.fill_null(in_force, True))
    table = table.sort_by([("at", "ascending"), ("decision", "ascending")])
    table = table.append_column("case", case_keys(table))
    coded: Any = table.column("case").combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    last = np.zeros(len(coded.dictionary), np.int64)
    last[coded.indices.to_numpy(zero_copy_only=False)] = np.arange(len(coded))
    places: Any = pa.array(np.sort(last))
    return table.take(places)
