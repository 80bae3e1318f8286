"""Look after what runs: shadows go on, the rule stops what does harm, nobody waits too long."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from brightline.i18n import _, use
from brightline.rulebook.columns import FactError
from brightline.rulebook.telling_words import MODERATOR, SENIOR
from brightline.screening.decision_json import reported_json
from brightline.screening.one import CaseError
from brightline.workbench.cases.models import Decision
from brightline.workbench.pilots.actions.end_pilot import free_tasks, stop_pilot
from brightline.workbench.pilots.measuring import measure
from brightline.workbench.pilots.models import Kind, Look, Pilot
from brightline.workbench.rulebooks.engine import Engine, Facts, stored
from brightline.workbench.rulebooks.in_force import engine_of, release_now

A_ROUND = 200
"""Decisions that the shadow looks at in one go."""
BEFORE_DUE = timedelta(minutes=30)


def shadow(pilot: Pilot, most: int = A_ROUND) -> int:
    """Put the next decisions in force to the draft, from where it stopped; how many.

    Facts are shared: the draft's own signals read the case, and what people answered stands.
    """
    engine = engine_of(pilot.sha)
    found = list(
        Decision.objects.filter(
            pk__gt=pilot.cursor, in_force=True, exception=False, case__market=pilot.market
        ).exclude(sha=pilot.sha).select_related("case", "task").order_by("pk")[:most]
    )  # fmt: skip
    looks = []
    for one in found:
        if pilot.queues and one.task is not None and one.task.queue not in pilot.queues:
            continue
        look = looked_at(pilot, engine, one)
        if look is not None:
            looks.append(look)
    if found:
        Look.objects.bulk_create(looks, ignore_conflicts=True)
        pilot.cursor = found[-1].pk
        Pilot.objects.filter(pk=pilot.pk).update(cursor=pilot.cursor)
    return len(found)


def looked_at(pilot: Pilot, engine: Engine, decision: Decision) -> Look | None:
    """A decision beside what the draft says; None where the draft knows no such case."""
    case = decision.case
    raw = {"subject": case.subject, "attributes": case.attributes, "facts": case.given}
    try:
        read: Facts = stored(engine.arrive(raw, case.day).facts)
    except (CaseError, FactError):
        return None
    told = {
        name: fact
        for name, fact in decision.facts.items()
        if fact["source"] in (MODERATOR, SENIOR)  # what signals see, the draft's own see
    }
    ruling = engine.decide(case.subject, case.day, {**read, **told})
    verdict = ruling.verdict
    clauses = [reported_json(clause) for clause in verdict.reported]
    ids = sorted((c["sop"], c["clause"]) for c in clauses if c["violation"])
    return Look(
        pilot=pilot, decision=decision, action=verdict.action, settled=verdict.determined,
        same=verdict.determined
        and (verdict.action, verdict.points, ids)
        == (decision.action, decision.points, decision.clause_ids),
        points=verdict.points - decision.points if verdict.determined else 0, clauses=clauses,
    )  # fmt: skip


def watch(pilot: Pilot) -> bool:
    """Look at the figures of a pilot and stop it where its rule says so; whether it was stopped."""
    with use("vi"):  # the reason is kept as a text, and read in its market
        if release_now(pilot.market).pk != pilot.base_id:
            stop_pilot(pilot, None, _("Another rulebook came into force: nothing to compare with."))
            return True
        if pilot.kind == Kind.SHADOW:
            return False
        figures = measure(pilot)
        pilot.evidence = figures.evidence
        Pilot.objects.filter(pk=pilot.pk).update(evidence=figures.evidence)
        if figures.evidence < 1 / pilot.alpha:
            free_tasks(pilot, timezone.now() + BEFORE_DUE)
            return False
        stop_pilot(pilot, None, _("More harm in the draft's arm than the lot can explain."))
        return True
