"""What came of both arms: outcomes, agreement, seconds, appeals, each with its denominator.

Compared are cases that the pilot's group decided, in both arms: the same people, so that only the
rulebook differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from brightline.workbench.cases.models import Decision, How, Task, TaskKind
from brightline.workbench.pilots.models import CONTROL, PILOT, Pilot
from brightline.workbench.pilots.sequential import Ratio, evidence, ratio
from brightline.workbench.sellers.models import Appeal, Outcome

DIFFERED, HANDED_UP, OVERTURNED, SLOW = "differed", "handed_up", "overturned", "slow"
WATCHED = (DIFFERED, HANDED_UP, OVERTURNED, SLOW)
"""What counts as bad: two blind reviews differ; a case is handed up; an appeal is won; a review
took longer than half of all reviews before it, in both arms."""
BURN_IN = 20
"""Reviews before any is called slow: until then half of what is not known."""


@dataclass
class ArmFigures:
    """One arm. `actions`: outcome → decisions in force; `twice`: cases reviewed twice blindly."""

    cases: int = 0
    freed: int = 0
    automatic: int = 0
    decided: int = 0
    violations: int = 0
    actions: dict[str, int] = field(default_factory=dict)
    twice: int = 0
    agreed: int = 0
    handed_up: int = 0
    seconds: list[float] = field(default_factory=list)
    appeals: int = 0
    appeals_decided: int = 0
    overturned: int = 0

    @property
    def median_seconds(self) -> float | None:
        """Seconds of a first review, the median."""
        return median(self.seconds) if self.seconds else None


@dataclass(frozen=True)
class Watched:
    """One thing that is watched: `hits` of `bad` cases were the draft's; the evidence of harm."""

    name: str
    hits: int
    bad: int
    peak: float
    ratio: Ratio


@dataclass(frozen=True)
class Figures:
    """Both arms, what is watched, and the strongest evidence of harm so far.

    That is the highest of all, divided by how many are watched: so the bound of one holds of all
    together, however they hang together (a case that is slow may be handed up too).
    """

    pilot: ArmFigures
    control: ArmFigures
    watched: tuple[Watched, ...]
    evidence: float

    def arms(self) -> tuple[ArmFigures, ArmFigures]:
        """The draft's arm, then the other."""
        return self.pilot, self.control


def measure(pilot: Pilot) -> Figures:
    """The figures of a pilot as they stand."""
    arms = {PILOT: ArmFigures(), CONTROL: ArmFigures()}
    rows = list(pilot.drawn.values_list("case", "arm", "freed"))
    where = {case: arm for case, arm, freed in rows if not freed}
    for _case, arm, freed in rows:
        arms[arm].cases += 1
        arms[arm].freed += freed
    bad = sorted(_bad(pilot, where, arms))
    streams = {name: [arm == PILOT for _at, _pk, kind, arm in bad if kind == name]
               for name in WATCHED}  # fmt: skip
    watched = tuple(_watched(pilot, name, streams[name]) for name in WATCHED)
    strongest = max(one.peak for one in watched) / len(watched)
    return Figures(arms[PILOT], arms[CONTROL], watched, strongest)


def _watched(pilot: Pilot, name: str, stream: list[bool]) -> Watched:
    path = evidence(stream, pilot.share, pilot.tolerance)
    peak = max(1.0, float(path.max())) if len(path) else 1.0
    hits = sum(stream)
    return Watched(
        name, hits, len(stream), peak, ratio(hits, len(stream), pilot.share, pilot.alpha)
    )


Bad = tuple[datetime, int, str, str]
"""When, a number that breaks ties, what, in which arm."""


def _bad(pilot: Pilot, where: dict[int, str], arms: dict[str, ArmFigures]) -> Iterator[Bad]:
    """Every bad case, counting what is met on the way into the figures of its arm."""
    cases = pilot.drawn.filter(freed=False).values("case")
    first: dict[int, Decision] = {}
    seen: list[float] = []
    decisions = Decision.objects.filter(case__in=cases).order_by("at", "pk")
    for one in decisions:
        arm = where.get(one.case_id)
        if arm is None:
            continue
        figures = arms[arm]
        if one.in_force and one.case_id not in first:
            first[one.case_id] = one
            figures.decided += 1
            figures.violations += one.violation
            figures.actions[one.action] = figures.actions.get(one.action, 0) + 1
            figures.automatic += one.how == How.AUTOMATIC
            if one.how == How.REVIEW:
                figures.seconds.append(one.seconds)
                if len(seen) >= BURN_IN and one.seconds > median(seen):
                    yield one.at, one.pk, SLOW, arm
                seen.append(one.seconds)
        elif one.how in (How.SECOND, How.AUDIT) and one.case_id in first:
            before = first[one.case_id]
            figures.twice += 1
            same = (before.action, before.clause_ids) == (one.action, one.clause_ids)
            figures.agreed += same
            if not same:
                yield one.at, one.pk, DIFFERED, arm
    handed_up = Task.objects.filter(case__in=cases, kind=TaskKind.ESCALATION).order_by("pk")
    yield from _handed_up(handed_up, where, arms)
    yield from _appeals(Appeal.objects.filter(case__in=cases).order_by("pk"), where, arms)


def _handed_up(
    tasks: Iterable[Task], where: dict[int, str], arms: dict[str, ArmFigures]
) -> Iterator[Bad]:
    met: set[int] = set()
    for task in tasks:
        if task.case_id in where and task.case_id not in met:
            met.add(task.case_id)
            arms[where[task.case_id]].handed_up += 1
            yield task.created_at, task.pk, HANDED_UP, where[task.case_id]


def _appeals(
    appeals: Iterable[Appeal], where: dict[int, str], arms: dict[str, ArmFigures]
) -> Iterator[Bad]:
    for appeal in appeals:
        if appeal.case_id not in where:
            continue
        figures = arms[where[appeal.case_id]]
        figures.appeals += 1
        if appeal.outcome and appeal.decided_at is not None:
            figures.appeals_decided += 1
            if appeal.outcome != Outcome.UPHELD:
                figures.overturned += 1
                yield appeal.decided_at, appeal.pk, OVERTURNED, where[appeal.case_id]
