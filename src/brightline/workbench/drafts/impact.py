"""What a draft would have changed of the last cases: counted on facts as stored, nothing guessed.

Both sides are decided by their own compiled tables (`backtesting.Session`); only the patterns of
facts that an edit can reach are decided anew. A case of which a fact is missing is counted as open,
not as one or the other.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from brightline.backtesting.session import Impact as Counted
from brightline.backtesting.session import Session, Superseded
from brightline.rulebook.model import Rulebook
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.past import Past, last_cases, past_place
from brightline.workbench.rulebooks.in_force import engine_of

_FRESH = 900.0
_MOST = 4
_AGAIN = 60.0
_Key = tuple[str, str, str, Path | None, date]
_kept: OrderedDict[_Key, tuple[float, _Slot]] = OrderedDict()
_begun: dict[tuple[str, str, str], float] = {}
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
    """What changes among the last `cases` of `of`, up to a day (None: this moment).

    `seconds_a_case` is what a moderator takes longer; None where not known.
    """

    cases: int
    of: int
    since: date | None
    until: date | None
    moves: tuple[Move, ...]
    changed: int
    may_change: int
    open_before: int
    open_after: int
    seconds_a_case: float | None
    took: float


class _Held:
    """The last cases of a subject, and the session that drafts are put to."""

    def __init__(self, key: _Key) -> None:
        market, subject, sha, place, today = key
        book = engine_of(sha).rulebook
        self.past: Past = last_cases(market, subject, book, place)
        self.session = Session([self.past.patterns], book, as_of=today)
        self.session.impact(book)  # what the version in force asks is known from here on


class _Slot:
    """A session that is being made, or is there; who comes meanwhile waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: _Held | None = None

    def held(self, key: _Key) -> _Held:
        with self._lock:
            if self._held is None:
                self._held = _Held(key)
            return self._held


def impact_of(draft: Draft, book: Rulebook, subject: str, effort: bool = True) -> Impact | None:
    """What the draft's rulebook changes of the last cases of a subject, as of today.

    None where a newer text came in meanwhile.
    """
    held = _held(draft.market, subject, draft.base.sha)
    past = held.past
    if not past.count:
        return Impact(0, 0, None, None, (), 0, 0, 0, 0, None, 0.0)
    try:
        found = held.session.impact(book, effort=effort, lines=False)
    except Superseded:
        return None
    return Impact(
        found.cases, past.of, past.since, past.until, _moves(past, found), found.changed,
        found.may_change, found.open_old, found.open_new, _seconds(found), found.seconds,
    )  # fmt: skip


def warm(draft: Draft, sop: str | None) -> None:
    """Make the session ready in the background: somebody has an SOP open and will type soon.

    Each worker of a server has a session of its own, so every request for the draft asks for it.
    """
    of = draft.market, draft.base.sha, sop or ""
    now = time.monotonic()
    if sop and settings.DRAFTS_AHEAD and now - _begun.get(of, -_AGAIN) >= _AGAIN:
        _begun[of] = now
        threading.Thread(target=_made_ready, args=of, daemon=True).start()


def _made_ready(market: str, sha: str, sop: str) -> None:
    try:
        subject = next((s.subject for s in engine_of(sha).rulebook.sops if s.sop == sop), None)
        if subject is not None:
            _held(market, subject, sha)
    except Exception:  # who asks for it meets the same, and is told
        logging.getLogger(__name__).exception("the last cases could not be made ready")
    finally:
        connection.close()


def _seconds(found: Counted) -> float | None:
    effort = found.effort
    return effort.seconds_change.mean if effort is not None and effort.complete else None


def _moves(past: Past, found: Counted) -> tuple[Move, ...]:
    """The flows that change something, the largest first, each with a few cases."""
    shown = {(one.old, one.new): one.cases for one in found.examples}
    named = past.named(sorted({case for cases in shown.values() for case in cases}))
    return tuple(
        Move(
            flow.old, flow.new, flow.cases,
            tuple(named[case] for case in shown.get((flow.old, flow.new), ()) if case in named),
        )
        for flow in sorted(found.flows, key=lambda flow: -flow.cases)
        if flow.old != flow.new
    )  # fmt: skip


def _key(market: str, subject: str, sha: str) -> _Key:
    return market, subject, sha, past_place(market, subject), timezone.localdate()


def _held(market: str, subject: str, sha: str) -> _Held:
    key = _key(market, subject, sha)
    return _slot(key).held(key)


def _slot(key: _Key) -> _Slot:
    """Kept for a quarter of an hour: new cases are no hurry while somebody types. Files stay what
    they are, so what was made of them stays too."""
    with _lock:
        kept = _kept.get(key)
        if kept is None or (key[3] is None and time.monotonic() - kept[0] > _FRESH):
            kept = _kept[key] = (time.monotonic(), _Slot())
        _kept.move_to_end(key)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
        return kept[1]


def forget() -> None:
    """Drop what is kept: between tests."""
    _kept.clear()
    _begun.clear()
