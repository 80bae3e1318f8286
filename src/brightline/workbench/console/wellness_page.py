"""The page on which a person sets how much they see, and when they rest."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.console.actions.set_wellness import set_wellness
from brightline.workbench.console.harm import harmful_titles
from brightline.workbench.console.start import person_of
from brightline.workbench.console.wellness import (
    BLURS,
    MOST_BREAK,
    MOST_LIMIT,
    Wellness,
    exposures,
)


class WellnessForm(forms.Form):
    """The settings as a form; an empty number is 0."""

    blur = forms.ChoiceField(choices=list(BLURS.items()))
    greyscale = forms.BooleanField(required=False)
    hide_timer = forms.BooleanField(required=False)
    break_every_minutes = forms.IntegerField(required=False, min_value=0, max_value=MOST_BREAK)
    harmful_limit = forms.IntegerField(required=False, min_value=0, max_value=MOST_LIMIT)

    def wanted(self) -> Wellness:
        """The settings that the form asks for; it must be valid."""
        data = self.cleaned_data
        return Wellness(
            data["blur"], data["greyscale"], data["hide_timer"],
            data["break_every_minutes"] or 0, data["harmful_limit"] or 0,
        )  # fmt: skip


@permitted(Permission.ACCOUNTS_SELF_MANAGE)
@require_http_methods(["GET", "POST"])
def wellness(request: HttpRequest) -> HttpResponse:
    """Show the settings, or keep them."""
    person = person_of(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        form = WellnessForm(request.POST)
        if form.is_valid():
            set_wellness(person, form.wanted())
            messages.success(request, _("Your settings are kept."))
            return redirect("wellness")
        problems = {
            name: _("A whole number from 0 to {most}.").format(
                most=MOST_BREAK if name == "break_every_minutes" else MOST_LIMIT
            )
            for name in form.errors
        }
    return render(request, "console/wellness.html", {
        "settings": Wellness.of(person.wellness),
        "typed": request.POST if problems else None,
        "problems": problems,
        "blurs": [(value, _(words)) for value, words in BLURS.items()],
        "exposed": len(exposures(person.wellness, timezone.now())),
        "harmful": harmful_titles(),
        "most_break": MOST_BREAK, "most_limit": MOST_LIMIT,
    }, status=400 if problems else 200)  # fmt: skip
