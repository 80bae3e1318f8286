"""Which release is in force, and the engine compiled from it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from brightline.rulebook.canonical import from_json
from brightline.rulebook.lookup import Table
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.models import ReferenceTable, Release

_FRESH = 2.0
"""Seconds for which the release in force is remembered: a new one takes hold this much later."""
_engines: dict[str, Engine] = {}
_current: dict[str, tuple[float, Release]] = {}
_known: list[tuple[float, dict[str, list[str]]]] = []
_lock = threading.Lock()


FORMS: list[Callable[[str], tuple[str, str] | None]] = []
"""Where else a rulebook is kept: a hash gives its market and canonical form. Rooms above add it."""


class NoRulebook(LookupError):
    """No rulebook is in force in a market."""


def release_at(market: str, at: datetime) -> Release:
    """The release in force in a market at a moment. Raises `NoRulebook`."""
    found = (
        Release.objects.filter(market=market, effective_at__lte=at)
        .order_by("-effective_at", "-number")
        .first()
    )
    if found is None:
        raise NoRulebook(market)
    return found


def release_now(market: str) -> Release:
    """The release in force now, remembered for a moment. Raises `NoRulebook`."""
    kept = _current.get(market)
    if kept is not None and time.monotonic() - kept[0] < _FRESH:
        return kept[1]
    release = release_at(market, timezone.now())
    _current[market] = time.monotonic(), release
    return release


def _releases() -> dict[str, list[str]]:
    """The hashes of every market's releases, the first number first; remembered for a moment."""
    if not _known or time.monotonic() - _known[0][0] > _FRESH:
        found: dict[str, list[str]] = {}
        for market, sha in Release.objects.order_by("number").values_list("market", "sha"):
            found.setdefault(market, []).append(sha)
        _known[:] = [(time.monotonic(), found)]
    return _known[0][1]


def markets() -> list[str]:
    """The markets that have a rulebook."""
    return sorted(_releases())


def shas_of(market: str) -> list[str]:
    """The hashes of a market's releases, the first number first."""
    return _releases().get(market, [])


def engine_of(sha: str) -> Engine:
    """The engine of a rulebook by its hash, compiled once a process. Raises `NoRulebook`."""
    engine = _engines.get(sha)
    if engine is not None:
        return engine
    with _lock:
        if sha not in _engines:
            market, form = _form_of(sha)
            rulebook = from_json(form)
            tables = {
                row.name: Table(row.name, row.day, row.file, bytes(row.data))
                for row in ReferenceTable.objects.filter(market=market).order_by("day")
            }
            _engines[sha] = Engine(rulebook.model_copy(update={"data": tables}), sha)
        return _engines[sha]


def _form_of(sha: str) -> tuple[str, str]:
    """Market and canonical form of a rulebook. Raises `NoRulebook`."""
    release = Release.objects.filter(sha=sha).first()
    if release is not None:
        return release.market, release.form
    for kept in FORMS:
        if (found := kept(sha)) is not None:
            return found
    raise NoRulebook(sha)


def forget() -> None:
    """Drop what is remembered: after a release, and between tests."""
    _current.clear()
    _known.clear()
    _engines.clear()
