"""The team of the demonstration is added, as an administrator adds people."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from brightline.workbench.accounts.actions.add_person import add_person
from brightline.workbench.accounts.actions.give_role import give_role
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.sample.team import MARKET, PASSWORD, TEAM


def add_team() -> dict[str, User]:
    """Add the team; login → person. The administrator adds the others, as in real life."""
    people: dict[str, User] = {}
    chief: User | None = None
    for member in sorted(TEAM, key=lambda one: one.role is not Role.ADMIN):
        person = add_person(member.login, None, chief, display_name=member.name)
        give_role(person, member.role, chief, market="" if member.role is Role.ADMIN else MARKET)
        chief = chief or person
        people[member.login] = person
    User.objects.filter(pk__in=[p.pk for p in people.values()]).update(
        password=make_password(PASSWORD)  # worked out once: it is slow on purpose
    )
    return people
