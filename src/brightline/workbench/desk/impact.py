"""How much a request weighs: cases a week × severity × disagreement, each part shown.

Severity is that of the clause's action, 0 to 1 (100 in the rulebook is 1), unless someone set it.
Disagreement is the share of cases looked at twice whose two decisions differ, with one of each kind
added first (Laplace), so that few second looks neither hide a request nor blow it up.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from brightline.workbench.cases.models import Decision, How
from brightline.workbench.desk.models import Request
from brightline.workbench.desk.models.request import OPEN
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now

WEEKS = 4
_FRESH = 600.0
Key = tuple[str, str, str]
"""SOP, clause, fact; the parts that do not count are empty."""
_kept: dict[str, tuple[float, Counts]] = {}
_lock = threading.Lock()


@dataclass
class Counts:
    """Of the last four weeks, by clause, fact and SOP."""

    cases: Counter[Key] = field(default_factory=Counter)
    twice: Counter[Key] = field(default_factory=Counter)
    differed: Counter[Key] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an impact is worked out of. `severity` and `disagreement` lie between 0 and 1."""

    cases_a_week: float
    severity: float
    looked_twice: int
    differed: int

    @property
    def disagreement(self) -> float:
        """The share of second looks that differ, one of each kind added."""
        return (self.differed + 1) / (self.looked_twice + 2)

    @property
    def impact(self) -> float:
        """Their product: a request with no case yet weighs as one with one case a month."""
        return max(self.cases_a_week, 0.25) * self.severity * self.disagreement


def parts_of(request: Request) -> Parts:
    """The parts of a request as they were last counted."""
    return Parts(request.cases_a_week, severity_of(request), request.looked_twice, request.differed)


def severity_of(request: Request) -> float:
    """How grave a mistake would be, 0 to 1."""
    if request.severity:
        return min(request.severity, 100) / 100
    try:
        book = engine_of(release_now(request.market).sha).rulebook
        sop = book.sop_named(request.sop)
    except (NoRulebook, KeyError):
        return 0.5
    wanted = [c for c in sop.clauses if not request.clause or c.id == request.clause]
    found = [book.actions[c.action].severity for c in wanted if c.action in book.actions]
    return min(max(found, default=50), 100) / 100


def weigh(request: Request, counts: Counts | None = None) -> Request:
    """Count what a request is about and keep it on it; not saved."""
    found = counts or counts_of(request.market)
    key = (request.sop, request.clause, "" if request.clause else request.fact)
    if request.sop:
        request.cases_a_week = round(found.cases[key] / WEEKS, 2)
        request.looked_twice, request.differed = found.twice[key], found.differed[key]
    request.impact = parts_of(request).impact
    return request


def weigh_all() -> int:
    """Count anew for every open request; how many were weighed."""
    requests = list(Request.objects.filter(state__in=OPEN))
    fresh = {market: _counted(market) for market in {one.market for one in requests}}
    for one in requests:
        weigh(one, fresh[one.market])
    Request.objects.bulk_update(
        requests, ["cases_a_week", "looked_twice", "differed", "impact"], batch_size=200
    )
    return 0


def counts_of(market: str) -> Counts:
    """The counts of a market, at most ten minutes old."""
    with _lock:
        kept = _kept.get(market)
        if kept is None or time.monotonic() - kept[0] > _FRESH:
            kept = _kept[market] = (time.monotonic(), _counted(market))
        return kept[1]


def _counted(market: str) -> Counts:
    since = timezone.now() - timedelta(weeks=WEEKS)
    rows = (
        Decision.objects.filter(case__market=market, at__gte=since)
        .order_by("case_id", "at", "id")
        .values_list("case_id", "how", "action", "clauses", "facts", "in_force")
    )
    found, case = Counts(), None
    seen: list[tuple[Any, ...]] = []
    for row in rows.iterator(chunk_size=2000):
        if row[0] != case:
            _count(found, seen)
            case, seen = row[0], []
        seen.append(row)
    _count(found, seen)
    return found


def _count(found: Counts, rows: list[tuple[Any, ...]]) -> None:
    """One case: the rules its decisions met, and whether a second look agreed."""
    keys: set[Key] = set()
    for row in rows:
        keys |= set(_keys(row))
    found.cases.update(keys)
    first = next((row for row in rows if row[1] in (How.REVIEW, How.AUTOMATIC)), None)
    for row in rows:
        if first is not None and row[1] in (How.SECOND, How.AUDIT, How.APPEAL):
            found.twice.update(keys)
            if _outcome(row) != _outcome(first):
                found.differed.update(keys)


def _keys(row: tuple[Any, ...]) -> Iterable[Key]:
    sops = set()
    for one in row[3]:
        yield one["sop"], one["clause"], ""
        sops.add(one["sop"])
    for sop in sops:
        yield sop, "", ""
        for name in row[4]:
            yield sop, "", name.removeprefix(f"{sop}.")


def _outcome(row: tuple[Any, ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    return row[2], tuple(sorted((c["sop"], c["clause"]) for c in row[3] if c.get("violation")))


def forget() -> None:
    """Drop what is kept: between tests."""
    _kept.clear()
