"""What a draft would have changed of the last cases: counted case by case, on facts as stored.

Of a decided case those of its decision in force, what moderators answered included.

Both sides are decided by their own compiled tables on the same facts; a fact that the draft brings
in new is unknown there, so its cases count as open.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import Deciders
from brightline.rulebook.model import MANUAL_REVIEW, Rulebook
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.drafts.models import Draft
from brightline.workbench.rulebooks.in_force import engine_of

LAST = 2000
"""Cases that are looked at while somebody types."""
_FRESH = 60.0
_kept: OrderedDict[tuple[str, str], tuple[float, _Last]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Move:
    """So many cases go from one action to another; `examples` are a few of them."""

    before: str
    after: str
    count: int
    examples: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes. `open_before` and `open_after` are cases that a person has to answer."""

    cases: int
    since: date | None
    moves: tuple[Move, ...]
    open_before: int
    open_after: int
    seconds: float

    @property
    def changed(self) -> int:
        """Cases whose action differs."""
        return sum(move.count for move in self.moves)


class _Last:
    """The last cases of a subject, with what the release the draft began from says of them."""

    def __init__(self, market: str, subject: str, sha: str) -> None:
        found = list(
            Case.objects.filter(market=market, subject=subject)
            .order_by("-received_at", "-id")
            .values_list("pk", "ref", "facts", "received_at")[:LAST]
        )
        decided = dict(
            Decision.objects.filter(case_id__in=[row[0] for row in found], in_force=True)
            .order_by("at", "pk")
            .values_list("case_id", "facts")
        )
        self.cases = [(pk, ref, _values(decided.get(pk) or facts)) for pk, ref, facts, _at in found]
        self.since = timezone.localdate(found[-1][3]) if found else None
        rulebook = engine_of(sha).rulebook
        self.before = _actions(rulebook, subject, [facts for _pk, _ref, facts in self.cases])


def impact_of(draft: Draft, book: Rulebook, subject: str, on: date) -> Impact:
    """What the draft's rulebook changes of the last cases of a subject, as of a day."""
    began = time.perf_counter()
    last = _last(draft.market, subject, draft.base.sha)
    after = _actions(book, subject, [facts for _pk, _ref, facts in last.cases], on)
    pairs: Counter[tuple[str, str]] = Counter()
    some: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for (pk, ref, _facts), was, now in zip(last.cases, last.before, after, strict=True):
        if was != now:
            pairs[was, now] += 1
            some.setdefault((was, now), []).append((pk, ref))
    moves = tuple(
        Move(was, now, count, tuple(some[was, now][:3]))
        for (was, now), count in pairs.most_common()
    )
    return Impact(
        len(last.cases), last.since, moves, last.before.count(MANUAL_REVIEW),
        after.count(MANUAL_REVIEW), time.perf_counter() - began,
    )  # fmt: skip


def _values(facts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: one["value"] for name, one in facts.items() if one.get("relied_on", True)}


def _last(market: str, subject: str, sha: str) -> _Last:
    """Kept for a minute: new cases are no hurry while somebody types."""
    key = f"{market}/{subject}", sha
    with _lock:
        kept = _kept.get(key)
        if kept is None or time.monotonic() - kept[0] > _FRESH:
            kept = _kept[key] = (time.monotonic(), _Last(market, subject, sha))
            while len(_kept) > 8:
                _kept.popitem(last=False)
        return kept[1]


def _actions(
    book: Rulebook, subject: str, cases: list[dict[str, Any]], on: date | None = None
) -> list[str]:
    """The action of each case; what a rulebook does not know, or does not allow, is unknown."""
    if subject not in book.subjects:
        return [""] * len(cases)
    decider = Deciders(book).decider(subject, on or timezone.localdate())
    table, found = decider.table, []
    answers: dict[tuple[tuple[str, Any], ...], str] = {}
    for facts in cases:
        known = tuple(
            (name, facts[name]) for column in table.columns if (name := column.name) in facts
        )
        if known not in answers:
            answers[known] = decider.verdict(_allowed(table, dict(known))).action
        found.append(answers[known])
    return found


def _allowed(table: Any, facts: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in facts.items():
        try:
            table.columns[table.places[name]].code(value)
        except FactError:
            continue
        found[name] = value
    return found


def forget() -> None:
    """Drop what is kept: between tests."""
    _kept.clear()
