"""The rows that were turned away, from what the executors wrote into one file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from brightline.screening.spark.files import Files
from brightline.screening.spark.source import Source
from brightline.screening.spark.written import texts_in

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_BLOCK = 1 << 20
_MOST_HERE = 50_000
"""Rows that the driver sorts itself; more are sorted by the executors."""


def write_rejected(
    session: SparkSession, files: Files, source: Source, folder: str, target: str, count: int
) -> None:
    """Write them under a temporary name in the order of their rows, then give the file its name.

    Of many files it is also said in which, and where in it, a row stands.
    """
    temporary = f"{folder}.jsonl"
    files.write(
        temporary, _blocks(_said(source, row) for row in _rows(session, files, folder, count))
    )
    files.delete(target)
    files.rename(temporary, target)


def _rows(session: SparkSession, files: Files, folder: str, count: int) -> Iterator[dict[str, Any]]:
    from pyspark.sql import functions as f

    if count <= _MOST_HERE:
        yield from sorted(map(json.loads, texts_in(files, folder)), key=_number)
        return
    lines = session.read.schema("id string").parquet(folder)
    number = f.get_json_object("id", "$.row").cast("long")
    for line in lines.orderBy(number).toLocalIterator():
        yield json.loads(line["id"])


def _number(row: dict[str, Any]) -> int:
    number: int = row["row"]
    return number


def _said(source: Source, row: dict[str, Any]) -> dict[str, Any]:
    if len(source.files) == 1:
        return row
    name, at = source.place_of(row["row"])
    return {"row": row["row"], "file": name, "row_in_file": at, **row}


def _blocks(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for row in rows:
        line = json.dumps(row, ensure_ascii=False) + "\n"
        held.append(line.encode("utf-8", "backslashreplace"))
        size += len(held[-1])
        if size >= _BLOCK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
