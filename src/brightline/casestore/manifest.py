"""`store.json`: which files make up a store. A file that it does not name is not there.

It is replaced as a whole by renaming, so that a reader sees the store before a change or after it,
never in between. One process changes a store at a time; the system lets go of the lock of one that
was killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from brightline.casestore.errors import UnusableStore
from brightline.i18n import _

NAME = "store.json"
FORMAT = 1
LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of a table: where it is below the store, and how much it holds."""

    table: str
    path: str
    rows: int
    bytes: int

    @property
    def partition(self) -> str:
        """The folder it lies in."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Retired:
    """A file that a change made superfluous, kept a while for those who are reading it."""

    path: str
    at: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """A store as it stands. `commit` counts the changes."""

    market: str
    commit: int = 0
    files: tuple[Stored, ...] = ()
    retired: tuple[Retired, ...] = field(default=())

    def of(self, table: str) -> tuple[Stored, ...]:
        """The files of a table, oldest first."""
        return tuple(file for file in self.files if file.table == table)

    def next(
        self, files: tuple[Stored, ...], retired: tuple[Retired, ...] | None = None
    ) -> Manifest:
        """The store after a change."""
        return replace(
            self,
            commit=self.commit + 1,
            files=files,
            retired=self.retired if retired is None else retired,
        )


def read_manifest(root: Path) -> Manifest:
    """The manifest of the store in a folder. Raises `UnusableStore` where there is none."""
    path = root / NAME
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise _no_store(root) from None
    except OSError as error:
        raise UnusableStore(
            _("{path} cannot be read: {error}").format(path=path, error=error.strerror)
        ) from None
    except ValueError:
        raise _broken(path) from None
    if not isinstance(found, dict) or not isinstance(found.get("format"), int):
        raise _broken(path)
    if found["format"] > FORMAT:
        raise UnusableStore(
            _("{path} was written by a newer Brightline").format(path=path),
            _("update Brightline on this machine"),
        )
    try:
        return Manifest(
            str(found["market"]),
            int(found["commit"]),
            tuple(_stored(one) for one in found["files"]),
            tuple(Retired(_inside(one["path"]), float(one["at"])) for one in found["retired"]),
        )
    except (KeyError, TypeError, ValueError):
        raise _broken(path) from None


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Put a manifest into force, whole or not at all."""
    said = {
        "format": FORMAT,
        "market": manifest.market,
        "commit": manifest.commit,
        "files": [
            {"table": f.table, "path": f.path, "rows": f.rows, "bytes": f.bytes}
            for f in manifest.files
        ],
        "retired": [{"path": one.path, "at": one.at} for one in manifest.retired],
    }
    path = root / NAME
    temporary = root / f".{NAME}.{secrets.token_hex(4)}.part"
    try:
        with temporary.open("x", encoding="utf-8") as file:
            json.dump(said, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    settle_folder(root)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the store alone, for changing it; waits for another that does."""
    descriptor = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def settle_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stored(one: Any) -> Stored:
    return Stored(str(one["table"]), _inside(one["path"]), int(one["rows"]), int(one["bytes"]))


def _inside(path: Any) -> str:
    """A path that stays below the store. Raises `ValueError`."""
    parts = Path(str(path)).parts
    if not parts or Path(str(path)).is_absolute() or ".." in parts:
        raise ValueError(path)
    return str(path)


def _no_store(root: Path) -> UnusableStore:
    if not root.exists():
        return UnusableStore(
            _("there is no {path}").format(path=root),
            _("brightline cases append makes the store with the first cases"),
        )
    return UnusableStore(
        _("{path} is no store of cases: it has no {name}").format(path=root, name=NAME),
        _("name the folder that brightline cases append made"),
    )


def _broken(path: Path) -> UnusableStore:
    return UnusableStore(
        _("{path} is damaged: it cannot be understood").format(path=path),
        _("bring it back from a backup; the Parquet files beside it are untouched"),
    )
