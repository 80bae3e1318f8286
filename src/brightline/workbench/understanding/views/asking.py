"""Who asks, and may they: what every page of this room begins with."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.understanding.models import Notice

READ = Permission.RULEBOOKS_RELEASE_READ
BOARD = Permission.UNDERSTANDING_BOARD_READ
SEND = Permission.UNDERSTANDING_NOTICE_SEND


def person_of(request: HttpRequest) -> User:
    """Who is asking; the gate let only people through."""
    assert isinstance(request.user, User)
    return request.user


def notice_for(request: HttpRequest, pk: int, permission: Permission) -> Notice:
    """The notice, if the person may do that in its market. Drafts are for those who write them."""
    notice = (
        Notice.objects.select_related("briefing__release", "briefing__previous")
        .filter(pk=pk)
        .first()
    )
    if notice is None:
        raise Http404
    if permission is READ and notice.state != Notice.State.SENT:
        permission = BOARD
    queue = None if permission is READ else notice.queue
    if not may(request.user, permission, notice.market, queue):
        raise PermissionDenied(permission)
    return notice
