"""Pages about passwords that allauth has no words for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brightline.workbench.accounts.gate import logged_in


@logged_in
def no_password(request: HttpRequest) -> HttpResponse:
    """For someone who comes in through the company's login: there is no password to change."""
    return render(request, "people/no_password.html")
