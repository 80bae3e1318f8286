"""The lot: which arriving case enters a pilot, and to which arm it falls."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.cases.arms import Arm
from brightline.workbench.cases.models import Case
from brightline.workbench.pilots.models import CONTROL, PILOT, Drawn, Kind, Pilot
from brightline.workbench.understanding.announced import unread

_FRESH = 2.0
"""Seconds for which the running pilots are remembered: a new one takes hold this much later."""


@dataclass(frozen=True, slots=True)
class _Running:
    pk: int
    sha: str
    role: str
    queues: frozenset[str]
    seed: str
    inclusion: float
    share: float
    group: frozenset[int]
    full: bool


_kept: dict[str, tuple[float, dict[str, _Running]]] = {}


def key_of(pilot: int) -> str:
    """The key of the announcement that a pilot begins."""
    return f"pilot:{pilot}:begun"


def forget() -> None:
    """Read the running pilots anew."""
    _kept.clear()


def _running() -> dict[str, _Running]:
    """Market → its running pilot."""
    known = _kept.get(connection.alias)
    if known is not None and time.monotonic() - known[0] < _FRESH:
        return known[1]
    found = {}
    for one in Pilot.objects.filter(kind=Kind.PILOT, state=Pilot.State.RUNNING).defer("form"):
        group = frozenset(one.members.values_list("person", flat=True))
        full = bool(one.most) and one.drawn.count() >= one.most
        full = full or (one.until is not None and one.until < timezone.localdate())
        found[one.market] = _Running(
            one.pk, one.sha, one.role, frozenset(one.queues), one.seed, one.inclusion, one.share,
            group, full,
        )  # fmt: skip
    _kept[connection.alias] = time.monotonic(), found
    return found


def chances(seed: str, market: str, ref: str) -> tuple[float, float]:
    """Two numbers of [0, 1) that a case draws: for entering, and for its arm."""
    digest = hashlib.sha256(f"{seed}:{market}:{ref}".encode()).digest()
    whole = float(1 << 64)
    return int.from_bytes(digest[:8], "big") / whole, int.from_bytes(digest[8:16], "big") / whole


class Lots:
    """Draws arriving cases for the running pilot of their market."""

    def draw(self, market: str, ref: str, queue: str) -> Arm | None:
        """The arm of an arriving case, or None."""
        one = _running().get(market)
        if one is None or one.full or (one.queues and queue not in one.queues):
            return None
        enters, falls = chances(one.seed, market, ref)
        if enters >= one.inclusion:
            return None
        if falls < one.share:
            return Arm(one.pk, PILOT, one.sha, one.role)
        return Arm(one.pk, CONTROL, "", one.role)

    def drawn(self, cases: Sequence[tuple[Case, Arm]]) -> None:
        """Keep which case was drawn for which arm, with the probabilities."""
        odds = {one.pk: one for one in _running().values()}
        Drawn.objects.bulk_create(
            Drawn(
                pilot_id=arm.trial, case=case, arm=arm.name,
                inclusion=odds[arm.trial].inclusion, share=odds[arm.trial].share,
            )
            for case, arm in cases
            if arm.trial in odds
        )  # fmt: skip

    def judges(self, market: str, sha: str) -> bool:
        """Whether a hash is the draft of the running pilot."""
        one = _running().get(market)
        return one is not None and one.sha == sha


LOTS = Lots()


def circles_of(person: User) -> Collection[str]:
    """The running pilots whose group a person is in, as tasks name them.

    None of a pilot whose announcement they have not read: its questions would be news to them.
    """
    return [
        one.role
        for one in _running().values()
        if person.pk in one.group and not unread(key_of(one.pk), person.pk)
    ]
