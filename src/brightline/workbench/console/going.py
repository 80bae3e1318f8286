"""Where a person goes after leaving a case; for a form as a redirect, for the script as JSON."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from brightline.workbench.console.replies import lost, problem, why_gone
from brightline.workbench.console.start import next_task, say_why_none


def by_script(request: HttpRequest) -> bool:
    """Whether the page's script asks, which shows what went wrong itself."""
    return "application/json" in request.headers.get("Accept", "")


def onward(request: HttpRequest) -> str:
    """The address of the next task, claimed; the start where there is none."""
    begun = next_task(request)
    if begun.task is not None:
        return reverse("console_task", args=[begun.task.pk])
    return say_why_none(request, begun)


def go(request: HttpRequest, address: str) -> HttpResponse:
    """On to an address."""
    return JsonResponse({"to": address}) if by_script(request) else redirect(address)


def away(request: HttpRequest, task_id: int, words: str) -> HttpResponse:
    """The form lacks something: say so, the case stays."""
    if by_script(request):
        return problem("incomplete", words, 400)
    messages.warning(request, words)
    return redirect("console_task", task_id)


def gone(request: HttpRequest, task_id: int) -> HttpResponse:
    """The task is not in hand: back to the start, with words."""
    if by_script(request):
        return lost(request, task_id)
    messages.warning(request, why_gone(request, task_id))
    return redirect("console")
