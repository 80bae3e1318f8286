"""The pages of this room: the seller's own, and those of staff."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from brightline.workbench.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is there; behind the gate it is never nobody."""
    return cast("User", request.user)
