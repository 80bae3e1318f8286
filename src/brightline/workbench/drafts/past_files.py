"""Past cases in a folder of files that all workers of a server map: written once a night.

    PAST_CASES/MARKET/SUBJECT/COMMIT-MOST/…    from that commit of the market's store of cases

A market of a few million decided cases would otherwise be read from the database and held in every
worker. Whoever reads a folder that is replaced goes on reading it until he lets go of it.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from brightline.backtesting.mapped import Folder, FolderWriter
from brightline.backtesting.stored_facts import StoredFacts
from brightline.casestore.store import Store
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table, Tables
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now

_LIES = ".half-"


def write_past(market: str, store: Store) -> list[Path]:
    """Bring the files of a market up to its store, subject by subject; those that are new.

    At most `PAST_CASES_MOST` cases of a subject, the newest. Raises `UnusableStore` or `OSError`.
    """
    manifest = store.manifest
    subjects = {
        part.removeprefix("subject=")
        for file in manifest.of("cases")
        for part in file.path.split("/")
        if part.startswith("subject=")
    }
    written = []
    for subject in sorted(subjects) if settings.PAST_CASES_MOST else ():
        place = _folder(market, subject) / f"{manifest.commit:09}-{settings.PAST_CASES_MOST}"
        if place.exists():
            continue
        half = place.with_name(f"{_LIES}{secrets.token_hex(6)}")
        try:
            _write(StoredFacts(store, subject, settings.PAST_CASES_MOST), half)
            half.rename(place)
        finally:
            shutil.rmtree(half, ignore_errors=True)
        for other in place.parent.iterdir():
            if other != place:
                shutil.rmtree(other, ignore_errors=True)
        written.append(place)
        _group(market, subject, place)
    return written


def _write(facts: StoredFacts, folder: Path) -> None:
    out = FolderWriter(folder)
    for key, of in facts.facts():
        out.fact(key, of)
    about = {
        "of": facts.all,
        "since": facts.since and facts.since.isoformat(),
        "until": facts.until and facts.until.isoformat(),
    }
    out.finish(facts.subject, facts.ids(), about)


def _group(market: str, subject: str, place: Path) -> None:
    """Work out the patterns of the version in force, so that no author waits for that."""
    with suppress(NoRulebook):
        engine = engine_of(release_now(market).sha)
        if subject in engine.rulebook.subjects:
            Folder.open(place).patterns(past_table(engine.rulebook, subject))


def past_table(book: Rulebook, subject: str) -> Table:
    """The table that past cases are grouped by, as of today."""
    return Tables(book).table(subject, timezone.localdate())


def latest(market: str, subject: str) -> Path | None:
    """The newest folder of a subject; None where there is none."""
    try:
        found = [one for one in _folder(market, subject).iterdir() if one.name[0] != "."]
    except OSError:
        return None
    return max(found, key=lambda one: (one.name[:9], one.stat().st_mtime), default=None)


@lru_cache(maxsize=256)
def rows_in(place: Path) -> int:
    """How many cases a folder holds; 0 where it cannot be read."""
    try:
        return Folder.open(place).cases.rows
    except (OSError, ValueError):
        return 0


def moment(said: str | None) -> datetime | None:
    """A moment as a folder tells it."""
    return None if said is None else datetime.fromisoformat(said)


def _folder(market: str, subject: str) -> Path:
    return Path(settings.PAST_CASES) / market / subject
