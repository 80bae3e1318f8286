"""Recent cases of a queue put to the tables before and after: how many come to something else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from brightline.workbench.cases.models import Decision
from brightline.workbench.understanding.outcomes import outcome_under
from brightline.workbench.understanding.witnesses import Pair

DAYS, MOST = 30, 400
"""How far back, and how many decided cases of each queue, the newest first."""


@dataclass
class Sample:
    """Of `cases` decided last, `changed` come to something else; of `open` the facts on record do
    not say. `sops` are the changed SOPs (newer ids) that had any such case."""

    cases: int = 0
    changed: int = 0
    open: int = 0
    sops: set[str] = field(default_factory=set)

    def as_json(self) -> dict[str, int]:
        """What is kept with a notice."""
        return {"cases": self.cases, "changed": self.changed, "open": self.open, "days": DAYS}


def sample(
    pair: Pair, market: str, queue: str, changed: Collection[tuple[str, str, str]]
) -> Sample:
    """Put the cases that a queue decided last to both tables, under the SOPs that `changed`.

    `changed` are (subject, older id, newer id). Facts are taken as they stood at the decision.
    """
    found = Sample()
    if pair.old is None:
        return found
    subjects = {subject for subject, _was, _sop in changed}
    last = Decision.objects.filter(
        in_force=True, task__market=market, task__queue=queue,
        at__gte=timezone.now() - timedelta(days=DAYS),
    ).select_related("case").only("facts", "case__subject").order_by("-at")[:MOST]  # fmt: skip
    for decision in last:
        found.cases += 1
        subject = decision.case.subject
        if subject not in subjects:
            continue
        then = pair.old.decide(subject, pair.day, decision.facts)
        now = pair.new.decide(subject, pair.day, decision.facts)
        differs = unsettled = False
        for of, was, sop in changed:
            if of != subject:
                continue
            before, after = outcome_under(then, was), outcome_under(now, sop)
            if before == after or not before.settled:
                continue
            found.sops.add(sop or was)
            unsettled |= not after.settled
            differs |= after.settled
        found.changed += differs
        found.open += unsettled and not differs
    return found
