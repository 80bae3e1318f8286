"""Which release is in force, was or will be, and the engine compiled from it.

One rule, for pages, the API, the command line and deciding alike: of the releases that were not
cancelled, that have taken effect and have not expired, the one that took effect last.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Q, QuerySet
from django.utils import timezone

from brightline.rulebook.canonical import from_json
from brightline.rulebook.lookup import Table
from brightline.workbench.ready import Ready
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


class Altered(NoRulebook):
    """The stored content of a release is not what its hash names: someone changed the database."""


def standing(market: str) -> QuerySet[Release]:
    """The releases of a market that were not cancelled, without their content, newest first."""
    return (
        Release.objects.filter(market=market, cancellation=None)
        .defer("form")
        .order_by("-effective_at", "-number")
    )


_AT = Ready(
    lambda hole: standing(hole("market")).filter(
        Q(expires_at=None) | Q(expires_at__gt=hole("at")), effective_at__lte=hole("at")
    )[:1],
    market=str,
    at=datetime,
)


def release_at(market: str, at: datetime) -> Release:
    """The release in force in a market at a moment. Raises `NoRulebook`."""
    found = _AT.first(market=market, at=at)
    if found is None:
        raise NoRulebook(market)
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which one release is in force. `until` is no part of it; None: no end
    is known. `release` is None where nothing is in force."""

    start: datetime
    until: datetime | None
    release: Release | None


def spans(market: str) -> list[Span]:
    """What is in force in a market when, from its first release on, the earliest first."""
    return spans_of(list(standing(market)))


def spans_of(releases: Sequence[Release]) -> list[Span]:
    """The stretches that releases make, by the rule of `release_at`; one that none cancelled."""
    edges = sorted({r.effective_at for r in releases}
                   | {r.expires_at for r in releases if r.expires_at is not None})  # fmt: skip
    found: list[Span] = []
    for start, until in pairwise([*edges, None]):
        assert start is not None
        held = [
            one
            for one in releases
            if one.effective_at <= start and (one.expires_at is None or one.expires_at > start)
        ]
        release = max(held, key=lambda r: (r.effective_at, r.number), default=None)
        if found and found[-1].release == release:
            found[-1] = Span(found[-1].start, until, release)
        else:
            found.append(Span(start, until, release))
    return found


def release_of(market: str, sha: str, at: datetime) -> Release | None:
    """The release under which something was decided at a moment by content with this hash.

    Content that came back has several numbers: it is the one that had taken effect last.
    """
    found = standing(market).filter(sha=sha)
    return found.filter(effective_at__lte=at).first() or found.last()


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
    """The engine of a rulebook by its hash, compiled once a process.

    Raises `NoRulebook`, and `Altered` where the stored content has another hash.
    """
    engine = _engines.get(sha)
    if engine is not None:
        return engine
    with _lock:
        if sha not in _engines:
            market, form = _form_of(sha)
            rulebook = from_json(form)
            if rulebook.sha != sha:
                raise Altered(sha)
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
