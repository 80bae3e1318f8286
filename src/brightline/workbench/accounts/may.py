"""May this person do that? Deny by default; the answer can be explained."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import ALLOWED, Role, roles_with
from brightline.workbench.ready import Ready

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from brightline.workbench.accounts.models import Grant, User


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a deed is allowed, the grants that allow it, and those that fall short.

    `short` are grants of a role that has the permission, but for another market or queue.
    """

    permission: Permission
    allowed: bool
    by: tuple[Grant, ...] = ()
    short: tuple[Grant, ...] = ()
    would: tuple[Role, ...] = ()


def grants_of(person: User | AnonymousUser) -> list[Grant]:
    """The grants of someone who may log in; none for anyone else. Read once a request."""
    if not person.is_authenticated or not person.is_active:
        return []
    kept: list[Grant] | None = getattr(person, "_grants", None)
    if kept is None:
        kept = _grants(person.pk)
        setattr(person, "_grants", kept)  # noqa: B010 - no field: it lives as long as the request
    return kept


@cache
def _statement() -> Ready[Grant]:
    from brightline.workbench.accounts.models import Grant

    return Ready(
        lambda hole: Grant.objects.filter(user=hole("person")).select_related("user"), person=int
    )


def _grants(person: int) -> list[Grant]:
    return _statement().rows(person=person)


def person_with_grants(person: int) -> User | None:
    """The person with their grants, read in one go; None for one who has no grant."""
    grants = _grants(person)
    if not grants:
        return None
    found = grants[0].user
    setattr(found, "_grants", grants)  # noqa: B010 - see grants_of
    return found


def ruling(
    person: User | AnonymousUser,
    permission: Permission,
    market: str | None = None,
    queue: str | None = None,
) -> Ruling:
    """The ruling on a deed in a market and queue; None asks whether anywhere at all."""
    having = [g for g in grants_of(person) if permission in ALLOWED[Role(g.role)]]
    by = tuple(g for g in having if g.covers(market, queue))
    short = tuple(g for g in having if not g.covers(market, queue))
    return Ruling(permission, bool(by), by, short, tuple(roles_with(permission)))


def may(
    person: User | AnonymousUser,
    permission: Permission,
    market: str | None = None,
    queue: str | None = None,
) -> bool:
    """Whether a person may do a deed in a market and queue; None asks whether anywhere at all."""
    return ruling(person, permission, market, queue).allowed


def reach(person: User, permission: Permission) -> Iterable[tuple[str, str]]:
    """The (market, queue) pairs a permission reaches; an empty string stands for every one."""
    return {(g.market, g.queue) for g in grants_of(person) if permission in ALLOWED[Role(g.role)]}


CIRCLES: list[Callable[[User], Collection[str]]] = []
"""Rooms above add what else a person counts as for tasks that ask for it, such as the group of a
trial. It opens no page and permits no deed: `may` does not know it."""


def circles_of(person: User | AnonymousUser) -> frozenset[str]:
    """The circles that a person belongs to, wherever they have a role."""
    if person.is_anonymous:
        return frozenset()
    return frozenset(one for circle in CIRCLES for one in circle(person))


def roles_at(
    person: User | AnonymousUser, market: str, queue: str, circles: Collection[str] | None = None
) -> set[str]:
    """The roles that a person has in a market and queue, and the circles they belong to.

    Who asks for many queues works out `circles` once, by `circles_of`.
    """
    found = {grant.role for grant in grants_of(person) if grant.covers(market, queue)}
    if found:
        found.update(circles_of(person) if circles is None else circles)
    return found


def reaches(person: User, permission: Permission, market: str, queue: str) -> bool:
    """Whether a permission covers all of a scope; an empty market or queue means every one.

    Unlike `may`, which asks whether it is had anywhere within: who holds a role for one market
    cannot give it for all of them.
    """
    return any(m in ("", market) and q in ("", queue) for m, q in reach(person, permission))


def may_manage(by: User, person: User) -> bool:
    """Whether one may close a person's account or give them a password: only if everything the
    person may do lies where one's own right to manage people does, else it could be borrowed."""
    return all(
        reaches(by, Permission.ACCOUNTS_PERSON_MANAGE, grant.market, grant.queue)
        for grant in person.grants.all()
    )
