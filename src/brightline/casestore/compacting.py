"""Many small files of a store into few: the same rows, read faster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa

from brightline.casestore.columns import fitted, united
from brightline.casestore.files import StoredFile, fresh_name, hidden, write_hidden
from brightline.casestore.kinds import KINDS, Kind
from brightline.casestore.manifest import Stored, locked
from brightline.casestore.store import Store

MOST_ROWS = 2_000_000
"""Rows that a file has at most after compacting."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many files and bytes there were, and are."""

    files_before: int
    files: int
    bytes_before: int
    bytes: int
    rows: int


def compact(store: Store) -> Compacted:
    """Write the files of every folder together. Every row stays, as it was and once.

    Raises `UnusableStore` on a file that cannot be read; nothing is changed then.
    """
    with locked(store.root):
        before = store.manifest
        store.sweep(before)
        added: list[Stored] = []
        gone: list[str] = []
        try:
            for run in _runs(store, before.files):
                added.append(_together(store, run))
                gone += [file.path for file in run]
            after = store.commit(before, added, gone)
        except BaseException:
            for file in added:
                with suppress(OSError):
                    hidden(store.root / file.path).unlink(missing_ok=True)
            raise
    return Compacted(
        len(before.files),
        len(after.files),
        sum(file.bytes for file in before.files),
        sum(file.bytes for file in after.files),
        sum(file.rows for file in after.files),
    )


def _runs(store: Store, files: tuple[Stored, ...]) -> Iterator[list[Stored]]:
    """Files of one folder that go together into one; those that are large already stay."""
    folders: dict[str, list[Stored]] = {}
    for file in files:
        folders.setdefault(file.partition, []).append(file)
    for held in folders.values():
        run: list[Stored] = []
        schema: pa.Schema | None = None
        for file in held:
            kind = KINDS[file.table]
            own = _schema(store, file)
            both = own if schema is None else united(kind, (schema, own))
            if run and (both is None or sum(f.rows for f in run) + file.rows > MOST_ROWS):
                if len(run) > 1:
                    yield run
                run, both = [], own
            run.append(file)
            schema = both
        if len(run) > 1:
            yield run


def _schema(store: Store, file: Stored) -> pa.Schema:
    with StoredFile(store.root, file.path) as opened:
        return opened.schema


def _together(store: Store, run: list[Stored]) -> Stored:
    kind = KINDS[run[0].table]
    schema = united(kind, [_schema(store, file) for file in run])
    assert schema is not None  # `_runs` saw to it
    path = f"{run[0].partition}/{fresh_name()}"
    rows, size = write_hidden(store.root / path, schema, _rows(store, kind, run, schema))
    return Stored(kind.name, path, rows, size)


def _rows(store: Store, kind: Kind, run: list[Stored], schema: pa.Schema) -> Iterator[pa.Table]:
    for file in run:
        with StoredFile(store.root, file.path) as opened:
            for batch in opened.batches():
                yield fitted(pa.Table.from_batches([batch]), schema)
