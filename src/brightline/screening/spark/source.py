"""A Parquet file, or a folder of them, as cases: its files, its columns, a number for every row.

The footers are read first, as `screen` reads that of its one file: they tell the columns and how
many rows each file has. A row's number is that of its file's first row, files in the order of their
names, and its place in the file: the same in whatever task and try it is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa

from brightline.i18n import _
from brightline.screening.arrow_rows import paths_of
from brightline.screening.errors import UnusableCases
from brightline.screening.parquet_batches import ParquetCases
from brightline.screening.spark.files import Files, no_such
from brightline.screening.spark.task import NUMBER, column_name
from brightline.screening.spark.types import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_AT_ONCE = 16
"""Footers that are read at the same time."""
_PATH, _BEFORE, _IN_FILE = "path", "before", "in_file"
_NONE = "_brightline_none"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file. `before`: the rows of the files before it."""

    uri: str
    rows: int
    before: int


@dataclass(frozen=True, slots=True)
class Source:
    """The files under one name, in order. `int96`: columns of times in an old form.

    `folders` are the columns that stand in names of folders (`day=2026-11-25`): always text.
    """

    root: str
    files: tuple[CaseFile, ...]
    schema: pa.Schema
    int96: frozenset[str]
    folders: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Of all files."""
        return self.files[-1].before + self.files[-1].rows

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, fields of structs as `column.field`, those of the folders last."""
        return paths_of(self.schema) + self.folders

    def needed(self, columns: Sequence[str]) -> pa.Schema:
        """The part of the schema in which these columns are; all of it where none is named."""
        schema = self.schema
        for name in self.folders:
            schema = schema.append(pa.field(name, pa.string()))
        names = set(schema.names)
        wanted = {name if name in names else name.split(".")[0] for name in columns} or names
        return pa.schema([field for field in schema if field.name in wanted])

    def place_of(self, row: int) -> tuple[str, int]:
        """The name of the file (below the root) that holds a row, and the row's number in it."""
        at = bisect_right([file.before for file in self.files], row - 1) - 1
        file = self.files[at]
        return below(self.root, file.uri), row - file.before


def source_of(session: SparkSession, files: Files, name: str) -> Source:
    """Look at what is there. Raises `UnusableCases` where that cannot be read as cases."""
    root = files.full(name)
    found, folders = _listed(session, root, name)
    if not found:
        raise UnusableCases(_("there is no Parquet file in {path}").format(path=name))
    footers = _footers(files, found)
    seen, before = [], 0
    for uri, footer in zip(found, footers, strict=True):
        seen.append(CaseFile(uri, footer.rows, before))
        before += footer.rows
    schema = _one_schema([(below(root, u), f.schema) for u, f in zip(found, footers, strict=True)])
    both = [name for name in folders if name in schema.names]
    if both:
        raise UnusableCases(
            _("{column} is a column of the files and of the folders").format(column=both[0])
        )
    int96 = frozenset[str]().union(*(footer.int96 for footer in footers))
    return Source(root, tuple(seen), schema, int96, folders)


def frame_of(session: SparkSession, source: Source, columns: pa.Schema) -> DataFrame:
    """These columns of every row, and its number. They go by their places: `column_name`."""
    from pyspark.sql import functions as f

    in_files = pa.schema([field for field in columns if field.name not in source.folders])
    frame = session.read.schema(spark_schema(in_files, source.int96)).parquet(source.root)
    wanted = [
        f.col(_quoted(name)).alias(column_name(at))
        for at, name in enumerate(columns.names)
        if name in frame.columns
    ]
    in_file = f.col("_metadata.row_index") + f.lit(1)
    if len(source.files) == 1:
        return frame.select(*wanted, in_file.alias(NUMBER))
    uris, numbers = zip(*((file.uri, file.before) for file in source.files), strict=True)
    before = session.createDataFrame(pa.table({_PATH: uris, _BEFORE: numbers}))
    path = f.col("_metadata.file_path").alias(_PATH)
    numbered = frame.select(*wanted, in_file.alias(_IN_FILE), path)
    joined = numbered.join(f.broadcast(before), _PATH)
    return joined.withColumn(NUMBER, f.col(_IN_FILE) + f.col(_BEFORE)).drop(
        _PATH, _BEFORE, _IN_FILE
    )


def below(root: str, uri: str) -> str:
    """A file's name as seen from the folder, or its own where it is the root itself."""
    above = root.rstrip("/") + "/"
    path = unquote(uri)
    return path.removeprefix(above) if path.startswith(above) else path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class _Footer:
    rows: int
    schema: pa.Schema
    int96: frozenset[str]

    @classmethod
    def read(cls, files: Files, uri: str) -> _Footer:
        """Raises `UnusableCases` where the file is no Parquet file."""
        from py4j.protocol import Py4JJavaError

        name = unquote(uri.rsplit("/", 1)[-1])
        try:
            with closing(files.open(uri)) as file:
                cases = ParquetCases(file, name)
                return cls(cases.rows, cases.schema, cases.int96)
        except (OSError, Py4JJavaError) as error:
            raise no_such(name, error) from None


def _listed(session: SparkSession, root: str, name: str) -> tuple[list[str], tuple[str, ...]]:
    """The files that Spark would read, in order, and the columns that names of folders hold.

    Raises `UnusableCases`, which says `name`.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        frame = session.read.schema(f"{_NONE} boolean").parquet(root)
        uris = sorted(re.sub("^file:/+", "file:/", uri) for uri in frame.inputFiles())
        return uris, tuple(column for column in frame.columns if column != _NONE)
    except (PySparkException, Py4JJavaError) as error:
        if "PATH_NOT_FOUND" in str(error):
            raise UnusableCases(_("there is no {path}").format(path=name)) from None
        raise no_such(name, error) from None


def _footers(files: Files, uris: Sequence[str]) -> list[_Footer]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda uri: _Footer.read(files, uri), uris))


def _one_schema(schemas: Sequence[tuple[str, pa.Schema]]) -> pa.Schema:
    """The columns of all files; one that a file lacks is empty there. Their types must agree."""
    fields: dict[str, tuple[str, pa.Field[Any]]] = {}
    known: list[pa.Schema] = []
    for name, schema in schemas:
        if any(schema.equals(one) for one in known):
            continue
        known.append(schema)
        for field in schema:
            where, earlier = fields.setdefault(field.name, (name, field))
            if earlier.type == field.type:
                continue
            if pa.types.is_null(earlier.type):
                fields[field.name] = name, field
            elif not pa.types.is_null(field.type):
                raise UnusableCases(
                    _("{column} is of type {one} in {a}, and of type {other} in {b}").format(
                        column=field.name[:80], one=str(earlier.type)[:80], a=where,
                        other=str(field.type)[:80], b=name,
                    ),
                    _("screen them one by one, or write them again with one type"),
                )  # fmt: skip
    return pa.schema([field for _name, field in fields.values()])


def _quoted(name: str) -> str:
    doubled = name.replace("`", "``")
    return f"`{doubled}`"
