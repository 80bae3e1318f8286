"""Who answers what: the roles a question can go to, and those that a rule asks for."""

from __future__ import annotations

from brightline.rulebook.model import Clause, Sop
from brightline.workbench.accounts.may import may, roles_at
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role
from brightline.workbench.escalations.models import Escalation

DESKS = (Role.SENIOR, Role.AUTHOR, Role.LEGAL)
"""The roles that a question can be put to."""
DECIDING = (Role.SENIOR, Role.LEGAL)
"""The steps a case climbs where the rules hand it to people again and again."""
_OF_RULEBOOK = {"legal": Role.LEGAL, "authority-desk": Role.LEGAL, "author": Role.AUTHOR}
"""A rulebook names its own roles and teams; any other (`brand`, `risk`) is a senior's."""


def desk_of(name: str) -> Role:
    """The role here for a role or team of a rulebook."""
    return _OF_RULEBOOK.get(name, Role.SENIOR)


def wanted(sop: Sop | None, clause: Clause | None) -> tuple[Role, str]:
    """Whom a rule that escalates asks for: the role here, and the rulebook's name for it.

    The first follow-up step of the clause says; where it has none, the team that owns the SOP.
    """
    if clause is not None and clause.then:
        return desk_of(clause.then[0].role), clause.then[0].role
    if sop is not None:
        return desk_of(sop.owner), ""
    return Role.SENIOR, ""


def above(role: str) -> Role | None:
    """The next step for a case that this role hands on; None at the top."""
    steps = list(DECIDING)
    try:
        return steps[steps.index(Role(role)) + 1]
    except (ValueError, IndexError):
        return None if role == Role.LEGAL else Role.LEGAL


def may_see(person: User, question: Escalation) -> bool:
    """Whether a person may read a question: they answer questions of its queue, or asked it."""
    if question.asked_by_id == person.pk:
        return True
    queue = question.task.queue
    return may(person, Permission.ESCALATIONS_QUESTION_ANSWER, question.market, queue)


def may_answer(person: User, question: Escalation) -> bool:
    """Whether a person may answer a question: not their own, and put to a role they have there.

    A programme manager may answer any.
    """
    market, queue = question.market, question.task.queue
    if question.asked_by_id == person.pk:
        return False
    if not may_see(person, question):
        return False
    return bool(roles_at(person, market, queue) & {question.to_role, Role.MANAGER})
