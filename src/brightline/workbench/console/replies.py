"""Answers to the page's script: what went wrong, in words."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from brightline.i18n import _
from brightline.workbench.cases.models import Decision
from brightline.workbench.console.start import person_of


def problem(kind: str, words: str, status: int) -> JsonResponse:
    """What went wrong: a name for the page, words for the person."""
    return JsonResponse({"problem": kind, "words": words}, status=status)


def lost(request: HttpRequest, task_id: int) -> JsonResponse:
    """The task is not in the person's hands any more."""
    return problem("lost", why_gone(request, task_id), 409)


def why_gone(request: HttpRequest, task_id: int) -> str:
    """Why a task is not in the hands of who asks, without a word about others."""
    if Decision.objects.filter(task_id=task_id, by=person_of(request)).exists():
        return _("You have decided this case already.")
    return _(
        "This case is not in your hands. It was given back, or its time ran out and it returned "
        "to the queue."
    )
