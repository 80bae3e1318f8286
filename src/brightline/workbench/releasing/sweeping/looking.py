"""What a release makes of cases: of live ones that were decided, of waiting ones; nothing is done.

`counts` of a sweep, each of the cases looked at (`seen`): `same` comes to the same · `reason` to
the same by other clauses · `sure` to something else · `open` is not settled without a person ·
`busy` is in a queue already · `outside` was settled outside the rules · `newer` is not the newest
of its listing · `unknown` the release does not know · `in_hand` (of those that wait).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from brightline.rulebook.deciding import Decision as Ruling
from brightline.workbench.cases.actions.receive_many import acts_alone
from brightline.workbench.cases.actions.reread import with_what_people_said
from brightline.workbench.cases.models import Case, Decision, Source, Task, TaskKind
from brightline.workbench.cases.routing import route
from brightline.workbench.releasing.models import Sweep, SweptCase
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.in_force import engine_of

UNFINISHED = (Task.Status.OPEN, Task.Status.CLAIMED)
LISTING_ATTRIBUTES = ("listing_id", "item_id", "content_id", "review_id")
"""Attributes by which a platform that sends a listing several times names it."""


def candidates(sweep: Sweep) -> QuerySet[Case]:
    """The cases that a sweep looks at, without order."""
    found = Case.objects.filter(market=sweep.release.market, pk__lte=sweep.last_case)
    if sweep.subjects:
        found = found.filter(subject__in=sweep.subjects)
    if sweep.kind == Sweep.Kind.LIVE:
        return found.filter(action__in=sweep.outcomes, decided_at__gte=sweep.since)
    waits = Task.objects.filter(
        case=OuterRef("pk"), status__in=UNFINISHED, kind__in=(TaskKind.REVIEW, TaskKind.SECOND)
    )
    return found.filter(Exists(waits), action="").exclude(sha=sweep.release.sha)


def look(sweep: Sweep, cases: Sequence[Case]) -> tuple[Counter[str], list[SweptCase]]:
    """What the release makes of cases: how many of each sort, and those that differ."""
    engine = engine_of(sweep.release.sha)
    live = sweep.kind == Sweep.Kind.LIVE
    counts: Counter[str] = Counter(seen=len(cases))
    left = _looked_at(cases, counts) if live else list(cases)
    standing = _standing(left) if live else {}
    rulings = engine.arrive_many(
        [
            ({"subject": c.subject, "attributes": c.attributes, "facts": c.given},
             sweep.day if live else c.day)
            for c in left
        ]
    )  # fmt: skip
    differ: list[SweptCase] = []
    for case, ruling in zip(left, rulings, strict=True):
        if not isinstance(ruling, Ruling):
            counts["unknown"] += 1
        elif live:
            decision = standing[case.pk]
            if decision.exception:
                counts["outside"] += 1
                continue
            said = with_what_people_said(case, engine, sweep.day, ruling, decision)
            differ += _differs(sweep, case, decision, said, counts)
        else:
            differ += _waits(sweep, case, engine, ruling, counts)
    return counts, differ


def _looked_at(cases: Sequence[Case], counts: Counter[str]) -> list[Case]:
    """Those that nobody has in a queue, and that are the newest of their listing."""
    ids = [case.pk for case in cases]
    busy = set(
        Task.objects.filter(case__in=ids, status__in=UNFINISHED).values_list("case_id", flat=True)
    )
    older = _older(cases)
    counts["busy"] += len(busy)
    counts["newer"] += len(older - busy)
    return [case for case in cases if case.pk not in busy and case.pk not in older]


def _older(cases: Sequence[Case]) -> set[int]:
    """The cases of which the same listing came in again later."""
    found: set[int] = set()
    for name in LISTING_ATTRIBUTES:
        named = {
            case.pk: case.attributes[name]
            for case in cases
            if isinstance(case.attributes.get(name), (str, int)) and case.attributes[name] != ""
        }
        if not named:
            continue
        of = [case for case in cases if case.pk in named]
        twins = Case.objects.filter(
            market=of[0].market, **{f"attributes__{name}__in": list(set(named.values()))}
        )
        if all(case.seller for case in of):  # by an index
            twins = twins.filter(seller__in={case.seller for case in of})
        newest: dict[object, int] = {}
        for pk, attributes in twins.values_list("pk", "attributes"):
            value = attributes[name]
            newest[value] = max(pk, newest.get(value, 0))
        found |= {pk for pk, value in named.items() if newest.get(value, pk) > pk}
    return found


def _standing(cases: Iterable[Case]) -> dict[int, Decision]:
    decisions = Decision.objects.filter(case__in=[c.pk for c in cases], in_force=True)
    return {one.case_id: one for one in decisions.order_by("at", "pk")}


def _differs(
    sweep: Sweep, case: Case, decision: Decision, ruling: Ruling, counts: Counter[str]
) -> list[SweptCase]:
    verdict = ruling.verdict
    clauses = sorted((c.sop, c.clause) for c in verdict.reported if c.violation)
    if verdict.determined and verdict.action == decision.action:
        counts["same" if clauses == decision.clause_ids else "reason"] += 1
        return []
    counts["sure" if verdict.determined else "open"] += 1
    return [
        SweptCase(
            sweep=sweep, case=case, decision=decision, was=decision.action,
            now=verdict.action if verdict.determined else "",
            possible=[] if verdict.determined else list(verdict.possible_actions),
            clauses=[f"{sop} {clause}" for sop, clause in clauses],
            points=verdict.points if verdict.determined else 0,
        )
    ]  # fmt: skip


def _waits(
    sweep: Sweep, case: Case, engine: Engine, ruling: Ruling, counts: Counter[str]
) -> list[SweptCase]:
    tasks = [t for t in case.tasks.all() if t.status in UNFINISHED]
    held = any(task.status == Task.Status.CLAIMED for task in tasks)
    counts["in_hand"] += held
    alone = acts_alone(engine, ruling) and not asks_person(case)
    way = route(ruling, engine.assumed(ruling), case.source, case.received_at)
    moves = bool(tasks) and any(
        (task.queue, task.urgency) != (way.queue, way.urgency) for task in tasks
    )
    counts["sure" if alone else "open" if moves else "same"] += 1
    if not alone and not moves and not held:
        return []
    verdict = ruling.verdict
    return [
        SweptCase(
            sweep=sweep, case=case, now=verdict.action if alone else "", in_hand=held,
            queue=way.queue if moves and not alone else "",
            points=verdict.points if alone else 0,
        )
    ]  # fmt: skip


def asks_person(case: Case) -> bool:
    """An authority's request and an appeal always get a person."""
    return case.source in (Source.AUTHORITY, Source.APPEAL)
