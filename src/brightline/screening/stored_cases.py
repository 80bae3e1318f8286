"""The cases of a store, chunk by chunk, as a file of cases gives them to whoever reads one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.columns import fields_in
from brightline.casestore.errors import UnusableStore
from brightline.casestore.files import ROW_GROUP, StoredFile
from brightline.casestore.manifest import NAME, Stored
from brightline.casestore.standing import case_keys, standing
from brightline.casestore.store import Store
from brightline.rulebook.model import Rulebook
from brightline.screening.days import TIME_ATTRIBUTE
from brightline.screening.errors import UnusableCases
from brightline.screening.one import names_of_facts
from brightline.screening.reading import CHUNK, Cases, Chunk
from brightline.signals.registry import registry

HUMAN_ACTION = "human_action"
"""The column with what people decided, where they did."""
_SIGNALS_TOO = ("disguised",)
"""What sources of facts begin with besides the names of signals."""


def is_store(path: Path) -> bool:
    """Whether a folder is a store of cases."""
    return (path / NAME).is_file()


def open_cases(path: Path, rulebooks: Sequence[Rulebook], again: bool = True) -> Cases:
    """A file of cases, or the cases of a store, open for reading once; see `StoredCases`.

    Raises `UnusableCases`.
    """
    return StoredCases(path, rulebooks, again) if is_store(path) else Cases(path)


class StoredCases(Cases):
    """The cases of a store, to be read where a file of cases could be. A context manager.

    Only facts are read that one of the rulebooks knows; others are of versions long gone. `again`:
    where the attributes are kept, what signals told is left out, so that the signals of today read
    them anew; else facts are as they were known. A number that a person could not tell is unknown.
    `human_action` is what a person last decided.
    """

    def __init__(self, path: Path, rulebooks: Sequence[Rulebook], again: bool = True) -> None:
        """Open. Raises `UnusableCases` where it cannot be read."""
        self.path, self.format = path, "parquet"
        try:
            self._store = Store(path)
            self._files = self._store.manifest.of("cases")
            schemas = [self._schema(file) for file in self._files]
            self._human = decided_by_people(self._store)
        except UnusableStore as error:
            raise UnusableCases(error.message, error.hint) from None
        self.rows: int | None = sum(file.rows for file in self._files)
        self.size = sum(file.bytes for file in self._files)
        known = {n for book in rulebooks for s in book.subjects for n in names_of_facts(book, s)}
        kept = {name for schema in schemas for name in fields_in(schema, "facts")}
        self._facts = sorted(kept & known)
        self._again = again
        own = {
            name for book in rulebooks for of in book.subjects.values() for name in of.attributes
        }
        self._signals = {*registry().signals, *_SIGNALS_TOO}
        self.columns: tuple[str, ...] = (
            "id", "subject", TIME_ATTRIBUTE, HUMAN_ACTION, "facts",
            *(f"facts.{name}" for name in self._facts),
            "attributes",
            *(f"attributes.{name}" for name in sorted(own)),
        )  # fmt: skip

    def __enter__(self) -> StoredCases:
        return self

    def __exit__(self, *_exception: object) -> None:
        return

    def _schema(self, file: Stored) -> pa.Schema:
        with StoredFile(self._store.root, file.path) as opened:
            return opened.schema

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        """The cases, newest file last. Raises `UnusableCases` where reading cannot go on."""
        del columns  # what is not asked for is not looked at
        first, read = 1, 0
        try:
            for file in self._files:
                with StoredFile(self._store.root, file.path) as opened:
                    done = 0
                    for batch in self._batches(opened):
                        done += batch.num_rows
                        part = file.bytes * done // max(1, file.rows)
                        numbers = range(first, first + batch.num_rows)
                        first += batch.num_rows
                        made = self._made(pa.Table.from_batches([batch]))
                        yield Chunk(numbers, batch=made, bytes_read=read + part)
                read += file.bytes
        except UnusableStore as error:
            raise UnusableCases(error.message, error.hint) from None

    def _batches(self, opened: StoredFile) -> Iterator[pa.RecordBatch]:
        known = fields_in(opened.schema, "facts")
        names = ["id", "subject", "day", "attributes"]
        for fact in self._facts:
            names += [f"{part}.{fact}" for part in ("facts", "sources") if fact in known]
        yield from opened.batches(names, CHUNK if self._again else ROW_GROUP)

    def _made(self, table: pa.Table) -> pa.RecordBatch:
        attributes = _attributes(table, None if self._again else _GROUPED_BY)
        facts = self._known(table, attributes is not None and self._again)
        found: dict[str, Any] = {
            "id": table.column("id").combine_chunks(),
            "subject": table.column("subject").combine_chunks(),
            TIME_ATTRIBUTE: table.column("day").combine_chunks(),
        }
        if self._human is not None:
            keys, actions = self._human
            found[HUMAN_ACTION] = actions.take(pc.index_in(case_keys(table), value_set=keys))
        if facts is not None:
            found["facts"] = facts
        if attributes is not None:
            found["attributes"] = attributes
        return pa.RecordBatch.from_arrays(list(map(_whole, found.values())), names=list(found))

    def _known(self, table: pa.Table, again: bool) -> pa.Array[Any] | None:
        """The facts that are relied on; `again`: without those that signals told."""
        fields = fields_in(table.schema, "facts")
        if not fields:
            return None
        column = _whole(table.column("facts"))
        sources = fields_in(table.schema, "sources")
        told = _whole(table.column("sources")) if sources else None
        made = []
        for name in fields:
            value: Any = pc.struct_field(column, [name])
            if told is not None and name in sources:
                by: Any = pc.struct_field(told, [name])
                if again:
                    value = pc.if_else(self._of_signal(by), pa.scalar(None, value.type), value)
            made.append(value)
        return pa.StructArray.from_arrays(made, names=list(fields))

    def _of_signal(self, sources: pa.Array[Any]) -> pa.Array[Any]:
        """[case] whether a signal told it."""
        coded: Any = sources.dictionary_encode()
        names = coded.dictionary.to_pylist()
        signal = np.array([str(n).partition(":")[0] in self._signals for n in names], np.bool_)
        index = pc.fill_null(coded.indices, 0).to_numpy(zero_copy_only=False)
        found = signal[index] if len(signal) else np.zeros(len(sources), np.bool_)
        told: Any = pc.and_(pa.array(found), pc.is_valid(sources))
        return cast("pa.Array[Any]", told)


_GROUPED_BY = frozenset({"category", "seller_segment", "seller_kind", TIME_ATTRIBUTE})
"""Attributes that cases are grouped by: read even where the signals are not to read again."""


def _attributes(table: pa.Table, only: Collection[str] | None) -> pa.Array[Any] | None:
    """The attributes as a struct; None where none are kept.

    One that is text here and a number there is text in all.
    """
    raw = table.column("attributes")
    if raw.null_count == len(raw):
        return None
    rows = [json.loads(text) if text else {} for text in raw.to_pylist()]
    names = sorted({name for row in rows for name in row if only is None or name in only})
    if not names:
        return None
    made: pa.Array[Any] = pa.StructArray.from_arrays(
        [_array([row.get(n) for row in rows]) for n in names], names
    )
    return made


def _array(values: list[Any]) -> Any:
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError):
        return pa.array([v if v is None or isinstance(v, str) else json.dumps(v) for v in values])


def decided_by_people(store: Store) -> tuple[pa.Array[Any], pa.Array[Any]] | None:
    """The keys of cases that a person decided, and the action that stands; None: there are none.

    Raises `UnusableStore`.
    """
    table = standing(store)
    how: Any = table.column("how")
    how = pc.fill_null(how, "")
    table = table.filter(pc.not_equal(how, pa.scalar("automatic")))
    if not table.num_rows:
        return None
    return _whole(table.column("case")), _whole(table.column("action"))


def _whole(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        return pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)
    return column
