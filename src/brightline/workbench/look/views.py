"""Pages that belong to no room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from brightline.i18n import LANGUAGES
from brightline.workbench.accounts.gate import logged_in, public
from brightline.workbench.look.language import COOKIE


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, and go back to where one was."""
    wanted, back = request.POST.get("language"), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=365 * 86400, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            request.user.language = wanted
            request.user.save(update_fields=["language"])
    return response


@logged_in
def parts(request: HttpRequest) -> HttpResponse:
    """Every part that pages are built of, for whoever builds one."""
    return render(request, "look/parts.html")
