"""The whole check: the chain of the log, then every decision made again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from brightline.i18n import N_, _
from brightline.workbench.audit.models import ChainHead, Event
from brightline.workbench.audit.verifying import NOTHING_YET, Verification, verify_some
from brightline.workbench.cases.models import Decision
from brightline.workbench.records.reproducing import Reproduction, find_gone, reproduce_some

WRONG = {
    "changed": N_("Event {seq} is not as it was written: its hash is another."),
    "missing": N_("Before event {seq} something is missing."),
    "order": N_("Event {seq} does not follow the one before it."),
    "end": N_("The log ends elsewhere than it should: its last event was {seq}."),
    "differs": N_("Made again it comes out otherwise."),
    "no_rulebook": N_("The rulebook it was made under is gone."),
    "event_differs": N_("The log tells of another outcome."),
    "no_event": N_("The log does not know of it."),
    "gone": N_("The log tells of it, and it is not there any more."),
}
"""What can be wrong with an event or a decision, in words."""


def in_words(wrong: str, seq: int | None = None) -> str:
    """What is wrong, in the language in force."""
    return _(WRONG[wrong]).format(seq=seq)


@dataclass
class Check:
    """What was found, and how far the reading is. `as_state` and `from_state` carry it on."""

    chain: Verification = field(default_factory=lambda: Verification(0))
    at: tuple[int, str] = NOTHING_YET
    chain_read: bool = False
    decisions: Reproduction = field(default_factory=Reproduction)
    after: int | None = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def done(self) -> bool:
        """Whether all was read."""
        return self.chain_read and self.after is None

    @property
    def sound(self) -> bool:
        """Whether nothing was found so far."""
        return self.chain.sound and self.decisions.sound

    def step(self) -> None:
        """Read on a little: some thousand events, or some thousand decisions."""
        if not self.chain_read:
            self.chain, self.at, self.chain_read = verify_some(self.at)
            if self.chain_read:
                ends = Event.objects.order_by("seq").values_list("at", flat=True)
                self.first, self.last = ends.first(), ends.last()
        elif self.after is not None:
            self.after = reproduce_some(self.after, self.decisions)
            if self.after is None:
                find_gone(self.decisions)

    def share(self) -> float:
        """How much of it is read, 0 to 1."""
        events = ChainHead.objects.values_list("seq", flat=True).get(pk=1)
        whole = events + Decision.objects.count()
        read = self.chain.events if not self.chain_read else events
        return 1.0 if self.done or not whole else min(1.0, (read + self.decisions.checked) / whole)

    def as_json(self) -> dict[str, Any]:
        """The result for programs."""
        return {
            "sound": self.sound,
            "events": self.chain.events,
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "chain": {"sound": self.chain.sound, "seq": self.chain.seq, "wrong": self.chain.wrong},
            "decisions": {
                "checked": self.decisions.checked,
                "same": self.decisions.same,
                "wrong": self.decisions.wrong,
                "mismatches": [
                    {"decision": m.decision, "case": m.case, "wrong": m.wrong,
                     "was": m.was, "now": m.now}
                    for m in self.decisions.mismatches
                ],
            },
        }  # fmt: skip


def check_all(progress: Callable[[Check], None] = lambda _check: None) -> Check:
    """The whole check at once; `progress` is told after each step."""
    check = Check()
    while not check.done:
        check.step()
        progress(check)
    return check
