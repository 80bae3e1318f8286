"""Read a waiting case again where another rulebook has come into force since it came in."""

from __future__ import annotations

from brightline.rulebook.columns import FactError
from brightline.screening.one import CaseError
from brightline.workbench.cases.arms import judged_by_draft
from brightline.workbench.cases.models import Task
from brightline.workbench.rulebooks.engine import stored
from brightline.workbench.rulebooks.in_force import engine_of, release_now


def reread(task: Task) -> None:
    """Bring the facts of the task's case up to the rulebook in force now.

    Not where someone has answered already (their answers belong to the questions they saw), nor
    where the case was decided: a second look is under the rules of the first; nor where it was
    drawn to be judged by a draft.
    """
    case = task.case
    sha = release_now(case.market).sha
    if case.sha == sha or case.action or task.answers.exists():
        return
    if judged_by_draft(case.market, case.sha):
        return
    engine = engine_of(sha)
    raw = {"subject": case.subject, "attributes": case.attributes, "facts": case.given}
    try:
        ruling = engine.arrive(raw, case.day)
    except (CaseError, FactError):
        return  # the new rulebook does not know such a case: it stays under the old one
    case.facts, case.sha = stored(ruling.facts), sha
    case.save(update_fields=["facts", "sha"])
