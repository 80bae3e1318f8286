"""What a person sees when something cannot be: said plainly, with a way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER, REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from brightline.workbench.accounts.gate import public
from brightline.workbench.accounts.may import ruling
from brightline.workbench.accounts.permissions import Permission, in_words
from brightline.workbench.accounts.roles import title
from brightline.workbench.rulebooks.in_force import NoRulebook

_ELSEWHERE = tuple(one.split(" - ", 1)[0] for one in (REASON_BAD_ORIGIN, REASON_BAD_REFERER))


class ErrorMiddleware:
    """Leads to the first page where there is no rulebook yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error that has a way on; None leaves it to Django."""
        if isinstance(error, NoRulebook):
            return redirect("home")
        return None


@public
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: which permission is missing, and who could give it."""
    said = str(exception)
    found: dict[str, Any] = {"deed": "", "roles": [], "short": []}
    if said in {p.value for p in Permission}:
        verdict = ruling(request.user, Permission(said))
        found = {
            "deed": in_words(verdict.permission),
            "roles": [title(role) for role in verdict.would],
            "short": verdict.short,
        }
    return render(request, "look/refused.html", found, status=403)


@public
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "look/missing.html", status=404)


@public
def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many attempts."""
    return render(request, "look/too_many.html", status=429)


@public
def not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form's token is missing or old, or it was sent from elsewhere: what to do.

    `reason` is one of Django's; nothing of the request was done.
    """
    came_from = request.headers.get("Referer", "")
    same = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    found = {
        "back": came_from if same else "",
        "cookies": reason == REASON_NO_CSRF_COOKIE,
        "elsewhere": reason.startswith(_ELSEWHERE),
        "origin": request.headers.get("Origin", "")[:100],
    }
    return render(request, "look/not_ours.html", found, status=403)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """500: nothing of ours may fail here, so the page is plain."""
    return render(request, "look/broken.html", status=500)
