"""The cases of a store that keeps no texts, column by column, as `parquet_cases` reads files.

It gives what `screening.stored_cases` gives row by row: facts that a version knows, the day, and
what a person decided. Where texts are kept there is something to read anew or to group by in them,
and the slower reader does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.grouping import By
from brightline.backtesting.parquet_cases import Other, coded_cases
from brightline.casestore.columns import fields_in
from brightline.casestore.errors import UnusableStore
from brightline.casestore.files import StoredFile
from brightline.casestore.standing import case_keys
from brightline.casestore.store import Store
from brightline.rulebook.model import Rulebook
from brightline.screening.days import TIME_ATTRIBUTE
from brightline.screening.one import names_of_facts
from brightline.screening.stored_cases import HUMAN_ACTION, decided_by_people

_KEY = ("id", "subject", "day")


def read_store(
    path: Path, old: Rulebook, new: Rulebook, by: By | None = None
) -> list[CodedCases] | None:
    """The cases of a store, one `CodedCases` a subject; None: read them row by row."""
    try:
        columns = _Columns(Store(path), (old, new))
        return coded_cases(columns, old, new, by or By())
    except (Other, pa.ArrowException, UnusableStore, OSError, ValueError):
        return None  # what is wrong, the other reader says


class _Columns:
    """The files of a store as one, read a column at a time. Raises `Other` where texts are kept."""

    def __init__(self, store: Store, books: tuple[Rulebook, Rulebook]) -> None:
        self._store = store
        self._files = [file.path for file in store.manifest.of("cases")]
        self.rows = store.rows()
        known = {n for book in books for s in book.subjects for n in names_of_facts(book, s)}
        kept: dict[str, Any] = {}
        for path in self._files:
            with StoredFile(store.root, path) as file:
                if file.known("attributes"):
                    raise Other("attributes")
                for name, kind in fields_in(file.schema, "facts").items():
                    if name in known and kept.setdefault(name, kind) != kind:
                        raise Other(name)  # text here, a number there
        self._human = decided_by_people(store)
        self.columns = {"id": "id", "subject": "subject", TIME_ATTRIBUTE: "day"}
        if self._human is not None:
            self.columns[HUMAN_ACTION] = HUMAN_ACTION
        self.columns |= {name: f"facts.{name}" for name in sorted(kept)}

    def inside(self, name: str) -> bool:
        """Whether it is a fact."""
        return self.columns[name].startswith("facts.")

    def column(self, name: str) -> pa.ChunkedArray[Any]:
        """A column of all files."""
        if name == HUMAN_ACTION and self._human is not None:
            keys, actions = self._human
            taken = [
                actions.take(pc.index_in(case_keys(pa.Table.from_batches([b])), value_set=keys))
                for b in self._batches(_KEY)
            ]
            return pa.chunked_array(taken, pa.string())
        if not self.inside(name):
            return pa.chunked_array([b.column(0) for b in self._batches((self.columns[name],))])
        parts = []
        for path in self._files:
            with StoredFile(self._store.root, path) as file:
                if name in fields_in(file.schema, "facts"):
                    batches = file.batches([self.columns[name]])
                    parts += [pc.struct_field(batch.column(0), [0]) for batch in batches]
                else:
                    parts.append(pa.nulls(file.rows))
        found = [pa.table({name: part}) for part in parts]
        return pa.concat_tables(found, promote_options="permissive").column(0)

    def _batches(self, names: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        for path in self._files:
            with StoredFile(self._store.root, path) as file:
                yield from file.batches(names)
