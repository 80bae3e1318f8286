"""From the console upwards: a question for a senior or specialist, a rule that is unclear."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role, title
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.console.going import away, go, gone, onward
from brightline.workbench.console.holding import my_task
from brightline.workbench.console.replies import lost, problem
from brightline.workbench.console.sent import Unreadable, body, plain
from brightline.workbench.console.start import person_of
from brightline.workbench.escalations.about import UnknownRule
from brightline.workbench.escalations.actions.escalate import AppealInHand, escalate
from brightline.workbench.escalations.actions.report_unclear import report_unclear
from brightline.workbench.escalations.desks import DESKS


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def escalate_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Hand the case up with a question; on to the next."""
    question, to = plain(request.POST.get("question")), request.POST.get("to", "")
    if not question or to not in {role.value for role in DESKS}:
        return away(request, task_id, _("Write the question, and choose who should answer it."))
    try:
        my_task(request, task_id)
        escalate(task_id, person_of(request), question, to, fact=request.POST.get("fact", "")[:160])
    except NotYours:
        return gone(request, task_id)
    except AppealInHand:
        return away(
            request, task_id, _("An appeal is decided here, or skipped; it does not go up.")
        )
    except UnknownRule:
        return away(request, task_id, _("This question is no longer part of the rules."))
    messages.success(
        request, _("Handed up to: {role}. The case will not come to you again.").format(
            role=title(Role(to))
        ),
    )  # fmt: skip
    return go(request, onward(request))


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def unclear(request: HttpRequest, task_id: int) -> HttpResponse:
    """Keep that a rule is unclear, with a note; the case goes on."""
    try:
        said = body(request)
        note = plain(said.get("note"))
        if not note:
            return problem("empty", _("Write in a few words what is unclear."), 400)
        my_task(request, task_id)
        report_unclear(
            task_id, person_of(request), note,
            str(said.get("fact") or "")[:160], str(said.get("clause") or "")[:170],
        )  # fmt: skip
    except Unreadable as error:
        return problem("unreadable", str(error), 400)
    except UnknownRule:
        return problem("unknown", _("This question is no longer part of the rules."), 400)
    except NotYours:
        return lost(request, task_id)
    return JsonResponse(
        {"words": _("Thank you. The rule's author will read it. Go on with the case.")}
    )
