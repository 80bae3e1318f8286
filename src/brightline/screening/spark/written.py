"""What the executors wrote into one folder, read by the driver itself: small things need no job."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from brightline.screening.spark.files import Files

_AT_ONCE = 16


def rows_in(files: Files, folder: str) -> int:
    """The rows of all files, as their footers tell; 0 where there is no folder."""
    return sum(_each(files, folder, lambda file: int(file.metadata.num_rows)))


def texts_in(files: Files, folder: str) -> list[str]:
    """The texts in the column `id` of all files, in no order."""
    found = _each(files, folder, lambda file: file.read(["id"]).column(0).to_pylist())
    return [text for some in found for text in some]


def _each(files: Files, folder: str, look: Callable[[Any], Any]) -> list[Any]:
    import pyarrow.parquet as pq

    def looked(uri: str) -> Any:
        with closing(files.open(uri)) as file:
            return look(pq.ParquetFile(file))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(looked, files.parts(folder)))
