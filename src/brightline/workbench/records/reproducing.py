"""Does every decision come out the same when it is made again from what is stored?

The same rulebook (by its hash), the same day, the same facts: the action, the clauses and the
points must be those that were written down, and those that the log tells of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Decision
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of

_TOLD = (EventKind.CASE_DECIDED.value, EventKind.CASE_AUTOMATIC.value)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A decision that is not as it should be.

    `wrong` is `differs` (made again, it comes out otherwise), `no_rulebook` (its release is gone),
    `event_differs` (the log tells of another outcome), `no_event` (the log does not know of it) or
    `gone` (the log knows of it, and it is not there; `decision` is the id it had).
    """

    decision: int
    case: int
    wrong: str
    was: str = ""
    now: str = ""


@dataclass
class Reproduction:
    """How many decisions were made again, how many came out the same, and those that did not."""

    checked: int = 0
    same: int = 0
    wrong: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every one came out the same."""
        return not self.wrong

    def add(self, found: Iterable[Mismatch], checked: int) -> None:
        """Take a batch in; of the mismatches the first are kept, all are counted."""
        every = list(found)
        bad = len({one.decision for one in every})
        self.checked += checked
        self.same += checked - sum(1 for one in {m.decision: m for m in every}.values()
                                   if one.wrong != "gone")  # fmt: skip
        self.wrong += bad
        self.mismatches += every[: max(0, MOST_SHOWN - len(self.mismatches))]


def again(decision: Decision) -> Mismatch | None:
    """Make one decision again; None where it comes out the same. Its case must be loaded."""
    try:
        engine = engine_of(decision.sha)
        verdict = engine.verdict(decision.case.subject, decision.day, decision.facts)
    except (NoRulebook, KeyError, ValueError):
        return Mismatch(decision.pk, decision.case_id, "no_rulebook", decision.action)
    now = sorted((c.sop, c.clause, c.action, c.points, c.violation) for c in verdict.reported)
    was = sorted(
        (c["sop"], c["clause"], c["action"], c["points"], c["violation"]) for c in decision.clauses
    )
    if (verdict.action, verdict.points, now) == (decision.action, decision.points, was):
        return None
    return Mismatch(
        decision.pk, decision.case_id, "differs",
        _said(decision.action, [f"{c[0]} {c[1]}" for c in was]),
        _said(verdict.action, [f"{c[0]} {c[1]}" for c in now]),
    )  # fmt: skip


def reproduce_some(after: int, into: Reproduction, most: int = 2_000) -> int | None:
    """Check the next decisions after an id; the id to go on from, or None at the end."""
    batch = list(
        Decision.objects.filter(pk__gt=after).select_related("case")
        .only("pk", "case__subject", "case_id", "sha", "day", "action", "clauses", "facts",
              "points", "in_force").order_by("pk")[:most]
    )  # fmt: skip
    batch.sort(key=lambda d: (d.sha, d.day, d.case.subject))  # each table is compiled once
    told = _told([d.pk for d in batch])
    found = []
    for decision in batch:
        mismatch = again(decision) or _against_log(decision, told.get(str(decision.pk)))
        if mismatch:
            found.append(mismatch)
    into.add(found, len(batch))
    return max(d.pk for d in batch) if len(batch) == most else None


def find_gone(into: Reproduction, after: int = 0) -> None:
    """Add the decisions that the log tells of and that are not there any more."""
    while True:
        events = list(
            Event.objects.filter(kind__in=_TOLD, on_type="decision", seq__gt=after)
            .order_by("seq").values_list("seq", "on_id", "case_id")[:5_000]
        )  # fmt: skip
        if not events:
            return
        ids = {int(on) for _seq, on, _case in events if on.isdecimal()}
        there = set(Decision.objects.filter(pk__in=ids).values_list("pk", flat=True))
        gone = [Mismatch(int(on), case or 0, "gone") for _seq, on, case in events
                if on.isdecimal() and int(on) not in there]  # fmt: skip
        into.add(gone, 0)
        after = events[-1][0]


def _told(ids: list[int]) -> dict[str, dict[str, object]]:
    return {
        on: after or {}
        for on, after in Event.objects.filter(
            on_type="decision", on_id__in=[str(i) for i in ids], kind__in=_TOLD
        ).values_list("on_id", "after")
    }


def _against_log(decision: Decision, told: dict[str, object] | None) -> Mismatch | None:
    if told is None:
        return Mismatch(decision.pk, decision.case_id, "no_event", decision.action)
    same = all(
        told.get(name) == value
        for name, value in (
            ("action", decision.action), ("clauses", decision.clauses),
            ("points", decision.points), ("in_force", decision.in_force),
        )
    )  # fmt: skip
    if same:
        return None
    return Mismatch(
        decision.pk, decision.case_id, "event_differs", str(told.get("action")), decision.action
    )


def _said(action: str, clauses: list[str]) -> str:
    return f"{action} ({', '.join(clauses)})" if clauses else action
