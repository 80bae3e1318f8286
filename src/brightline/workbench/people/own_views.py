"""One's own settings, and where one is logged in."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from brightline.i18n import _, use
from brightline.workbench.accounts.actions.change_person import change_person
from brightline.workbench.accounts.gate import logged_in, permitted
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.sessions import end_sessions, sessions_of
from brightline.workbench.look.forms import whole
from brightline.workbench.people.forms import THEMES, SettingsForm, languages_of_cases


@permitted(Permission.ACCOUNTS_SELF_MANAGE)
def my_settings(request: HttpRequest) -> HttpResponse:
    """Name, language, theme, languages of cases; the ways to password, second step, sessions."""
    me: User = request.user  # type: ignore[assignment]
    known = {name: getattr(me, name) for name in ("display_name", "language", "theme", "reads")}
    form = SettingsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        change_person(me, me, form.cleaned_data)
        with use(me.language):
            messages.success(request, _("Saved."))
        return redirect("my_settings")
    return render(
        request,
        "people/settings.html",
        {"form": form, "themes": THEMES, "languages_of_cases": languages_of_cases(),
         "sessions": sessions_of(me), "this": request.session.session_key,
         "second_step": is_mfa_enabled(me)},
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@logged_in
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's other sessions (`session`), or all of them."""
    me: User = request.user  # type: ignore[assignment]
    ended = end_sessions(
        me, but=request.session.session_key, only=whole(request.POST.get("session", ""))
    )
    messages.success(request, _("Logged out there.") if ended else _("Nothing was left to end."))
    return redirect("my_settings")
