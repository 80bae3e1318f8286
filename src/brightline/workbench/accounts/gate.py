"""The gate before every view: one that names no permission is closed to everyone.

@permitted(Permission.AUDIT_EVENT_READ)
def events(request): …

@public            # for pages that carry their own key, such as a seller's signed link
def statement(request, token): …
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])
_OPEN_MODULES = ("allauth.", "django.views.static", "django.contrib.staticfiles")


def permitted(permission: Permission) -> Callable[[View], View]:
    """Let only people through who have the permission somewhere.

    A view that shows or changes one case, queue or market asks `may` again with that market and
    queue: the gate cannot know them.
    """

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Let everyone through: the view proves for itself that the caller may come in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def logged_in(view: View) -> View:
    """Let everyone through who is logged in, whatever their roles."""
    view.logged_in = True  # type: ignore[attr-defined]
    return view


class GateMiddleware:
    """Holds the gate, and keeps what people see out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the request through. Raises `PermissionDenied`."""
        if getattr(view, "public", False) or view.__module__.startswith(_OPEN_MODULES):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.password_is_first:
            return redirect("account_change_password")
        if getattr(view, "logged_in", False):
            return None
        permission = getattr(view, "permission", None)
        if permission is None or not may(request.user, permission):
            raise PermissionDenied(permission or "")
        return None
