"""Files of cases as a stream of chunks, raw: csv, jsonl or parquet, by the file's name.

Nothing is interpreted here. Memory is bounded whatever the file holds: a line, a field or a quote
that never ends is turned away. Rows are numbered from 1, a CSV header not counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from brightline.i18n import _
from brightline.screening.csv_rows import CsvRows
from brightline.screening.errors import UnusableCases

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 4096
"""Rows a chunk. Small enough that a few of them in flight cost little memory."""
CHUNK_BYTES = 8 << 20
LONGEST_LINE = 4 << 20
FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf")
_COMPRESSED_NAMES = (".gz", ".zip", ".bz2", ".xz", ".zst", ".7z")
_SPREADSHEETS = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is turned away: number, why, and the row itself (cut short)."""

    row: int
    reason: str
    raw: str
    line: int | None = None


@dataclass(slots=True)
class Chunk:
    """Some rows as they came. One of `cells` (csv), `lines` (jsonl), `batch` (parquet) is set."""

    numbers: list[int] | range
    lines_at: list[int] | None = None
    """The line of the file on which each row begins; None for parquet."""
    cells: list[list[str]] | None = None
    lines: list[bytes] | None = None
    batch: pa.RecordBatch | None = None
    rejected: list[Rejected] = field(default_factory=list)
    bytes_read: int = 0

    def __len__(self) -> int:
        return len(self.numbers)


def format_of(path: Path) -> str:
    """`csv`, `jsonl` or `parquet`, by the file's name. Raises `UnusableCases` on any other."""
    suffix = path.suffix.lower()
    if suffix in _COMPRESSED_NAMES:
        raise _compressed(path)
    if suffix in _SPREADSHEETS:
        raise UnusableCases(
            _("{path} is a spreadsheet").format(path=path.name), _("save it as CSV (UTF-8)")
        )
    if suffix not in FORMATS:
        raise UnusableCases(
            _("{path}: a file of cases ends in .csv, .jsonl or .parquet").format(path=path.name)
        )
    return FORMATS[suffix]


def _compressed(path: Path) -> UnusableCases:
    return UnusableCases(
        _("{path} is compressed").format(path=path.name),
        _("unpack it first; a Parquet file is compressed in itself"),
    )


class Cases:
    """A file of cases opened for reading once. Use as a context manager.

    `columns` names the columns (empty for jsonl: every line names its own); the fields of a struct
    of a Parquet file are among them as `column.field`. `size` is in bytes, `rows` their number
    where the file tells it.
    """

    def __init__(self, path: Path) -> None:
        """Open. Raises `UnusableCases` where the file cannot be read as what it claims to be."""
        self.path, self.format = path, format_of(path)
        self.columns: tuple[str, ...] = ()
        self.rows: int | None = None
        try:
            self.size = path.stat().st_size
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise UnusableCases(
                _("{path} cannot be read: {error}").format(path=path, error=error.strerror)
            ) from None
        try:
            self._open()
        except BaseException:
            self._file.close()
            raise

    def _open(self) -> None:
        if self.format == "parquet":
            from brightline.screening.parquet_batches import ParquetCases

            self._parquet = ParquetCases(self._file, self.path.name)
            self.columns, self.rows = self._parquet.columns, self._parquet.rows
            return
        start = self._file.read(8)
        if start.startswith(_COMPRESSED):
            raise _compressed(self.path)
        if start[:2] in _UTF16:
            raise UnusableCases(
                _("{path} is written in UTF-16").format(path=self.path.name),
                _("save it as UTF-8"),
            )
        self._file.seek(0)
        if self.format == "csv":
            self._csv = CsvRows(self._file, self.path.name)
            self.columns = self._csv.columns

    def __enter__(self) -> Cases:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        """The rows in order. Of a Parquet file only these columns are read.

        Raises `UnusableCases` where reading cannot go on.
        """
        if self.format == "parquet":
            return self._parquet_chunks(columns)
        if self.format == "csv":
            return self._csv_chunks()
        return self._line_chunks()

    def _parquet_chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        row = 1
        for batch in self._parquet.batches(columns, CHUNK, CHUNK_BYTES):
            numbers = range(row, row + batch.num_rows)
            row += batch.num_rows
            read = int(self.size * (row - 1) / max(1, self.rows or 1))
            yield Chunk(numbers, batch=batch, bytes_read=read)

    def _csv_chunks(self) -> Iterator[Chunk]:
        chunk, size = Chunk([], [], cells=[]), 0
        for number, line, found in self._csv:
            if isinstance(found, Rejected):
                chunk.rejected.append(found)
            else:
                assert isinstance(chunk.numbers, list)
                assert chunk.lines_at is not None and chunk.cells is not None
                chunk.numbers.append(number)
                chunk.lines_at.append(line)
                chunk.cells.append(found)
                size += sum(map(len, found))
            if len(chunk) + len(chunk.rejected) >= CHUNK or size >= CHUNK_BYTES:
                chunk.bytes_read = self._file.tell()
                yield chunk
                chunk, size = Chunk([], [], cells=[]), 0
        chunk.bytes_read = self.size
        yield chunk

    def _line_chunks(self) -> Iterator[Chunk]:
        chunk, size, row = Chunk([], [], lines=[]), 0, 0
        for line_number, (line, whole) in enumerate(bounded_lines(self._file, LONGEST_LINE), 1):
            if line_number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            row += 1
            if not whole:
                reason = _("the line is longer than {most} MB").format(most=LONGEST_LINE >> 20)
                chunk.rejected.append(Rejected(row, reason, shown(line), line_number))
                continue
            assert isinstance(chunk.numbers, list)
            assert chunk.lines_at is not None and chunk.lines is not None
            chunk.numbers.append(row)
            chunk.lines_at.append(line_number)
            chunk.lines.append(line)
            size += len(line)
            if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
                chunk.bytes_read = self._file.tell()
                yield chunk
                chunk, size = Chunk([], [], lines=[]), 0
        chunk.bytes_read = self.size
        yield chunk


def bounded_lines(file: BinaryIO, most: int) -> Iterator[tuple[bytes, bool]]:
    """Lines, none longer than `most` bytes: of a longer one the beginning, and False."""
    while line := file.readline(most):
        if line.endswith(b"\n") or len(line) < most:
            yield line, True
            continue
        rest = file.readline(most)
        yield line, not rest
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(most)


def shown(raw: object, most: int = 1000) -> str:
    """A raw row fit for the file of rejected rows: text, cut short."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    text = text.rstrip("\r\n")
    return text if len(text) <= most else text[:most] + "…"


csv.field_size_limit(1 << 20)
