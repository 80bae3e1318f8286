"""Leaving a case undecided: skip it with a reason, or give it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.actions.leave import give_back, skip
from brightline.workbench.console.going import away, go, gone, onward
from brightline.workbench.console.holding import my_task
from brightline.workbench.console.leaving_reasons import REASONS
from brightline.workbench.console.sent import plain
from brightline.workbench.console.start import person_of


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def skip_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Put the case aside for good, as far as this person goes; on to the next."""
    reasons = dict(REASONS)
    reason, note = request.POST.get("reason", ""), plain(request.POST.get("note"), 2000)
    if reason not in reasons or (reason == "other" and not note):
        return away(request, task_id, _("A skip needs its reason: choose one, or write it."))
    said = note if reason == "other" else ": ".join(filter(None, [reasons[reason], note]))
    try:
        my_task(request, task_id)
        skip(task_id, person_of(request), said)
    except NotYours:
        return gone(request, task_id)
    messages.success(request, _("Skipped. This case will not come to you again."))
    return go(request, onward(request))


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def give_back_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give the case back to the queue, for a break or the end of a shift."""
    try:
        my_task(request, task_id)
        give_back(task_id, person_of(request))
    except NotYours:
        return gone(request, task_id)
    messages.success(request, _("Given back. Your answers on it were not kept; have a good rest."))
    return go(request, reverse("console"))
