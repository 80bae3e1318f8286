"""Coded cases in a folder of files that every process maps into its memory and none holds.

    FOLDER/about.json         what the columns are called and what their codes stand for
    FOLDER/fact-003.npy       [case] own codes of one fact
    FOLDER/numbers-003.npy    the numbers that the codes of fact 3 stand for
    FOLDER/ids.arrow          [case] the id
    FOLDER/patterns-….npy     [case] its pattern under some version, by whoever needed it first

A folder is written under another name and then renamed; it never changes but for more patterns.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from brightline.backtesting.classes import Classes
from brightline.backtesting.coded import CodedCases, FactColumn
from brightline.backtesting.patterns import Patterns, classes_by, numbered
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.table import Table

_ABOUT, _IDS = "about.json", "ids.arrow"


class FolderWriter:
    """Writes one folder, a column at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._facts: list[dict[str, Any]] = []

    def fact(self, key: FactKey, of: FactColumn) -> None:
        """Add a fact. Intervals are not kept: stored cases know numbers."""
        name = f"fact-{len(self._facts):03}.npy"
        np.save(self._folder / name, of.codes)
        if of.numbers is not None:
            np.save(self._folder / f"numbers-{name[5:]}", of.numbers)
        numeric = of.numbers is not None
        self._facts.append({"fact": key, "file": name, "options": of.options, "numeric": numeric})

    def finish(self, subject: str, ids: pa.ChunkedArray[Any], about: Mapping[str, Any]) -> None:
        """Write the rest; the folder is whole after this."""
        schema = pa.schema([("id", pa.string())])
        place = str(self._folder / _IDS)
        with pa.OSFile(place, "wb") as file, pa.ipc.new_file(file, schema) as out:
            out.write_table(pa.Table.from_arrays([ids], schema=schema), max_chunksize=1 << 16)
        said = {"subject": subject, "rows": len(ids), "facts": self._facts, **about}
        (self._folder / _ABOUT).write_text(json.dumps(said), "utf-8")


@dataclass(frozen=True, slots=True, eq=False)
class Folder:
    """A folder of coded cases, open. `about` holds what its writer said of it besides."""

    path: Path
    cases: CodedCases
    about: Mapping[str, Any]

    @classmethod
    def open(cls, path: Path) -> Folder:
        """Map its files. Raises `OSError` or `ValueError` where it is not whole."""
        about = json.loads((path / _ABOUT).read_text("utf-8"))
        facts = {}
        for one in about.pop("facts"):
            codes = np.load(path / one["file"], mmap_mode="r")
            numbers = np.load(path / f"numbers-{one['file'][5:]}") if one["numeric"] else None
            place, name = one["fact"]
            facts[place, name] = FactColumn(codes, tuple(one["options"]), numbers)
        ids = _Ids(path / _IDS)
        return cls(path, CodedCases(about["subject"], about["rows"], facts, ids=ids), about)

    def patterns(self, table: Table, threads: int = 2) -> Patterns:
        """The cases by their patterns under a table: worked out once, then mapped by all."""
        classes = classes_by(self.cases, table)
        place = self.path / f"patterns-{_name_of(classes)}.npy"
        try:
            of = np.load(place, mmap_mode="r")
        except (OSError, ValueError):
            of = numbered(self.cases, classes, threads)
            half = place.with_name(f".{place.stem}-{secrets.token_hex(4)}.npy")
            try:
                np.save(half, of)
                half.replace(place)
                of = np.load(place, mmap_mode="r")
            except OSError:  # a disk that is full, or may not be written: it is held in memory
                half.unlink(missing_ok=True)
        return Patterns(self.cases, classes, of)


def _name_of(classes: Mapping[FactKey, Classes]) -> str:
    """A name for a way of telling cases apart: the same for versions that tell the same apart."""
    digest = hashlib.sha256()
    for key, of in classes.items():
        digest.update(json.dumps([*key, of.count]).encode())
        digest.update(of.map.tobytes())
    return digest.hexdigest()[:16]


class _Ids(Sequence[str]):
    """Ids in a mapped file, read when one is asked for."""

    def __init__(self, path: Path) -> None:
        with pa.memory_map(str(path)) as file:
            self._ids = pa.ipc.open_file(file).read_all().column("id")

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, row: Any) -> Any:
        return str(self._ids[int(row)].as_py())
