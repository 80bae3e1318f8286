"""The start: to one's own work; on an empty installation, what to do first."""

from __future__ import annotations

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
    empty = not User.objects.exists(), not Release.objects.exists()
    if any(empty):
        return render(request, "look/first.html", {"no_people": empty[0], "no_rulebook": empty[1]})
    if not request.user.is_authenticated:
        return redirect("account_login")
    for place in PLACES:
        if may(request.user, place.permission):
            return redirect(place.name)
    return render(request, "look/no_role.html")
