"""Read a waiting case again where another rulebook has come into force since it came in."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import Decision as Ruling
from brightline.rulebook.telling_words import MODERATOR, SENIOR
from brightline.screening.one import CaseError
from brightline.workbench.cases.actions.receive import VIETNAM
from brightline.workbench.cases.arms import judged_by_draft
from brightline.workbench.cases.models import Case, Decision, Task, TaskKind
from brightline.workbench.rulebooks.engine import Engine, Facts, stored
from brightline.workbench.rulebooks.in_force import engine_of, release_now

_PEOPLE = (MODERATOR, SENIOR)


def reread(task: Task) -> None:
    """Bring the facts of the task's case up to the rulebook in force now.

    Not where the person has answered already (their answers belong to the questions they saw),
    nor where someone else has the case in hand or has decided it: a second look is under the rules
    of the first; nor where it was drawn to be judged by a draft. A case that is looked at again
    under a new release keeps what people said of it.
    """
    case, again = task.case, task.kind == TaskKind.AGAIN
    sha = release_now(case.market).sha
    if task.answers.filter(person=task.claimed_by_id).exists():
        return
    if case.action and not again:
        return
    if judged_by_draft(case.market, case.sha):
        return
    if case.tasks.filter(status=Task.Status.CLAIMED).exclude(pk=task.pk).exists():
        return
    standing = case.decisions.filter(in_force=True).order_by("-at", "-pk").first()
    if case.sha == sha and not (again and standing is not None):
        return
    day = today() if again else case.day
    ruling = read_again(case, engine_of(sha), day, standing if again else None)
    if ruling is None:
        return  # the new rulebook does not know such a case: it stays under the old one
    case.facts, case.sha, case.day = stored(ruling.facts), sha, day
    case.save(update_fields=["facts", "sha", "day"])


def read_again(
    case: Case, engine: Engine, day: date, standing: Decision | None = None
) -> Ruling | None:
    """What a rulebook makes of a case as of a day: signals read it anew, and what people said when
    they came to the standing decision still holds. None where it does not know such a case."""
    raw = {"subject": case.subject, "attributes": case.attributes, "facts": case.given}
    try:
        ruling = engine.arrive(raw, day)
    except (CaseError, FactError):
        return None
    return with_what_people_said(case, engine, day, ruling, standing)


def with_what_people_said(
    case: Case, engine: Engine, day: date, ruling: Ruling, standing: Decision | None
) -> Ruling:
    """The ruling with the answers behind a decision laid over what signals read."""
    said = said_by_people(standing)
    if not said:
        return ruling
    return engine.decide(case.subject, day, {**stored(ruling.facts), **said})


def said_by_people(decision: Decision | None) -> Facts:
    """The facts of a decision that people answered."""
    facts: Facts = {} if decision is None else decision.facts
    return {name: fact for name, fact in facts.items() if fact.get("source") in _PEOPLE}


def today() -> date:
    """The day in Vietnam, whose rules hold for what is live."""
    return timezone.now().astimezone(VIETNAM).date()
