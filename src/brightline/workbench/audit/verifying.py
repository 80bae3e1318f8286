"""Is the log as it was written? Every hash is worked out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from brightline.workbench.audit.models import ChainHead, Event
from brightline.workbench.audit.recording import hash_of


@dataclass(frozen=True, slots=True)
class Verification:
    """How many events were read; the first that is not as written, if any, and what is wrong.

    `wrong` is `changed` (its hash is another), `missing` (a gap before it), `order` (it does not
    follow the one before it) or `end` (the chain ends elsewhere than its head says).
    """

    events: int
    seq: int | None = None
    wrong: str | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.wrong is None


NOTHING_YET = (0, "0" * 64)
"""Where the chain begins: events read so far, and the hash of the last of them."""


def verify_chain(progress: Callable[[int], None] = lambda _read: None) -> Verification:
    """Read the whole log in order; `progress` is told how many events were read."""
    at = NOTHING_YET
    while True:
        found, at, ended = verify_some(at)
        if ended or not found.sound:
            return found
        progress(found.events)


def verify_some(
    start: tuple[int, str], most: int = 5_000
) -> tuple[Verification, tuple[int, str], bool]:
    """Go on from where a reading stopped, by so many events at most.

    Gives what was found, where to go on, and whether the end was reached (where the chain must be
    as long as its head says).
    """
    count, previous = start
    events = list(Event.objects.filter(seq__gt=count).order_by("seq")[:most])
    for event in events:
        if event.seq != count + 1:
            return Verification(count, event.seq, "missing"), (count, previous), True
        if event.previous != previous:
            return Verification(count, event.seq, "order"), (count, previous), True
        if event.hash != hash_of(event):
            return Verification(count, event.seq, "changed"), (count, previous), True
        previous, count = event.hash, count + 1
    if len(events) == most:
        return Verification(count), (count, previous), False
    head = ChainHead.objects.get(pk=1)
    if (head.seq, head.hash) != (count, previous):
        if head.seq > count and Event.objects.filter(seq=count + 1).exists():
            return Verification(count), (count, previous), False  # written while we read
        return Verification(count, head.seq, "end"), (count, previous), True
    return Verification(count), (count, previous), True
