"""The moderator's screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission


@permitted(Permission.CASES_TASK_WORK)
def console(request: HttpRequest) -> HttpResponse:
    """What waits, and the way to begin."""
    return render(request, "console/console.html")
