"""Read a waiting case again where another rulebook has come into force since it came in."""

from __future__ import annotations

from brightline.rulebook.columns import FactError
from brightline.screening.one import CaseError
from brightline.workbench.cases.models import Task
from brightline.workbench.rulebooks.engine import stored
from brightline.workbench.rulebooks.in_force import engine_of, release_now


def reread(task: Task) -> None:
    """Bring the facts of the task's case up to the rulebook in force now.

    Not where the person has answered already (their answers belong to the questions they saw),
    nor where someone else has the case in hand or has decided it: a second look is under the rules
    of the first.
    """
    case = task.case
    sha = release_now(case.market).sha
    if case.sha == sha or case.action or task.answers.filter(person=task.claimed_by_id).exists():
        return
    if case.tasks.filter(status=Task.Status.CLAIMED).exclude(pk=task.pk).exists():
        return
    engine = engine_of(sha)
    raw = {"subject": case.subject, "attributes": case.attributes, "facts": case.given}
    try:
        ruling = engine.arrive(raw, case.day)
    except (CaseError, FactError):
        return  # the new rulebook does not know such a case: it stays under the old one
    case.facts, case.sha = stored(ruling.facts), sha
    case.save(update_fields=["facts", "sha"])
