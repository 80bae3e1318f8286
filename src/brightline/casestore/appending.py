"""Rows into a store: all of a batch appear at once, and none of them twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.columns import fitted, keys_of, same_rows, united, without_empty
from brightline.casestore.files import StoredFile, fresh_name, hidden, write_hidden
from brightline.casestore.kinds import KINDS, Kind
from brightline.casestore.manifest import Manifest, Stored, locked
from brightline.casestore.partitions import partitions
from brightline.casestore.store import Store

HELD_ROWS = 250_000
HELD_BYTES = 128 << 20
"""Rows are held in memory up to here, then written beside the store, not yet in it."""
Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Appended:
    """What became of the rows of a table: new, in place of an older one, or there already.

    `repeated` rows came twice in this very batch; the later one counts.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    repeated: int = 0

    @property
    def rows(self) -> int:
        """All rows that came."""
        return self.added + self.replaced + self.unchanged + self.repeated


class Appender:
    """Takes rows, and puts them into a store when it is told to. A context manager.

        with Appender(store) as batch:
            batch.add("cases", table)
            told = batch.commit()

    Nothing is in the store before `commit`; a process killed at any point leaves it as it was.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[str, list[pa.Table]] = {name: [] for name in KINDS}
        self._staged: dict[tuple[str, str], list[Stored]] = {}

    def __enter__(self) -> Appender:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for files in self._staged.values():
            for file in files:
                with suppress(OSError):
                    hidden(self._store.root / file.path).unlink(missing_ok=True)

    def add(self, table: str, rows: pa.Table) -> None:
        """Take rows in, of the columns of the table's kind; see `kinds`.

        Raises `UnusableStore` where they cannot be written.
        """
        held = self._held[table]
        if held and united(KINDS[table], [of.schema for of in (*held, rows)]) is None:
            self._flush(table)  # a fact that is text here and a number there
            held = self._held[table]
        held.append(rows)
        size = sum(of.nbytes for of in held)
        if size >= HELD_BYTES or sum(of.num_rows for of in held) >= HELD_ROWS:
            self._flush(table)

    def _flush(self, table: str) -> None:
        kind, held = KINDS[table], self._held[table]
        if not held:
            return
        schema = united(kind, [of.schema for of in held])
        assert schema is not None  # `add` saw to it
        whole = pa.concat_tables([fitted(of, schema) for of in held])
        self._held[table] = []
        for folder, rows in partitions(kind, whole):
            staged = stage(self._store, kind, folder, rows)
            self._staged.setdefault((table, folder), []).append(staged)

    def commit(self) -> Mapping[str, Appended]:
        """Put all that came into the store; what became of it, by table. Raises `UnusableStore`."""
        for table in KINDS:
            self._flush(table)
        told = {name: Appended() for name in KINDS}
        if not self._staged:
            return told
        with locked(self._store.root):
            before = self._store.manifest
            self._store.sweep(before)
            added: list[Stored] = []
            gone: list[str] = []
            for (table, folder), files in self._staged.items():
                change = _Change(self._store, before, KINDS[table], folder, files, told[table])
                added += change.added
                gone += change.gone
            try:
                if added or gone:
                    self._store.commit(before, added, gone)
            except BaseException:
                for file in added:
                    with suppress(OSError):
                        hidden(self._store.root / file.path).unlink(missing_ok=True)
                raise
        return told


def stage(store: Store, kind: Kind, folder: str, rows: pa.Table) -> Stored:
    """Write rows beside the store: under a hidden name in their folder."""
    lean = without_empty(kind, rows)
    path = f"{folder}/{fresh_name()}"
    count, size = write_hidden(store.root / path, lean.schema, [lean])
    return Stored(kind.name, path, count, size)


class _Change:
    """What one folder comes to: which staged rows stay, and which older ones make way."""

    def __init__(
        self,
        store: Store,
        before: Manifest,
        kind: Kind,
        folder: str,
        staged: list[Stored],
        told: Appended,
    ) -> None:
        self._store, self._kind, self._folder = store, kind, folder
        self.added: list[Stored] = []
        self.gone: list[str] = []
        keys = [self._keys(_hidden_path(file.path)) for file in staged]
        keep = _last_of_each(keys)
        told.repeated += sum(int((~of).sum()) for of in keep)
        older = [file for file in before.of(kind.name) if file.partition == folder]
        for file in older:
            self._against(file, staged, keys, keep, told)
        for file, of in zip(staged, keep, strict=True):
            self._take(file, of)
        told.added += sum(int(of.sum()) for of in keep)
        told.added -= self._replaced
        told.replaced += self._replaced

    _replaced = 0

    def _keys(self, path: str) -> pa.Array[Any]:
        with StoredFile(self._store.root, path) as opened:
            return keys_of(self._kind, opened.table(self._kind.key))

    def _against(
        self,
        file: Stored,
        staged: list[Stored],
        keys: list[pa.Array[Any]],
        keep: list[Flags],
        told: Appended,
    ) -> None:
        """Hold the staged rows against an older file: equal ones go, others replace its rows."""
        old_keys = self._keys(file.path)
        stays = np.ones(len(old_keys), np.bool_)
        for place, mine in enumerate(keys):
            found: Any = pc.index_in(mine, value_set=old_keys)
            at = pc.fill_null(found, -1).to_numpy(zero_copy_only=False)
            both = np.flatnonzero((at >= 0) & keep[place])
            if not len(both):
                continue
            equal = self._equal(staged[place], both, file, at[both])
            keep[place][both[equal]] = False
            told.unchanged += int(equal.sum())
            self._replaced += int((~equal).sum())
            stays[at[both[~equal]]] = False
        if stays.all():
            return
        self.gone.append(file.path)
        if stays.any():
            with StoredFile(self._store.root, file.path) as opened:
                schema = opened.schema
                rows, size, path = 0, 0, f"{self._folder}/{fresh_name()}"
                rows, size = write_hidden(self._store.root / path, schema, _filtered(opened, stays))
            self.added.append(Stored(self._kind.name, path, rows, size))

    def _equal(
        self, new: Stored, rows: npt.NDArray[np.intp], old: Stored, at: npt.NDArray[np.int64]
    ) -> Flags:
        with StoredFile(self._store.root, _hidden_path(new.path)) as opened:
            mine = opened.table().take(_positions(rows))
        with StoredFile(self._store.root, old.path) as opened:
            theirs = _rows_at(opened, at)
        found: Any = same_rows(self._kind, mine, theirs)
        return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)

    def _take(self, file: Stored, keep: Flags) -> None:
        """Keep a staged file, or the part of it that stays."""
        if keep.all():
            self.added.append(file)
            return
        if not keep.any():
            return
        with StoredFile(self._store.root, _hidden_path(file.path)) as opened:
            rows = opened.table().filter(pa.array(keep))
        self.added.append(stage(self._store, self._kind, self._folder, rows))


def _rows_at(opened: StoredFile, at: npt.NDArray[np.int64]) -> pa.Table:
    """The rows at these places, in this order; only a part of the file is in memory at a time."""
    order = np.argsort(at, kind="stable")
    places, start, taken = at[order], 0, list[pa.Table]()
    for batch in opened.batches():
        first, last = np.searchsorted(places, (start, start + batch.num_rows))
        if last > first:
            table = pa.Table.from_batches([batch])
            taken.append(table.take(_positions(places[first:last] - start)))
        start += batch.num_rows
    back = np.empty(len(at), np.int64)
    back[order] = np.arange(len(at))
    return pa.concat_tables(taken).take(_positions(back))


def _positions(rows: npt.NDArray[Any]) -> Any:
    return pa.array(rows.astype(np.int64))


def _hidden_path(path: str) -> str:
    return str(hidden(Path(path)))


def _filtered(opened: StoredFile, stays: Flags) -> Iterator[pa.Table]:
    start = 0
    for batch in opened.batches():
        mask = stays[start : start + batch.num_rows]
        start += batch.num_rows
        yield pa.Table.from_batches([batch]).filter(pa.array(mask))


def _last_of_each(keys: list[pa.Array[Any]]) -> list[Flags]:
    """[file][row] whether no later row has the same key."""
    whole: Any = pa.concat_arrays(keys).dictionary_encode()
    codes = whole.indices.to_numpy(zero_copy_only=False)
    last = np.zeros(len(whole.dictionary), np.int64)
    last[codes] = np.arange(len(codes))  # of equal ones NumPy keeps the last that is assigned
    keep = np.zeros(len(codes), np.bool_)
    keep[last] = True
    ends = np.cumsum([len(of) for of in keys])
    return np.split(keep, ends[:-1])
