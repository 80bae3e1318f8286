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


def verify_chain(progress: Callable[[int], None] = lambda _read: None) -> Verification:
    """Read the whole log in order; `progress` is told how many events were read."""
    previous, count = "0" * 64, 0
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != count + 1:
            return Verification(count, event.seq, "missing")
        if event.previous != previous:
            return Verification(count, event.seq, "order")
        if event.hash != hash_of(event):
            return Verification(count, event.seq, "changed")
        previous, count = event.hash, count + 1
        if count % 2000 == 0:
            progress(count)
    head = ChainHead.objects.get(pk=1)
    if (head.seq, head.hash) != (count, previous):
        return Verification(count, head.seq, "end")
    return Verification(count)
