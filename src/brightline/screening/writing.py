"""Decisions to a file: csv, jsonl or parquet by its name, whole or not at all.

A file is written under a temporary name beside its place, brought to the disk, and renamed at the
end. Whatever stops the work before that leaves nothing under the final name.
"""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import pyarrow as pa

from brightline.i18n import _
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import Rejected, format_of

ROW_GROUP = 1 << 16
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
SEPARATOR = ";"


class AtomicFile:
    """A file that appears under its name only when all of it is there. A context manager."""

    def __init__(self, path: Path) -> None:
        """Begin. Raises `UnusableCases` where nothing can be written there."""
        self.path = path
        self._finished = False
        self._temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            if path.is_dir():
                raise IsADirectoryError(21, os.strerror(21))
            self.file: BinaryIO = self._temporary.open("xb")
        except OSError as error:
            raise UnusableCases(
                _("{path} cannot be written: {error}").format(path=path, error=error.strerror)
            ) from None

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._finished:
            self.discard()

    def settle(self) -> None:
        """Bring the file to the disk."""
        if not self.file.closed:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()

    def finish(self) -> None:
        """Give the file its name."""
        self.settle()
        self._temporary.replace(self.path)
        self._finished = True

    def discard(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):  # what is still held back may find no room
            self.file.close()
        self._temporary.unlink(missing_ok=True)


class Writer(ABC):
    """Writes record batches of one schema. A context manager; `end` writes what is held back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        """Let go of the file, whether or not all is written."""
        return

    @abstractmethod
    def write(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a batch."""

    def end(self) -> None:
        """Write what is still held back."""
        return


def writer_for(path: Path, file: BinaryIO, schema: pa.Schema) -> Writer:
    """The writer for a file's name. Raises `UnusableCases` on a name of no known format."""
    form = format_of(path)
    if form == "parquet":
        return ParquetOut(file, schema)
    return CsvOut(file, schema) if form == "csv" else JsonlOut(file)


class ParquetOut(Writer):
    """Parquet in row groups of `ROW_GROUP` cases."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq

        self._writer: Any = pq.ParquetWriter(file, schema, compression="zstd")
        self._held: list[pa.RecordBatch] = []
        self._rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        self._held.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_batches(self._held))
        self._held, self._rows = [], 0

    def end(self) -> None:
        self._flush()
        self._writer.close()

    def __exit__(self, *exception: object) -> None:
        with suppress(OSError, pa.ArrowException):
            self._writer.close()
        self._writer.is_open = False  # else it tries again when it is collected


class CsvOut(Writer):
    """CSV in UTF-8; lists are joined with `;`. No cell can be taken for a formula."""

    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self._file = file
        self._write([schema.names])

    def _write(self, rows: Sequence[Sequence[object]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._file.write(text.getvalue().encode())

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [[csv_cell(value) for value in column.to_pylist()] for column in batch.columns]
        self._write(list(zip(*columns, strict=True)))


def csv_cell(value: object) -> object:
    """A value as it stands in a CSV file: lists joined, and nothing taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = SEPARATOR.join(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, str):
        value = value.replace("\x00", "")
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value


class JsonlOut(Writer):
    """A JSON object a line."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, batch: pa.RecordBatch) -> None:
        rows = (json.dumps(row, ensure_ascii=False) for row in batch.to_pylist())
        self._file.write("".join(f"{row}\n" for row in rows).encode())


class RejectedOut:
    """`OUT.rejected.jsonl`: a line for each row turned away. No file where there is none.

    A context manager, as `AtomicFile` is.
    """

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(out.name + ".rejected.jsonl")
        self._file: AtomicFile | None = None

    def __enter__(self) -> RejectedOut:
        return self

    def __exit__(self, *exception: Any) -> None:
        if self._file is not None:
            self._file.__exit__(*exception)

    def write(self, rows: Sequence[Rejected]) -> None:
        """Add rows."""
        if not rows:
            return
        if self._file is None:
            self._file = AtomicFile(self.path)
        for row in rows:
            said: dict[str, object] = {"row": row.row}
            if row.line is not None:
                said["line"] = row.line
            said |= {"reason": row.reason, "raw": row.raw}
            text = json.dumps(said, ensure_ascii=False) + "\n"
            self._file.file.write(text.encode("utf-8", "backslashreplace"))

    def finish(self) -> Path | None:
        """Give the file its name; one of an earlier screening is removed where there is none."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
            return None
        self._file.finish()
        return self.path
