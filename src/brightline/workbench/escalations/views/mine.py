"""The questions a person has asked, and the answers to them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.escalations.actions.mark_read import mark_read
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.escalations.on_case import answers_for
from brightline.workbench.escalations.showing import Shown


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def my_questions(request: HttpRequest) -> HttpResponse:
    """One's own questions, unread answers first."""
    person: Any = request.user
    rows = [Shown(one) for one in answers_for(person)]
    return render(request, "escalations/mine.html", {"rows": rows})


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def read(request: HttpRequest, question_id: int) -> HttpResponse:
    """Take the unread mark off."""
    person: Any = request.user
    if not Escalation.objects.filter(pk=question_id, asked_by=person).exists():
        raise Http404
    mark_read(question_id, person)
    return redirect("my_questions")
