"""The start: to one's own work; on an empty installation, what to do first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from brightline.workbench.accounts.gate import public
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.look.places import PLACES
from brightline.workbench.rulebooks.models import Release


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first room a person may enter; what to do first where the installation is empty."""
    no_people, no_rulebook = not User.objects.exists(), not Release.objects.exists()
    if no_people:
        return first_page(request)
    if not request.user.is_authenticated:
        return redirect("account_login")
    if no_rulebook:
        return first_page(request)
    for place in PLACES:
        if may(request.user, place.permission):
            return redirect(place.name)
    return render(request, "look/no_role.html")


def first_page(
    request: HttpRequest, form: Any = None, status: int | None = None, **more: Any
) -> HttpResponse:
    """What is still to be done; `form` was filled in wrongly, `problems` or `trouble` say more."""
    found = {
        "no_people": not User.objects.exists(),
        "no_rulebook": not Release.objects.exists(),
        "form": form,
        "problems": [],
        "trouble": "",
    }
    if form is not None:
        status = 422
    return render(request, "look/first.html", {**found, **more}, status=status)
