"""The batches of a Parquet file, one after the other, only the columns that are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from brightline.i18n import _
from brightline.screening.errors import UnusableCases

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetCases:
    """An open Parquet file. `columns` holds fields of structs too, as `column.field`."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Read the schema. Raises `UnusableCases` where it is no Parquet file."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        from brightline.screening.arrow_rows import paths_of

        self._name = name
        try:
            self._file: Any = pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError, ValueError) as error:
            raise UnusableCases(
                _("{path} is no Parquet file that can be read: {error}").format(
                    path=name, error=str(error)[:200]
                )
            ) from None
        twice = [name for name in schema.names if schema.names.count(name) > 1]
        if twice:
            raise UnusableCases(
                _("{path} has two columns named {column}").format(path=name, column=twice[0][:80])
            )
        self.schema: pa.Schema = schema
        self.columns = paths_of(schema)
        self.rows: int = self._file.metadata.num_rows

    @property
    def int96(self) -> frozenset[str]:
        """The columns whose times are in the form of old writers, 96 bits long."""
        leaves = [self._file.schema.column(at) for at in range(len(self._file.schema))]
        return frozenset(leaf.path for leaf in leaves if leaf.physical_type == "INT96")

    def batches(self, columns: Sequence[str], rows: int, size: int) -> Iterator[pa.RecordBatch]:
        """Batches of at most so many rows, and about so many bytes. Raises `UnusableCases`."""
        import pyarrow as pa

        done = 0
        try:
            for group in range(self._file.metadata.num_row_groups):
                most = max(1, min(rows, size // max(1, self._bytes_a_row(group, columns))))
                for batch in self._file.iter_batches(
                    most, [group], list(columns) or None, use_threads=False
                ):
                    yield batch
                    done += batch.num_rows
        except (pa.ArrowException, OSError, ValueError) as error:
            raise UnusableCases(
                _("{path} is damaged after row {row}: {error}").format(
                    path=self._name, row=done, error=str(error)[:200]
                )
            ) from None

    def _bytes_a_row(self, group: int, columns: Sequence[str]) -> int:
        """About how large a row of these columns is, as the file says."""
        about = self._file.metadata.row_group(group)
        parts = [about.column(at) for at in range(about.num_columns)]
        wanted = {column.split(".")[0] for column in columns}
        read = [of for of in parts if of.path_in_schema.split(".")[0] in wanted]
        return int(sum(of.total_uncompressed_size for of in read)) // max(1, int(about.num_rows))
