"""Which draft a page is about, and whether the person may do there what they ask."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from brightline.workbench.accounts.may import may, reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.drafts.models import Draft
from brightline.workbench.rulebooks.models import Release


def draft_for(request: HttpRequest, draft_id: int, permission: Permission) -> Draft:
    """The draft. Raises `Http404`, or `PermissionDenied` where its market is out of reach."""
    draft = Draft.objects.select_related("owner", "base").filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    if not may(request.user, permission, draft.market):
        raise PermissionDenied(permission)
    return draft


def markets_for(person: User, permission: Permission) -> list[str]:
    """The markets that have a release in which a person has a permission, in order."""
    every = set(Release.objects.values_list("market", flat=True).distinct())
    found: set[str] = set()
    for market, _queue in reach(person, permission):
        found |= {market} & every if market else every
    return sorted(found)


def who(request: HttpRequest) -> User:
    """The person logged in: the gate has seen to it."""
    assert isinstance(request.user, User)
    return request.user
