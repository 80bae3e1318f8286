"""What a draft would have changed of the last cases: counted on facts as stored, nothing guessed.

Both sides are decided by their own compiled tables (`backtesting.Session`); only the cases that an
edit can reach are decided anew. A case of which a fact is missing is counted as open, not as one
or the other.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from brightline.backtesting.session import Impact as Counted
from brightline.backtesting.session import Session, Superseded
from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import Decider, Deciders
from brightline.rulebook.model import Rulebook
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.past import Facts, Past, last_cases
from brightline.workbench.rulebooks.in_force import engine_of

Examples = dict[tuple[str, str], list[tuple[int, str]]]
LAST = 20_000
"""Cases that a draft is put to while somebody types."""
LOOKED_AT = 400
"""Of these, the newest that examples are looked for among."""
_FRESH = 900.0
_kept: OrderedDict[tuple[str, str, str], tuple[float, _Held]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Move:
    """So many cases go from one action to another; `examples` are a few of them, key and name."""

    before: str
    after: str
    count: int
    examples: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes. `seconds_a_case` is what a moderator takes longer; None where not known."""

    cases: int
    since: date | None
    moves: tuple[Move, ...]
    changed: int
    may_change: int
    open_before: int
    open_after: int
    seconds_a_case: float | None
    took: float


class _Held:
    """The last cases of a subject, and the session that drafts are put to."""

    def __init__(self, market: str, subject: str, sha: str) -> None:
        book = engine_of(sha).rulebook
        self.past: Past = last_cases(market, subject, book, LAST)
        self.session = Session([self.past.coded], book, as_of=timezone.localdate())
        self.before = Deciders(book).decider(subject, timezone.localdate())


def impact_of(draft: Draft, book: Rulebook, subject: str, effort: bool = True) -> Impact | None:
    """What the draft's rulebook changes of the last cases of a subject, as of today.

    None where a newer text came in meanwhile.
    """
    held = _held(draft.market, subject, draft.base.sha)
    if not held.past.keys:
        return Impact(0, None, (), 0, 0, 0, 0, None, 0.0)
    try:
        found = held.session.impact(book, effort=effort)
    except Superseded:
        return None
    flows = sorted((f for f in found.flows if f.old != f.new), key=lambda flow: -flow.cases)
    examples = _examples(held, book, subject) if flows else {}
    moves = tuple(
        Move(f.old, f.new, f.cases, tuple(examples.get((f.old, f.new), ())[:3])) for f in flows
    )
    return Impact(
        found.cases, held.past.since, moves, found.changed, found.may_change, found.open_old,
        found.open_new, _seconds(found), found.seconds,
    )  # fmt: skip


def _seconds(found: Counted) -> float | None:
    effort = found.effort
    return effort.seconds_change.mean if effort is not None and effort.complete else None


def _examples(held: _Held, book: Rulebook, subject: str) -> Examples:
    """Some of the newest cases by the actions they move between."""
    if subject not in book.subjects:
        return {}
    after = Deciders(book).decider(subject, timezone.localdate())
    past, some = held.past, Examples()
    was = _actions(held.before, past.facts[:LOOKED_AT])
    now = _actions(after, past.facts[:LOOKED_AT])
    for key, name, a, b in zip(past.keys, past.names, was, now, strict=False):
        if a != b:
            some.setdefault((a, b), []).append((key, name))
    return some


def _actions(decider: Decider, cases: list[Facts]) -> Iterator[str]:
    answers: dict[tuple[tuple[str, object], ...], str] = {}
    table = decider.table
    for facts in cases:
        known = tuple((c.name, facts[c.name]) for c in table.columns if c.name in facts)
        if known not in answers:
            allowed = {}
            for name, value in known:
                try:
                    table.columns[table.places[name]].code(value)
                except FactError:
                    continue
                allowed[name] = value
            answers[known] = decider.verdict(allowed).action
        yield answers[known]


def _held(market: str, subject: str, sha: str) -> _Held:
    """Kept for a quarter of an hour: new cases are no hurry while somebody types."""
    key = market, subject, sha
    with _lock:
        kept = _kept.get(key)
        if kept is None or time.monotonic() - kept[0] > _FRESH:
            kept = _kept[key] = (time.monotonic(), _Held(market, subject, sha))
            while len(_kept) > 4:
                _kept.popitem(last=False)
        return kept[1]


def forget() -> None:
    """Drop what is kept: between tests."""
    _kept.clear()
