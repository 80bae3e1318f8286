"""Who may do what, and why: a ruling with its grants, and the table of roles."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brightline.workbench.accounts.gate import logged_in
from brightline.workbench.accounts.may import Ruling, may, ruling
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission, in_words
from brightline.workbench.accounts.roles import ALLOWED, Role, title
from brightline.workbench.cases.naming import scope_words
from brightline.workbench.look.forms import whole
from brightline.workbench.people.forms import scopes, split_scope


@logged_in
def why(request: HttpRequest) -> HttpResponse:
    """The ruling on a person, a permission and a scope; for oneself unless one manages people."""
    me: User = request.user  # type: ignore[assignment]
    manages = may(me, Permission.ACCOUNTS_PERSON_MANAGE)
    who = User.objects.filter(pk=whole(request.GET.get("person", ""), me.pk)).first() or me
    if who.pk != me.pk and not manages:
        raise PermissionDenied(Permission.ACCOUNTS_PERSON_MANAGE)
    scope = request.GET.get("scope", "|")
    market, queue = split_scope(scope)
    asked = request.GET.get("permission", "")
    verdict = None
    if asked in {p.value for p in Permission}:
        verdict = _said(ruling(who, Permission(asked), market or None, queue or None))
    every = [_said(ruling(who, one, market or None, queue or None)) for one in Permission]
    return render(
        request,
        "people/why.html",
        {"who": who, "mine": who.pk == me.pk, "closed": not who.is_active, "verdict": verdict,
         "every": every, "scope": scope, "scopes": scopes(), "asked": asked,
         "permissions": [(p.value, in_words(p)) for p in Permission], "people": _others(manages),
         "reads": who.reads},
    )  # fmt: skip


def _others(manages: bool) -> list[User]:
    return list(User.objects.order_by("display_name", "username")) if manages else []


def _said(found: Ruling) -> dict[str, Any]:
    """A ruling in words."""

    def grants(of: tuple[Grant, ...]) -> list[str]:
        return [f"{title(Role(g.role))} ({scope_words(g.market, g.queue)})" for g in of]

    return {
        "permission": found.permission,
        "deed": in_words(found.permission),
        "allowed": found.allowed,
        "by": grants(found.by),
        "short": grants(found.short),
        "would": [title(role) for role in found.would],
    }


@logged_in
def table_of_roles(request: HttpRequest) -> HttpResponse:
    """Every role and every permission, as the server itself applies them."""
    rows = [(in_words(one), [one in ALLOWED[role] for role in Role]) for one in Permission]
    return render(
        request, "people/roles.html", {"rows": rows, "titles": [title(role) for role in Role]}
    )
