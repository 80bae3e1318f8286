"""Parquet files of a store: written whole under a hidden name, read batch by batch."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from brightline.casestore.errors import UnusableStore
from brightline.i18n import _

ROW_GROUP = 1 << 16
PART = ".part"
RETIRED = "retired"


def fresh_name() -> str:
    """A name that no file of a store has."""
    return f"{secrets.token_hex(8)}.parquet"


def hidden(path: Path) -> Path:
    """What a file is called while it is written: tools that list the folder pass it over."""
    return path.with_name(f".{path.name}{PART}")


def write_hidden(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> tuple[int, int]:
    """Write tables of one schema under the hidden name of `path`; (rows, bytes). Brought to disk.

    Nothing is left where that fails. Raises `UnusableStore` where nothing can be written there.
    """
    at = hidden(path)
    rows = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with at.open("xb") as file:
            writer: Any = pq.ParquetWriter(file, schema, compression="zstd")
            with writer:
                for table in _grouped(tables):
                    writer.write_table(table, row_group_size=ROW_GROUP)
                    rows += table.num_rows
            file.flush()
            os.fsync(file.fileno())
            return rows, file.tell()
    except OSError as error:
        with suppress(OSError):
            at.unlink(missing_ok=True)
        raise UnusableStore(
            _("{path} cannot be written: {error}").format(
                path=error.filename or at, error=error.strerror or error
            )
        ) from None
    except BaseException:
        with suppress(OSError):
            at.unlink(missing_ok=True)
        raise


def _grouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of `ROW_GROUP` rows or more, but for the last."""
    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += table.num_rows
        if rows >= ROW_GROUP:
            yield pa.concat_tables(held)
            held, rows = [], 0
    if rows:
        yield pa.concat_tables(held)


class StoredFile:
    """A file of a store, open for reading. A context manager."""

    def __init__(self, root: Path, path: str) -> None:
        """Open; one that was retired since is read where it lies now.

        Raises `UnusableStore` where it is gone or cannot be read.
        """
        place = root / path
        try:
            try:
                self._file = place.open("rb")
            except FileNotFoundError:
                self._file = (root / RETIRED / place.name).open("rb")
        except OSError as error:
            raise UnusableStore(
                _("{path} of the store cannot be read: {error}").format(
                    path=place, error=error.strerror
                ),
                _("run it again; if that does not help, bring the file back from a backup"),
            ) from None
        try:
            self._parquet: Any = pq.ParquetFile(self._file, buffer_size=1 << 20)
        except (pa.ArrowException, OSError, ValueError) as error:
            self._file.close()
            raise UnusableStore(
                _("{path} of the store is damaged: {error}").format(
                    path=place, error=str(error)[:200]
                ),
                _("bring the file back from a backup"),
            ) from None
        self._place = place

    def __enter__(self) -> StoredFile:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    @property
    def schema(self) -> pa.Schema:
        """Its columns."""
        return self._parquet.schema_arrow  # type: ignore[no-any-return]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(self._parquet.metadata.num_rows)

    def known(self, column: str) -> bool:
        """Whether some row has something in a plain column; told by what the file says of itself,
        so that it may say yes of a file that says nothing."""
        metadata = self._parquet.metadata
        if not metadata.num_row_groups:
            return False
        first = metadata.row_group(0)
        names = [first.column(at).path_in_schema for at in range(metadata.num_columns)]
        if column not in names:
            return False
        at = names.index(column)
        parts = (metadata.row_group(n).column(at) for n in range(metadata.num_row_groups))
        return any(
            part.statistics is None or not part.statistics.has_null_count
            or part.statistics.null_count < part.num_values
            for part in parts
        )  # fmt: skip

    def batches(
        self, columns: Sequence[str] | None = None, rows: int = ROW_GROUP
    ) -> Iterator[pa.RecordBatch]:
        """Its rows in order; only these columns (`facts`, or `facts.NAME` for one field).

        Raises `UnusableStore` on a damaged file.
        """
        wanted = None if columns is None else list(columns)
        try:
            yield from self._parquet.iter_batches(rows, columns=wanted, use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise UnusableStore(
                _("{path} of the store is damaged: {error}").format(
                    path=self._place, error=str(error)[:200]
                ),
                _("bring the file back from a backup"),
            ) from None

    def table(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All its rows at once."""
        batches = list(self.batches(columns))
        if batches:
            return pa.Table.from_batches(batches)
        empty = self.schema.empty_table()
        return empty if columns is None else empty.select(list(columns))
