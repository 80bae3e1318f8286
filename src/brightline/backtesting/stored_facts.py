"""The facts of a store's cases as coded columns, one at a time: as they were relied on, no texts.

Nothing is read anew by signals. A fact has the key of its full name; where it is text in one file
and a number in a newer one, what the older files say of it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from brightline.backtesting.coded import FIRST_AT, UNKNOWN_AT, UNTOLD_AT, FactColumn, unsigned
from brightline.casestore.columns import fields_in
from brightline.casestore.files import StoredFile
from brightline.casestore.store import Store
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.model import CANNOT_TELL

_types = pa.types


class StoredFacts:
    """The newest cases of one subject, the newest first.

    Raises `UnusableStore` where the store cannot be read, here and in all it does.
    """

    def __init__(self, store: Store, subject: str, most: int) -> None:
        self._store, self.subject = store, subject
        part = f"cases/subject={subject}/"
        files = [file.path for file in store.manifest.of("cases") if file.path.startswith(part)]
        self._files = sorted(files, key=lambda path: path.rpartition("/")[0])
        self._fields: dict[str, Any] = {}
        for path in self._files:
            with StoredFile(store.root, path) as file:
                self._fields |= fields_in(file.schema, "facts")
        at = self._plain("at")
        known: Any = at.cast(pa.int64())
        moments: Any = pc.fill_null(known, np.iinfo(np.int64).min).to_numpy()
        self.all = len(moments)
        """How many cases of the subject the store has."""
        order = np.argsort(moments, kind="stable")[::-1][:most]
        self._order = order.astype(np.uint32 if self.all < 1 << 32 else np.int64)
        self.rows = len(order)
        self.since, self.until = (self._moment(at, place) for place in (-1, 0))

    def _moment(self, at: pa.ChunkedArray[Any], place: int) -> datetime | None:
        found = at[int(self._order[place])].as_py() if self.rows else None
        return found if isinstance(found, datetime) else None

    def ids(self) -> pa.ChunkedArray[Any]:
        """The cases' ids."""
        ids: Any = self._plain("id")
        parts = np.array_split(self._order, max(1, self.rows >> 17))
        made: pa.ChunkedArray[Any] = pa.chunked_array(
            [_whole(ids.take(pa.array(part))) for part in parts], pa.string()
        )
        return made

    def facts(self) -> Iterator[tuple[FactKey, FactColumn]]:
        """Every fact that some case knows."""
        for name, kind in sorted(self._fields.items()):
            of = self._fact(name, _types.is_string(kind))
            if of is not None:
                place, dot, bare = name.partition(".")
                yield ((place, bare) if dot else (None, name)), of

    def _fact(self, name: str, text: bool) -> FactColumn | None:
        kind = pa.string() if text else pa.float64()
        coded: Any = pa.chunked_array(
            [part for path in self._files for part in self._parts(path, name, kind)], kind
        ).dictionary_encode()
        if coded.null_count == len(coded):
            return None
        coded = coded.unify_dictionaries()
        values = coded.chunks[0].dictionary
        of = np.arange(FIRST_AT, FIRST_AT + len(values) + 1)
        of[-1] = UNKNOWN_AT
        if text:
            untold: Any = pc.equal(values, pa.scalar(CANNOT_TELL))
            of[:-1][untold.to_numpy(zero_copy_only=False)] = UNTOLD_AT
        table = of.astype(unsigned(len(values) + FIRST_AT))
        codes = np.concatenate(
            [
                np.take(table, pc.fill_null(part.indices, len(values)).to_numpy())
                for part in coded.chunks
            ]
        )[self._order]
        if text:
            return FactColumn(codes, tuple(values.to_pylist()))
        return FactColumn(codes, numbers=values.to_numpy())

    def _parts(self, path: str, name: str, wanted: Any) -> Iterator[Any]:
        """One fact in one file; null where the file has none of the kind."""
        with StoredFile(self._store.root, path) as file:
            kind = fields_in(file.schema, "facts").get(name)
            for batch in file.batches([f"facts.{name}"] if kind is not None else ["id"]):
                if kind is None or kind != wanted:
                    yield pa.nulls(batch.num_rows, wanted)
                else:
                    yield pc.struct_field(batch.column(0), [0])

    def _plain(self, name: str) -> pa.ChunkedArray[Any]:
        parts: list[Any] = []
        for path in self._files:
            with StoredFile(self._store.root, path) as file:
                parts += [batch.column(0) for batch in file.batches([name])]
        kind: Any = pa.timestamp("us", "UTC") if name == "at" else pa.string()
        made: pa.ChunkedArray[Any] = pa.chunked_array(parts, kind)
        return made


def _whole(column: Any) -> Any:
    return pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
