"""A store of cases: a folder of Parquet files that `store.json` names.

    STORE/store.json
    STORE/cases/subject=listing/month=2026-11/….parquet
    STORE/decisions/month=2026-11/….parquet
    STORE/labels/subject=listing/month=2026-11/….parquet

Every row has a key (see `kinds`), and no key stands twice: a later row takes the place of an
earlier one. So whoever reads all files has every case once, as it was last told.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from brightline.casestore.errors import UnusableStore
from brightline.casestore.files import PART, RETIRED, StoredFile, hidden
from brightline.casestore.kinds import KINDS
from brightline.casestore.manifest import (
    NAME,
    Manifest,
    Retired,
    Stored,
    locked,
    read_manifest,
    settle_folder,
    write_manifest,
)
from brightline.i18n import _

GRACE = 3600.0
"""Seconds for which a superfluous file is kept for those who are still reading it."""
_ABANDONED = 86_400.0
"""Seconds after which a half-written file is taken for one whose writer was killed."""


class Store:
    """A store of cases in a folder."""

    def __init__(self, root: Path) -> None:
        """Open. Raises `UnusableStore` where there is none, or it cannot be understood."""
        self.root = Path(root)
        read_manifest(self.root)

    @classmethod
    def at(cls, root: Path, market: str) -> Store:
        """The store in a folder; a new or empty folder becomes one.

        Raises `UnusableStore` where the folder holds something else, or cases of another market.
        """
        root = Path(root)
        if not (root / NAME).exists():
            try:
                root.mkdir(parents=True, exist_ok=True)
                with locked(root):
                    if not (root / NAME).exists():
                        _only_if_empty(root)
                        write_manifest(root, Manifest(market))
            except OSError as error:
                raise UnusableStore(
                    _("{path} cannot be written: {error}").format(
                        path=error.filename or root, error=error.strerror
                    )
                ) from None
        store = cls(root)
        found = store.manifest.market
        if found != market:
            raise UnusableStore(
                _("{path} holds cases of market {found}, not {market}").format(
                    path=root, found=found, market=market
                ),
                _("give every market a store of its own"),
            )
        return store

    @property
    def manifest(self) -> Manifest:
        """The store as it stands at this moment."""
        return read_manifest(self.root)

    def paths(self, table: str = "cases") -> list[Path]:
        """The files of a table as they stand: all of its rows, and no row twice."""
        return [self.root / file.path for file in self.manifest.of(table)]

    def rows(self, table: str = "cases") -> int:
        """How many rows a table has."""
        return sum(file.rows for file in self.manifest.of(table))

    def batches(
        self, table: str = "cases", columns: Sequence[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The rows of a table. Batches differ in the facts they have; a fact that is missing is
        unknown. Of `columns`, those are read that a file has."""
        for file in self.manifest.of(table):
            with StoredFile(self.root, file.path) as opened:
                wanted = None
                if columns is not None:
                    known = set(opened.schema.names)
                    wanted = [name for name in columns if name.partition(".")[0] in known]
                yield from opened.batches(wanted)

    def commit(
        self, before: Manifest, added: Sequence[Stored], gone: Iterable[str] = ()
    ) -> Manifest:
        """Put files in place of others, all at once. Call it holding the lock.

        `added` lie under their hidden names still.
        """
        for file in added:
            path = self.root / file.path
            hidden(path).rename(path)
            settle_folder(path.parent)
        out = set(gone)
        now = time.time()
        old = [one for one in before.retired if now - one.at >= GRACE]
        kept = tuple(one for one in before.retired if now - one.at < GRACE)
        made = before.next(
            (*(file for file in before.files if file.path not in out), *added),
            (*kept, *(Retired(path, now) for path in sorted(out))),
        )
        write_manifest(self.root, made)
        if out:
            (self.root / RETIRED).mkdir(exist_ok=True)
        for gone_path in out:
            place = self.root / gone_path
            with suppress(OSError):
                place.rename(self.root / RETIRED / place.name)
        for one in old:
            (self.root / RETIRED / Path(one.path).name).unlink(missing_ok=True)
        return made

    def sweep(self, manifest: Manifest) -> None:
        """Take away what writers left that were killed. Call it holding the lock."""
        known = {self.root / file.path for file in manifest.files}
        late = time.time() - _ABANDONED
        for path in (path for table in KINDS for path in (self.root / table).rglob("*")):
            with suppress(OSError):
                half = path.name.endswith(PART) and path.stat().st_mtime < late
                if half or (path.suffix == ".parquet" and path not in known and path.is_file()):
                    path.unlink()


def _only_if_empty(root: Path) -> None:
    if any(not entry.name.startswith(".") for entry in root.iterdir()):
        raise UnusableStore(
            _("{path} holds other files and is no store of cases").format(path=root),
            _("name a new or empty folder"),
        )
