"""Parquet files that hold facts, not raw attributes: read column by column into coded cases.

The layout is that of the case store: a column a fact (or a struct `facts` with a field a fact),
options as text, best dictionary-encoded, yes and no as text or booleans, numbers as numbers; beside
them `id`, `subject`, `created_at`, and what cases are grouped by. `None` is given for any file that
holds something else, which the slower reader then reads row by row and tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from brightline.backtesting.coded import (
    FIRST_AT,
    UNTOLD_AT,
    CodedCases,
    FactColumn,
    GroupColumn,
)
from brightline.backtesting.grouping import GROUPINGS, WEEK, By, week_of
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.columns import Column, FactError, fact_names
from brightline.rulebook.model import CANNOT_TELL, NO, YES, Fact, Kind, Rulebook
from brightline.rulebook.tests import number_range
from brightline.screening.arrow_rows import paths_of

_types = pa.types
MOST_DISTINCT = 1 << 16
"""Distinct values that a column of codes holds; of more, the codes are of four bytes."""


class Other(Exception):
    """The file holds something else than facts that some version can have."""


def read_coded(
    paths: Sequence[Path], old: Rulebook, new: Rulebook, by: By | None = None
) -> list[CodedCases] | None:
    """The cases of some Parquet files, one `CodedCases` a subject; None: read them row by row.

    About as many bytes a case as there are facts, and four more for the column being read.
    """
    if not paths or any(path.suffix.lower() != ".parquet" for path in paths):
        return None
    try:
        return coded_cases(_Files(paths), old, new, by or By())
    except (Other, pa.ArrowException, OSError, ValueError):
        return None


class _Files:
    """Some Parquet files as one, read a column at a time."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = [self._opened(path) for path in paths]
        self.rows = sum(file.metadata.num_rows for file in self._files)
        self.columns: dict[str, str] = {}
        """Name → where it stands: the column itself, or a field of the struct `facts`."""
        for file in self._files:
            for name in paths_of(file.schema_arrow):
                if name == "facts":
                    continue
                bare = name.removeprefix("facts.")
                if self.columns.setdefault(bare, name) != name:
                    raise Other(name)  # a fact beside a column of the same name

    def _opened(self, path: Path) -> Any:
        with pq.ParquetFile(path) as file:
            texts = [f.name for f in file.schema_arrow if _types.is_string(f.type)]
        return pq.ParquetFile(path, read_dictionary=[name for name in texts if name != "id"])

    def inside(self, name: str) -> bool:
        """Whether it is a field of the struct `facts`."""
        return self.columns[name].startswith("facts.")

    def column(self, name: str) -> pa.ChunkedArray[Any]:
        """A column of all files; null where a file has none."""
        path = self.columns[name]
        parts = []
        for file in self._files:
            if path in paths_of(file.schema_arrow):
                part = file.read([path]).column(0)
                part = pc.struct_field(part, name) if self.inside(name) else part
            else:
                part = pa.chunked_array([pa.nulls(file.metadata.num_rows)])
            parts.append(pa.table({name: part}))
        return pa.concat_tables(parts, promote_options="permissive").column(0)


class Columns(Protocol):
    """Cases that are read a column at a time. `columns`: name → where it stands."""

    rows: int
    columns: dict[str, str]

    def inside(self, name: str) -> bool:
        """Whether it can be nothing but a fact."""

    def column(self, name: str) -> pa.ChunkedArray[Any]:
        """A column of all cases."""


def coded_cases(files: Columns, old: Rulebook, new: Rulebook, by: By) -> list[CodedCases]:
    """The cases, one `CodedCases` a subject. Raises `Other` where they have to be read by row."""
    raw = {n for book in (old, new) for of in book.subjects.values() for n in of.attributes}
    grouping = {c for name in GROUPINGS for c in by.columns(name)[:1]}
    facts: dict[FactKey, FactColumn] = {}
    for name in files.columns:
        declared = {} if name in raw and not files.inside(name) else _declared(name, old, new)
        if len(declared) > 1 or (files.inside(name) and not declared):
            raise Other(name)
        for key, versions in declared.items():
            if key in facts:
                raise Other(name)
            facts[key] = _fact(versions, files.column(name))
    for name in files.columns:
        attribute = name == "attributes" or (name in raw and not files.inside(name))
        if attribute and not (name in grouping and _needless(name, old, new, facts)):
            raise Other(name)  # signals have something to read
    return _by_subject(files, old, new, facts, _groups(files, by))


def _needless(
    attribute: str, old: Rulebook, new: Rulebook, facts: Mapping[FactKey, FactColumn]
) -> bool:
    """Whether all that signals could tell from an attribute is stored for every case."""
    for book in (old, new):
        declared: list[tuple[FactKey, Fact]] = [((None, n), f) for n, f in book.facts.items()]
        declared += [((s.sop, n), f) for s in book.sops for n, f in s.facts.items()]
        for key, fact in declared:
            read = any(attribute in str(of.parameters) for of in fact.supplied_by)
            if read and (key not in facts or not facts[key].codes.all()):
                return False
    return True


def _declared(name: str, old: Rulebook, new: Rulebook) -> dict[FactKey, list[Fact]]:
    """The facts that go by a name, as each version declares them; keys by the newer one."""
    found: dict[FactKey, list[Fact]] = {}
    for book in (new, old):
        for key, json_name in fact_names(book).items():
            sop, bare = key
            if name in (json_name, f"{sop}.{bare}"):
                declared = book.facts[bare] if sop is None else book.sop_named(sop).facts[bare]
                found.setdefault(key, []).append(declared)
    return found


def _fact(declared: Sequence[Fact], column: pa.ChunkedArray[Any]) -> FactColumn:
    """A column of facts, coded. Raises `Other` where a value is none of either version."""
    kinds = {fact.kind for fact in declared}
    if len(kinds) > 1:
        raise Other("kind")
    if kinds == {Kind.NUMBER}:
        return _number(declared, column)
    if _types.is_boolean(column.type):
        column = pc.if_else(column, YES, NO)
    values, index = _encoded(column)
    known = [Column.of("", (None, ""), fact, ()) for fact in declared]
    codes, options = [], []
    for value in values:
        if value == CANNOT_TELL:
            codes.append(UNTOLD_AT)
            continue
        if not isinstance(value, str) or not any(_has(of, value) for of in known):
            raise Other(value)
        options.append(value)
        codes.append(FIRST_AT + len(options) - 1)
    return FactColumn(_taken(codes, index), tuple(options))


def _has(column: Column, value: str) -> bool:
    try:
        return column.code(value) >= 0
    except FactError:
        return False


def _number(declared: Sequence[Fact], column: pa.ChunkedArray[Any]) -> FactColumn:
    if not (_types.is_floating(column.type) or _types.is_integer(column.type)):
        raise Other("number")
    values, index = _encoded(column)
    numbers = np.array([np.nan if v is None else v for v in values], np.float64)
    ranges = [number_range(fact) for fact in declared]
    inside = [(numbers >= low) & (numbers <= high) for low, high in ranges]
    if not np.logical_or.reduce(inside).all():  # NaN is in none
        raise Other("range")
    return FactColumn(_taken(range(FIRST_AT, FIRST_AT + len(numbers)), index), numbers=numbers)


def _encoded(column: pa.ChunkedArray[Any]) -> tuple[list[Any], list[pa.Array[Any]]]:
    """The distinct values, and for each chunk the index of every row's (null: unknown)."""
    if _types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    else:
        column = column.dictionary_encode()
    if not column.num_chunks:
        return [], []
    chunks: list[Any] = column.chunks
    return chunks[0].dictionary.to_pylist(), [chunk.indices for chunk in chunks]


def _taken(codes: Sequence[int], index: list[pa.Array[Any]]) -> npt.NDArray[np.unsignedinteger]:
    """[case] its code; 0 where it is null."""
    most = max(codes, default=0)
    kind: Any = np.uint8 if most < 1 << 8 else np.uint16 if most < MOST_DISTINCT else np.uint32
    look_up = np.array([*codes, 0], kind)
    parts = []
    for part in index:
        at = pc.fill_null(part, pa.scalar(len(codes), part.type)) if part.null_count else part
        parts.append(np.take(look_up, at.to_numpy(zero_copy_only=False)))
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _groups(files: Columns, by: By) -> dict[str, GroupColumn]:
    found = {}
    for name in GROUPINGS:
        column = next((c for c in by.columns(name) if c in files.columns), None)
        if column is None:
            if name != WEEK and getattr(by, name) is not None:
                raise Other(name)
            continue
        values, index = _encoded(files.column(column))
        names = [week_of(v) if name == WEEK else "" if v is None else str(v) for v in values]
        numbers = {"": 0}
        codes = [numbers.setdefault(of, len(numbers)) for of in names]
        found[name] = GroupColumn(_taken(codes, index), tuple(numbers))
    return found


def _by_subject(
    files: Columns,
    old: Rulebook,
    new: Rulebook,
    facts: dict[FactKey, FactColumn],
    groups: dict[str, GroupColumn],
) -> list[CodedCases]:
    ids = files.column("id") if "id" in files.columns else None
    subjects = [name for name in new.subjects if name in old.subjects]
    if "subject" not in files.columns:
        if len(new.subjects) > 1 or not subjects:
            raise Other("subject")
        return [CodedCases(subjects[0], files.rows, facts, groups, ids=_Ids(ids, None))]
    values, index = _encoded(files.column("subject"))
    if any(value not in subjects for value in values):
        raise Other("subject")
    of = _taken(range(1, len(values) + 1), index)
    if not of.all():
        raise Other("subject")
    if len(values) == 1:
        return [CodedCases(values[0], files.rows, facts, groups, ids=_Ids(ids, None))]
    made = []
    for number, subject in enumerate(values, 1):
        at = np.flatnonzero(of == number)
        own = {s.sop for book in (old, new) for s in book.sops if s.subject == subject}
        taken = {}
        for key, fact in facts.items():
            codes = fact.codes[at]
            if key[0] is None or key[0] in own:
                taken[key] = FactColumn(codes, fact.options, fact.numbers)
            elif codes.any():
                raise Other(key[1])  # a fact that no case of this subject has
        grouped = {n: GroupColumn(g.codes[at], g.names) for n, g in groups.items()}
        made.append(CodedCases(subject, len(at), taken, grouped, ids=_Ids(ids, at)))
    return made


class _Ids(Sequence[str]):
    """The ids of some cases, read when one is asked for; the row's number where there is none."""

    def __init__(self, ids: pa.ChunkedArray[Any] | None, at: npt.NDArray[np.intp] | None) -> None:
        self._ids, self._at = ids, at

    def __len__(self) -> int:
        if self._at is not None:
            return len(self._at)
        return 0 if self._ids is None else len(self._ids)

    def __getitem__(self, row: Any) -> Any:
        place = int(row) if self._at is None else int(self._at[row])
        found = None if self._ids is None else self._ids[place].as_py()
        return str(place + 1) if found is None or found == "" else str(found)
